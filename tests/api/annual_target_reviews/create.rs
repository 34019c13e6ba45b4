//! `POST /api/v1/annual-target-reviews`.

use serde_json::json;

use super::sample;
use crate::support::App;
use crate::support::contract::create;

#[test]
fn makes_one() {
    create::makes_it(&sample(&App::with_outcome()));
}

#[test]
fn refuses_a_taken_key() {
    create::refuses_a_taken_key(&sample(&App::with_outcome()));
}

#[test]
fn refuses_a_body_without_its_key() {
    create::refuses_a_missing_key(&sample(&App::with_outcome()));
}

#[test]
fn names_every_wrong_field() {
    create::names_every_wrong_field(&sample(&App::with_outcome()));
}

#[test]
fn refuses_an_unknown_framework() {
    let app = App::with_outcome();
    let body = json!({"framework": "NOWHERE", "year": "2025-26"});
    let refused = app.storing_nothing(|| app.editor().post("annual-target-reviews").send(&body));
    refused.problem(422, "unknown_reference").only_fault("/framework", "unknown_reference");
}

#[test]
fn proposes_only_for_measures_of_the_framework_and_adds_only_new_ones() {
    let app = App::with_measure();
    app.framework("G").create();
    app.outcome("O-2").set("framework", "G").create();
    app.measure("M-2").set("outcome", "O-2").create();
    let proposal = |measure: &str, action: &str| json!({"measure": measure, "action": action, "reason": "progress", "rationale": "R", "proposed": {"replacement": "M-9"}});
    let proposals = json!([
        proposal("M-1", "retain"),
        proposal("NOWHERE", "retire"),
        proposal("M-2", "amend"),
        proposal("M-3", "add"),
    ]);
    let refused = app.storing_nothing(|| app.review("2025-26").set("proposals", &proposals).put());
    let problem = refused.problem(422, "validation_failed");
    assert_eq!(
        problem.faults(),
        [("/proposals/1/measure", "unknown_measure"), ("/proposals/2/measure", "unknown_measure")]
    );
    let again = json!([proposal("M-1", "add")]);
    let refused = app.storing_nothing(|| app.review("2025-26").set("proposals", &again).put());
    refused
        .problem(422, "validation_failed")
        .only_fault("/proposals/0/measure", "unknown_measure")
        .says("takes a new code");
    let good = json!([proposal("M-1", "replace"), proposal("M-3", "add")]);
    app.review("2025-26").set("proposals", &good).create();
}

#[test]
fn refuses_a_measure_twice_and_a_replacement_by_nothing() {
    let app = App::with_measure();
    let proposal =
        |action: &str| json!({"measure": "M-1", "action": action, "reason": "external_change", "rationale": "R"});
    for (proposals, code) in [
        (json!([proposal("retain"), proposal("retire")]), "proposed_twice"),
        (json!([proposal("replace")]), "replacement_missing"),
    ] {
        let refused = app.storing_nothing(|| app.review("2025-26").set("proposals", &proposals).put());
        refused.problem(422, "validation_failed").only_fault("", code).says("M-1");
    }
    for (field, value) in [("action", "keep"), ("reason", "because"), ("measure", "m-1")] {
        let mut wrong = proposal("retain");
        wrong[field] = json!(value);
        let refused = app.storing_nothing(|| app.review("2025-26").set("proposals", json!([wrong])).put());
        assert_eq!(refused.problem(400, "invalid_body").faults()[0].0, format!("/proposals/0/{field}"));
    }
}

#[test]
fn begins_open_and_in_no_other_state() {
    let app = App::with_outcome();
    for status in ["proposals_in", "submitted", "decided", "applied"] {
        let body = json!({"framework": "F", "year": "2025-26", "status": status});
        for refused in [
            app.storing_nothing(|| app.editor().post("annual-target-reviews").send(&body)),
            app.storing_nothing(|| app.review("2025-26").set("status", status).put()),
        ] {
            refused.problem(422, "validation_failed").only_fault("/status", "begins_open");
        }
    }
}
