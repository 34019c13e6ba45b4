//! What endpoints are told of: signed, thin, in the order of the log, and only what they asked for.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::settled;
use crate::support::App;
use crate::support::document::{document, validate};
use crate::support::receiver::{Call, Deliverer, Receiver, until};

/// A ping at the end, so that what was not told is not merely late.
fn told(app: &App, receiver: &Receiver, endpoint: &str) -> Vec<Call> {
    // Queued once the endpoint has come to the end of the log, in which all is settled.
    settled(app);
    let behind =
        || app.admin().get(&format!("webhook-endpoints/{endpoint}/standing")).call().json()["behind"] == json!(true);
    until("the log to be looked at", || !behind());
    app.admin().post(&format!("webhook-endpoints/{endpoint}/test")).call().must_be(202);
    until("the ping", || receiver.all().iter().any(|call| call.event() == "ping"));
    let calls = receiver.all();
    assert_eq!(calls.last().map(Call::event).as_deref(), Some("ping"));
    calls[..calls.len() - 1].to_vec()
}

fn events(calls: &[Call]) -> Vec<String> {
    calls.iter().map(Call::event).collect()
}

#[test]
fn tells_each_step_of_a_figure_signed_and_without_the_figure() {
    let (app, receiver) = (App::telling(), Receiver::start());
    let _deliverer = Deliverer::of(&app);
    let secret = app.endpoint("W-1", &receiver, json!({}));
    app.submission("M-1", "2024-25-Q1").set("value", 16.5).published();
    let calls = told(&app, &receiver, "W-1");
    assert_eq!(events(&calls), ["submission.submitted", "submission.approved", "submission.published"]);
    for call in &calls {
        assert_eq!(call.signed_by(&secret), [true]);
        assert_eq!(call.headers["content-type"], "application/json");
        assert!(!call.body.contains("16.5") && !call.body.contains("value"), "a figure was sent: {}", call.body);
        let schema = json!({"$ref": "#/components/schemas/WebhookMessage"});
        assert_eq!(validate("WebhookMessage", &schema, &call.json()), Ok(()));
        assert!(document()["webhooks"][call.event()]["post"].is_object(), "{} is not documented", call.event());
    }
    let data = calls[1].json()["data"].clone();
    assert_eq!((&data["resource"], &data["state"]), (&json!("quarterly-submissions"), &json!("approved")));
    assert_eq!(data["key"], "M-1/2024-25-Q1/1");
    let read = app.reader().follow(data["address"].as_str().unwrap()).call().must_be(200).json();
    assert_eq!((read["revision"].clone(), read["value"].to_string()), (json!(1), "16.5".to_owned()));
    let cursor = data["cursor"].as_str().unwrap();
    let after = app.reader().get(&format!("changes?resource=quarterly_submissions&cursor={cursor}")).call().json();
    assert_eq!(
        (after["items"].as_array().unwrap().len(), &after["items"][0]["after"]["state"]),
        (1, &json!("published"))
    );
    let versions: Vec<i64> = calls.iter().map(|call| call.json()["data"]["row_version"].as_i64().unwrap()).collect();
    assert!(versions.is_sorted(), "{versions:?}");
    let ids: BTreeSet<&str> = calls.iter().map(Call::id).collect();
    assert_eq!(ids.len(), 3);
}

#[test]
fn tells_of_corrections_targets_reviews_and_concerns() {
    let (app, receiver) = (App::telling(), Receiver::start());
    let _deliverer = Deliverer::of(&app);
    app.endpoint("W-1", &receiver, json!({}));
    app.approved("M-1", "2024-25-Q1", 41);
    app.provider().post("quarterly-submissions/M-1/2024-25-Q1/revise").send(&json!({"reason": "Late."})).must_be(201);
    app.target("M-1", "2025-26", 55).create();
    app.editor().patch("targets/M-1/2025-26").send(&json!({"value": 56})).must_be(200);
    app.editor().delete("targets/M-1/2025-26").call().must_be(204);
    app.review("2024-25").create();
    let concern = json!({
        "framework": "F", "title": "T", "question": "Why?", "raised_by": "A", "assigned_to": "B", "measures": ["M-1"]
    });
    app.clerk().put("issues-of-concern/I-1").send(&concern).must_be(201);
    app.clerk().post("issues-of-concern/I-1/accept").call().must_be(200);
    let calls = told(&app, &receiver, "W-1");
    assert_eq!(
        events(&calls),
        [
            "submission.submitted",
            "submission.approved",
            "submission.revised",
            "target.created",
            "target.changed",
            "target.deleted",
            "review.opened",
            "concern.raised",
            "concern.accepted"
        ]
    );
    for call in calls.iter().filter(|call| !call.event().starts_with("target.")) {
        app.reader().follow(call.json()["data"]["address"].as_str().unwrap()).call().must_be(200);
    }
}

