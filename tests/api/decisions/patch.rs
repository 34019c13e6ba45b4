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

#[test]
fn keeps_every_clause_that_something_cites() {
    let app = App::with_measure();
    app.meeting("MT-1").create();
    app.decision("D-1")
        .set("clauses", [clause("a", "note", None), clause("b", "note", None), clause("c", "note", None)])
        .create();
    app.issue("I-1").with(json!({"decision": "D-1", "clause": "b"})).create();
    let patch = |body: Value| app.editor().patch("decisions/D-1").send(&body);
    let only = |labels: &[&str]| json!({"clauses": labels.iter().map(|label| clause(label, "agree", None)).collect::<Vec<_>>()});
    let refused = app.storing_nothing(|| patch(only(&["a", "c"])));
    let problem = refused.problem(409, "clause_cited").says("Clause b is cited by issue of concern I-1");
    assert_eq!(problem.member("citing"), "issue of concern I-1");
    // Nobody cites the other two; and the cited one may be put right.
    patch(only(&["b", "d"])).must_be(200);
    // What cites the decision cites all of its clauses.
    app.target("M-1", "2024-25", 55).with(json!({"source": "decision", "decision": "D-1"})).create();
    app.plan("P-1").set("decision", "D-1").create();
    let refused = app.storing_nothing(|| patch(only(&["b"])));
    refused.problem(409, "clause_cited").says("Clause d is cited by recovery plan P-1, target M-1/2024-25");
    let whole = app.storing_nothing(|| app.decision("D-1").put());
    whole.problem(409, "clause_cited").says("Clause b, d is cited by issue of concern I-1, recovery plan P-1, target");
    patch(only(&["e", "d", "b"])).must_be(200);
}
