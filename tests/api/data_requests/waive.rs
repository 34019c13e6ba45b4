//! `POST /api/v1/data-requests/{measure}/{quarter}/waive`.

use serde_json::{Value, json};

use crate::support::collecting::last_quarter;
use crate::support::{App, Client};

#[test]
fn asks_for_no_figure_and_says_why() {
    let app = App::collecting();
    app.collection([-20, -10, 10]);
    let waived = app.waive("M-1", "The team moves to another system.").must_be(200).json();
    assert_eq!((&waived["state"], &waived["days_late"]), (&json!("waived"), &json!(0)));
    let excuse = &waived["excuse"];
    assert_eq!(
        (&excuse["kind"], &excuse["reason"], &excuse["waived_by"]),
        (&json!("waiver"), &json!("The team moves to another system."), &json!("officer"))
    );
    assert_eq!(app.data_request("M-1"), waived);
    let log = app
        .sql()
        .rows("SELECT resource_key, action, account_name(actor) FROM changes WHERE resource = 'data_request_waivers'");
    assert_eq!(log, [[format!("M-1/{}", last_quarter()), "created".to_owned(), "officer".to_owned()]]);
}

#[test]
fn is_refused_once_a_figure_is_handed_in() {
    let app = App::collecting();
    let quarter = last_quarter().to_string();
    app.submission("M-1", &quarter).set("value", 50).submitted();
    for (state, step) in [("submitted", "approve"), ("accepted", "publish"), ("accepted", "")] {
        let refused = app.storing_nothing(|| app.waive("M-1", "Too late."));
        let problem = refused.problem(409, "transition_not_allowed").says("handed in");
        assert_eq!((problem.member("state"), problem.member("allowed")), (&json!(state), &json!([])));
        if !step.is_empty() {
            app.officer().post(&format!("quarterly-submissions/M-1/{quarter}/{step}")).call().must_be(200);
        }
    }
}

#[test]
fn is_refused_while_it_is_waived() {
    let app = App::collecting();
    app.waive("M-1", "First.").must_be(200);
    let refused = app.storing_nothing(|| app.waive("M-1", "Second."));
    let problem = refused.problem(409, "transition_not_allowed").says("`reinstate`");
    assert_eq!((problem.member("state"), problem.member("allowed")), (&json!("waived"), &json!(["reinstate"])));
}

#[test]
fn a_figure_that_comes_all_the_same_is_taken() {
    let app = App::collecting();
    app.collection([-20, -10, 10]);
    app.waive("M-1", "None expected.").must_be(200);
    app.submission("M-1", &last_quarter().to_string()).set("value", 50).submitted();
    let request = app.data_request("M-1");
    assert_eq!((&request["state"], &request["excuse"]), (&json!("submitted"), &Value::Null));
}

#[test]
fn needs_a_reason_and_a_request() {
    let app = App::collecting();
    let path = format!("data-requests/M-1/{}/waive", last_quarter());
    for (body, code) in
        [(json!({}), "required"), (json!({"reason": ""}), "too_short"), (json!({"reason": null}), "wrong_type")]
    {
        let refused = app.storing_nothing(|| app.officer().post(&path).send(&body));
        refused.problem(400, "invalid_body").only_fault("/reason", code);
    }
    app.storing_nothing(|| app.waive("NOWHERE", "None.")).problem(404, "not_found").says("NOWHERE");
    app.waive("M-1", "None.").must_be(200);
    let refused = app.storing_nothing(|| app.editor().delete("measures/M-1").call());
    refused.problem(409, "still_in_use").says("waived");
}

#[test]
fn of_two_at_once_one_waives() {
    let app = App::collecting();
    let clients: Vec<_> = (0..4).map(|_| app.officer()).collect();
    let path = format!("data-requests/M-1/{}/waive", last_quarter());
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let waive = |client: &Client| client.post(&path).send(&json!({"reason": "Once."})).status;
        let threads: Vec<_> = clients.iter().map(|client| scope.spawn(move || waive(client))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 409).count(), 3, "{statuses:?}");
}