#[test]
fn tells_of_the_steps_of_a_report() {
    let (app, receiver) = (App::telling(), Receiver::start());
    let _deliverer = Deliverer::of(&app);
    app.endpoint("W-1", &receiver, json!({"framework": "F"}));
    let step = |action: &str| app.admin().post(&format!("quarterly-reports/F/2024-25-Q1/{action}"));
    app.editor().put("quarterly-reports/F/2024-25-Q1").send(&json!({"overview": "An overview."})).must_be(201);
    step("review").call().must_be(200);
    step("return").send(&json!({"reason": "Say more."})).must_be(200);
    step("review").call().must_be(200);
    step("sign-off").call().must_be(200);
    step("publish").call().must_be(200);
    let calls = told(&app, &receiver, "W-1");
    let steps = ["report.in_review", "report.returned", "report.in_review", "report.signed_off", "report.published"];
    assert_eq!(events(&calls), steps);
    let data = calls[4].json()["data"].clone();
    assert_eq!((&data["key"], &data["state"]), (&json!("F/2024-25-Q1/1"), &json!("published")));
    let read = app.reader().follow(data["address"].as_str().unwrap()).call().must_be(200).json();
    assert_eq!(read["state"], "published");
}

#[test]
fn each_is_told_what_it_asked_for() {
    let app = App::telling();
    let _deliverer = Deliverer::of(&app);
    app.framework("G").create();
    app.outcome("O-2").set("framework", "G").create();
    app.measure("M-2").set("outcome", "O-2").create();
    let wants: [(&str, Value, &[&str]); 4] = [
        (
            "ALL",
            json!({}),
            &["M-1 submission.submitted", "M-1 submission.approved", "M-2 target.created", "F review.opened"],
        ),
        ("EVENT", json!({"events": ["submission.approved"]}), &["M-1 submission.approved"]),
        (
            "FRAMEWORK",
            json!({"framework": "F"}),
            &["M-1 submission.submitted", "M-1 submission.approved", "F review.opened"],
        ),
        ("MEASURE", json!({"measure": "M-2"}), &["M-2 target.created"]),
    ];
    let receivers: Vec<Receiver> = wants
        .iter()
        .map(|(code, with, _)| {
            let receiver = Receiver::start();
            app.endpoint(code, &receiver, with.clone());
            receiver
        })
        .collect();
    app.approved("M-1", "2024-25-Q1", 41);
    app.target("M-2", "2024-25", 55).create();
    app.review("2024-25").create();
    for ((code, _, wanted), receiver) in wants.iter().zip(&receivers) {
        let calls = told(&app, receiver, code);
        let name = |call: &Call| {
            let key = call.json()["data"]["key"].as_str().unwrap().split('/').next().unwrap().to_owned();
            format!("{key} {}", call.event())
        };
        assert_eq!(calls.iter().map(name).collect::<Vec<_>>(), *wanted, "{code}");
    }
}

#[test]
fn what_was_written_before_an_endpoint_was_there_is_not_told() {
    let (app, receiver) = (App::telling(), Receiver::start());
    app.target("M-1", "2024-25", 55).create();
    settled(&app);
    app.endpoint("W-1", &receiver, json!({}));
    app.editor().patch("targets/M-1/2024-25").send(&json!({"value": 56})).must_be(200);
    let _deliverer = Deliverer::of(&app);
    assert_eq!(events(&told(&app, &receiver, "W-1")), ["target.changed"]);
}

#[test]
fn what_is_committed_late_is_told_in_its_place() {
    let (app, receiver) = (App::telling(), Receiver::start());
    app.target("M-1", "2024-25", 55).create();
    settled(&app);
    app.endpoint("W-1", &receiver, json!({}));
    let _deliverer = Deliverer::of(&app);
    let late = app.another_sql();
    late.run("BEGIN; UPDATE targets SET value = 57");
    app.target("M-1", "2025-26", 60).create();
    late.run("COMMIT");
    assert_eq!(receiver.events(2), ["target.changed", "target.created"]);
}
