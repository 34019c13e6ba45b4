//! How the readings are made, sealed, foreseen and proved, and by whom.

use serde_json::{Value, json};

use super::{QUARTER, ask, caller, exempt, measure, published, signed_off};
use crate::support::{App, Client, Role};

/// What happens after a report was published.
fn later(app: &App, step: usize) {
    match step {
        0 => drop(app.officer().post(&format!("quarterly-submissions/M-3/{QUARTER}/publish")).call().must_be(200)),
        1 => {
            let from = json!({"effective_from": "2025-26-Q1", "change_reason": "Clearer.", "decision": "D-1", "title": "Another"});
            app.editor().patch("measures/M-1").send(&from).must_be(200);
        }
        2 => drop(app.step(QUARTER, "correct", &json!({"reason": "The bids are public."})).must_be(201)),
        _ => {
            let none = json!({"parts": []});
            app.clerk().post(&format!("quarterly-reports/F/{QUARTER}/exempt")).send(&none).must_be(200);
        }
    }
}

#[test]
fn each_reading_is_sealed_under_its_own_hash_and_proved() {
    let app = published();
    let report = ask(&app.reader(), "").must_be(200).json();
    let mut tags = Vec::new();
    let kept = ["public", "member"].map(|role| {
        let client = caller(&app, role);
        let answer = ask(&client, "/content").must_be(200);
        let own = ask(&client, "").must_be(200).json();
        assert_eq!(answer.etag(), format!("\"{}\"", own["content_hash"].as_str().unwrap()));
        assert_eq!([&own["members_hash"], &own["public_hash"], &own["signed_off_by"]], [&Value::Null; 3]);
        assert!(!ask(&client, "/versions").must_be(200).text().contains(report["content_hash"].as_str().unwrap()));
        tags.push(own["content_hash"].clone());
        (client, answer.body)
    });
    assert_eq!(tags, [report["public_hash"].clone(), report["members_hash"].clone()]);
    assert!(!tags.contains(&report["content_hash"]));
    // Whatever happens afterwards, it is the same, and can be made again.
    for step in 0..4 {
        later(&app, step);
        for (client, bytes) in &kept {
            assert_eq!(ask(client, "/content").must_be(200).body, *bytes);
            assert_eq!(ask(client, "/versions/1/content").must_be(200).body, *bytes);
            ask(client, "/versions/2/content").problem(404, "not_found");
            ask(client, "/verify").problem(403, "forbidden");
        }
        for audience in ["members", "public"] {
            let proof = ask(&app.reader(), &format!("/verify?audience={audience}")).must_be(200).json();
            assert_eq!((&proof["hash_matches"], &proof["reproduced"]), (&json!(true), &json!(true)), "{step}: {proof}");
            let changed = proof["differences"].as_array().unwrap();
            assert!(changed.iter().all(|one| one["measure"] == "M-3") && !changed.is_empty(), "{changed:?}");
        }
    }
}

#[test]
fn a_correction_tells_what_is_no_longer_exempt() {
    let app = published();
    let (public, version) =
        (caller(&app, "public"), |client: &Client, n| ask(client, &format!("/versions/{n}/content")));
    let first = version(&public, 1).must_be(200).body;
    app.step(QUARTER, "correct", &json!({"reason": "The bids are public."})).must_be(201);
    let only = json!({"parts": [exempt(json!({"part": "narrative", "measure": "M-4"}))]});
    app.clerk().post(&format!("quarterly-reports/F/{QUARTER}/exempt")).send(&only).must_be(200);
    let narrative = || public.get(&format!("quarterly-submissions/M-1/{QUARTER}")).call().json()["narrative"].clone();
    assert_eq!(narrative()["interventions"], Value::Null, "until the correction is signed off");
    app.step(QUARTER, "review", &Value::Null).must_be(200);
    app.step(QUARTER, "sign-off", &Value::Null).must_be(200);
    assert_eq!(narrative()["interventions"], "Two bids of Acme.");
    app.step(QUARTER, "publish", &Value::Null).must_be(200);
    app.step(QUARTER, "consider", &json!({"decision": "D-1"})).must_be(200);
    let second = ask(&public, "/content").must_be(200).json();
    assert_eq!(
        (&second["version"], &second["overview"], &second["correction_reason"]),
        (&json!(2), &json!("An overview."), &Value::Null)
    );
    assert_eq!(measure(&second, "M-1").unwrap()["card"]["narrative"]["interventions"], "Two bids of Acme.");
    let fourth = measure(&second, "M-4").unwrap();
    assert_eq!((&fourth["card"]["figure"]["numerator"], &fourth["card"]["narrative"]), (&json!(78), &json!({})));
    assert_eq!(version(&public, 1).must_be(200).body, first);
    for audience in ["internal", "members", "public"] {
        assert_eq!(
            ask(&app.reader(), &format!("/verify?audience={audience}")).must_be(200).json()["reproduced"],
            true,
            "{audience}"
        );
    }
}

