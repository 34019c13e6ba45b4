//! `POST /api/v1/quarterly-submissions/{measure}/{quarter}/submit`.

use serde_json::json;

use crate::support::App;

const SUBMIT: &str = "quarterly-submissions/M-1/2024-25-Q1/submit";

#[test]
fn hands_in_a_draft_with_its_figure() {
    let app = App::with_measure();
    let made = app.submission("M-1", "2024-25-Q1").set("value", 16.5).create();
    let submitted = app.provider().post(SUBMIT).if_match(&made.etag()).call().must_be(200);
    let shown = submitted.json();
    assert_eq!((&shown["state"], &shown["submitted_by"]), (&json!("submitted"), &json!("provider")));
    assert!(shown["submitted_at"].is_string() && shown["approved_at"].is_null());
    assert_ne!(submitted.etag(), made.etag());
    let stale = app.storing_nothing(|| app.provider().post(SUBMIT).if_match(&made.etag()).call());
    stale.problem(412, "precondition_failed");
    assert_eq!(app.sql().count("changes WHERE resource_key = 'M-1/2024-25-Q1/1'"), 2);
}

#[test]
fn refuses_one_without_a_figure_or_a_symbol() {
    let app = App::with_measure();
    app.submission("M-1", "2024-25-Q1").create();
    let refused = app.storing_nothing(|| app.provider().post(SUBMIT).call());
    refused.problem(409, "figure_missing").says("value_symbol");
    app.submission("M-1", "2024-25-Q1").set("value_symbol", "x").put().must_be(200);
    app.provider().post(SUBMIT).call().must_be(200);
}

#[test]
fn refuses_what_is_not_there() {
    let app = App::with_measure();
    app.storing_nothing(|| app.provider().post(SUBMIT).call()).problem(404, "not_found").says("`M-1` for `2024-25-Q1`");
    let nowhere = || app.provider().post("quarterly-submissions/NOWHERE/2024-25-Q1/submit").call();
    app.storing_nothing(nowhere).problem(404, "not_found");
}

#[test]
fn what_is_handed_in_is_changed_by_nobody() {
    let app = App::with_measure();
    app.submission("M-1", "2024-25-Q1").set("value", 16.5).submitted();
    let path = "quarterly-submissions/M-1/2024-25-Q1";
    let changes = [
        app.storing_nothing(|| app.submission("M-1", "2024-25-Q1").set("value", 17).put()),
        app.storing_nothing(|| app.provider().patch(path).send(&json!({"value": 17}))),
        app.storing_nothing(|| app.provider().delete(path).call()),
        app.storing_nothing(|| app.provider().post(SUBMIT).call()),
    ];
    for refused in changes {
        let problem = refused.problem(409, "transition_not_allowed");
        assert_eq!(problem.member("state"), "submitted");
        assert_eq!(problem.member("allowed"), &json!(["approve", "return"]));
    }
    let same = app.storing_nothing(|| app.submission("M-1", "2024-25-Q1").set("value", 16.5).put());
    assert_eq!(same.must_be(200).json()["state"], "submitted");
}
