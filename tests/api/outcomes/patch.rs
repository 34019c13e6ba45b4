//! `PATCH /api/v1/outcomes/{outcome}`.

use super::sample;
use crate::support::App;
use crate::support::contract::patch;

#[test]
fn changes_only_what_is_given() {
    patch::changes_only_what_is_given(&sample(&App::with_framework()));
}

#[test]
fn null_clears() {
    patch::null_clears(&sample(&App::with_framework()));
}

#[test]
fn of_nothing_changes_nothing() {
    patch::of_nothing_changes_nothing(&sample(&App::with_framework()));
}

#[test]
fn refuses_what_does_not_fit() {
    patch::refuses_what_does_not_fit(&sample(&App::with_framework()));
}

#[test]
fn moves_one_to_another_framework() {
    let app = App::with_outcome();
    app.framework("G").create();
    let moved = app.editor().patch("outcomes/O-1").send(&serde_json::json!({"framework": "G"})).must_be(200);
    assert_eq!(moved.json()["framework"], "G");
    let nowhere = serde_json::json!({"framework": "NOWHERE"});
    let refused = app.storing_nothing(|| app.editor().patch("outcomes/O-1").send(&nowhere));
    refused.problem(422, "unknown_reference").only_fault("/framework", "unknown_reference");
}