#[test]
fn officers_foresee_both_and_nobody_else_reads_what_is_not_theirs() {
    let app = signed_off();
    let warned = ask(&app.reader(), "/readiness").must_be(200).json();
    let warned: Vec<&Value> =
        warned["warnings"].as_array().unwrap().iter().filter(|gap| gap["kind"] == "figure_not_published").collect();
    assert_eq!(warned.iter().map(|gap| gap["measure"].clone()).collect::<Vec<_>>(), [json!("M-3")]);
    let foreseen = ask(&app.reader(), "/content?audience=public").must_be(200).json();
    assert!(measure(&foreseen, "M-4").is_none());
    assert_eq!(measure(&foreseen, "M-3").unwrap()["card"]["rag"]["reason"], "not_published");
    let (public, member) = (caller(&app, "public"), caller(&app, "member"));
    for client in [&public, &member] {
        for path in ["", "/content", "/versions", "/versions/1", "/versions/1/content"] {
            ask(client, path).problem(404, "not_found");
        }
    }
    app.step(QUARTER, "publish", &Value::Null).must_be(200);
    let sealed = ask(&app.reader(), "/content?audience=public").must_be(200);
    assert_eq!(sealed.body, ask(&public, "/content").must_be(200).body);
    for (client, others) in [(&public, ["members", "internal"]), (&member, ["public", "internal"])] {
        for audience in others {
            for path in ["/content", "/versions/1/content"] {
                ask(client, &format!("{path}?audience={audience}")).problem(403, "forbidden");
            }
        }
        ask(client, "/readiness").problem(403, "forbidden");
        client
            .post(&format!("quarterly-reports/F/{QUARTER}/exempt"))
            .send(&json!({"parts": []}))
            .problem(403, "forbidden");
    }
    ask(&public, "/content?audience=public").must_be(200);
    // As it was before, it is not there.
    let before = app.sql().value(
        "SELECT to_char(disclosed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') FROM quarterly_reports",
    );
    ask(&public, &format!("/content?as_of={before}")).problem(404, "not_found");
    let now =
        app.sql().value("SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')");
    assert_eq!(ask(&public, &format!("/content?as_of={now}")).must_be(200).body, sealed.body);
    assert_eq!(ask(&member, &format!("/content?as_of={now}")).must_be(200).body, ask(&member, "/content").body);
}

#[test]
fn a_director_of_the_framework_alone_publishes_and_reads_all_of_it() {
    let app = signed_off();
    let body = json!({"name": "a director", "grants": [{"role": "director", "framework": "F"}]});
    let made = app.admin().post("keys").send(&body).must_be(201).json();
    let director = app.anonymous().with_key(made["key"].as_str().unwrap());
    director.post(&format!("quarterly-reports/F/{QUARTER}/publish")).call().must_be(200);
    for audience in ["internal", "members", "public"] {
        let proof = ask(&director, &format!("/verify?audience={audience}")).must_be(200).json();
        assert_eq!((&proof["hash_matches"], &proof["reproduced"]), (&json!(true), &json!(true)), "{audience}: {proof}");
    }
}

#[test]
fn a_report_on_a_draft_framework_is_for_nobody_else() {
    let app = App::with_measure();
    app.sealed(QUARTER);
    let report = app.step(QUARTER, "publish", &Value::Null).must_be(200).json();
    assert_eq!([&report["members_hash"], &report["public_hash"], &report["disclosed_at"]], [&Value::Null; 3]);
    ask(&app.by(Role::Reader), "/content?audience=public").problem(404, "not_found");
    app.meeting("MT-1").create();
    app.decision("D-1").create();
    app.editor().patch("frameworks/F").send(&json!({"status": "adopted", "adopted_by": "D-1"})).must_be(200);
    let public = caller(&app, "public");
    ask(&public, "").must_be(200);
    ask(&public, "/content").problem(404, "not_found");
    ask(&app.reader(), "/verify?audience=public").problem(404, "not_found");
}
