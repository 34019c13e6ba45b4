//! `POST /api/v1/annual-target-reviews/{framework}/{year}/decide`.

use serde_json::{Value, json};

use super::six::{self, REVIEW, decision, open, patch, submitted};
use crate::support::App;
use crate::support::client::Answer;

fn decide(app: &App, body: &Value) -> Answer {
    app.officer().post(&format!("{REVIEW}/decide")).send(body)
}

#[test]
fn records_what_was_decided_on_every_proposal() {
    let app = six::framework();
    submitted(&app);
    let made = decide(&app, &decision()).must_be(200).json();
    assert_eq!((&made["status"], &made["decision"]), (&json!("decided"), &json!("D-2")));
    assert_eq!(made["decided_outcomes"], decision()["outcomes"]);
    let again = app.storing_nothing(|| decide(&app, &decision()));
    assert_eq!(again.problem(409, "transition_not_allowed").member("allowed"), &json!(["applied"]));
    app.editor().delete("decisions/D-2").call().problem(409, "still_in_use");
    let refused = app.storing_nothing(|| patch(&app, json!({"status": "applied"})));
    refused.problem(409, "transition_not_allowed").says("POST …/apply");
    let past =
        app.sql().try_run("UPDATE annual_target_reviews SET decision = 'D-1'").map_err(|refused| refused.constraint);
    assert_eq!(past, Err("annual_target_reviews_record_kept".to_owned()));
}

#[test]
fn only_a_submitted_review_is_decided() {
    let app = six::framework();
    decide(&app, &decision()).problem(404, "not_found");
    open(&app);
    let early = app.storing_nothing(|| decide(&app, &decision()));
    assert_eq!(early.problem(409, "transition_not_allowed").member("state"), "open");
    app.editor().post(&format!("{REVIEW}/decide")).send(&decision()).problem(403, "forbidden");
}

#[test]
fn tells_every_fault_at_once() {
    let app = six::framework();
    submitted(&app);
    let mut body = decision();
    let outcomes = body["outcomes"].as_array_mut().unwrap();
    outcomes[0]["clause"] = json!("z");
    outcomes[1]["measure"] = json!("M-9");
    outcomes[2]["measure"] = json!("M-4");
    let refused = app.storing_nothing(|| decide(&app, &body));
    let problem = refused.problem(422, "validation_failed");
    let expected = [
        ("/outcomes/0/clause", "unknown_clause"),
        ("/outcomes/1/measure", "unknown_proposal"),
        ("/outcomes/3/measure", "decided_twice"),
        ("/outcomes", "proposal_undecided"),
        ("/outcomes", "proposal_undecided"),
    ];
    assert_eq!(problem.faults(), expected);
    body["decision"] = json!("NOBODY");
    let unknown = app.storing_nothing(|| decide(&app, &body));
    unknown
        .problem(422, "unknown_reference")
        .fault("/decision", "unknown_reference")
        .fault("/outcomes/1/measure", "unknown_proposal");
    body["outcomes"][0]["outcome"] = json!("maybe");
    app.storing_nothing(|| decide(&app, &body))
        .problem(400, "invalid_body")
        .only_fault("/outcomes/0/outcome", "unknown_value");
}
