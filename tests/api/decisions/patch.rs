//! `PATCH /api/v1/decisions/{decision}`.

use serde_json::{Value, json};

use super::{clause, sample};
use crate::support::App;
use crate::support::contract::patch;

#[test]
fn changes_only_what_is_given() {
    patch::changes_only_what_is_given(&sample(&App::with_meeting()));
}

#[test]
fn null_clears() {
    patch::null_clears(&sample(&App::with_meeting()));
}

#[test]
fn of_nothing_changes_nothing() {
    patch::of_nothing_changes_nothing(&sample(&App::with_meeting()));
}

#[test]
fn refuses_what_does_not_fit() {
    patch::refuses_what_does_not_fit(&sample(&App::with_meeting()));
}

#[test]
fn replaces_the_list_of_clauses_whole_and_checks_the_outcome() {
    let app = App::with_meeting();
    app.decision("D-1").set("clauses", [clause("a", "note", None), clause("b", "note", None)]).create();
    let patch = |body: Value| app.editor().patch("decisions/D-1").send(&body);
    let one = json!([clause("c", "agree", None)]);
    assert_eq!(patch(json!({"clauses": one})).must_be(200).json()["clauses"], one);
    let refused = app.storing_nothing(|| patch(json!({"called_in": true})));
    refused.problem(422, "validation_failed").only_fault("/called_in", "not_subject_to_call_in");
    patch(json!({"called_in": true, "subject_to_call_in": true})).must_be(200);
    let refused = app.storing_nothing(|| patch(json!({"subject_to_call_in": false})));
    refused.problem(422, "validation_failed").only_fault("/called_in", "not_subject_to_call_in");
}

#[test]
fn moves_one_to_another_meeting() {
    let app = App::with_meeting();
    app.meeting("MT-2").create();
    app.decision("D-1").create();
    let moved = app.editor().patch("decisions/D-1").send(&json!({"meeting": "MT-2"})).must_be(200);
    assert_eq!(moved.json()["meeting"], "MT-2");
    let refused = app.storing_nothing(|| app.editor().patch("decisions/D-1").send(&json!({"meeting": "NOWHERE"})));
    refused.problem(422, "unknown_reference").only_fault("/meeting", "unknown_reference");
}
