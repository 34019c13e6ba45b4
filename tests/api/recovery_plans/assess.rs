//! `POST /api/v1/recovery-plans/{plan}/assess`.

use serde_json::json;

use super::{PLAN, refuses, result, take, with_plan};
use crate::support::{App, Role};

const ASSESS: &str = "recovery-plans/P-1/assess";

fn in_delivery() -> App {
    with_plan(&["agree", "start"])
}

#[test]
fn the_verdict_decides_the_state() {
    for (verdict, state) in [("no_effect", "ineffective"), ("partial", "effective"), ("achieved", "effective")] {
        let app = in_delivery();
        app.approved("M-1", "2024-25-Q4", 16.5);
        let body = result(verdict, "2024-25-Q4");
        let assessed = app.officer().post(ASSESS).send(&body).must_be(200).json();
        assert_eq!((&assessed["state"], &assessed["result"]), (&json!(state), &body));
        assert_eq!(assessed["assessed_by"], "officer");
        refuses(&app, "assess", Some(&body), Role::Officer, state, &["close"]);
    }
}

#[test]
fn the_evidence_is_a_figure_that_counts() {
    let app = in_delivery();
    let refused = || {
        let refused = app.storing_nothing(|| app.officer().post(ASSESS).send(&result("partial", "2024-25-Q4")));
        let problem = refused.problem(422, "validation_failed").says("no approved or published figure for 2024-25-Q4");
        drop(problem.only_fault("/evidence_quarter", "no_figure"));
    };
    refused();
    app.submission("M-1", "2024-25-Q4").set("value", 41).submitted();
    refused();
    app.approved("M-1", "2024-25-Q3", 40);
    refused();
    app.officer().post("quarterly-submissions/M-1/2024-25-Q4/approve").call().must_be(200);
    app.officer().post(ASSESS).send(&result("partial", "2024-25-Q4")).must_be(200);
}

#[test]
fn a_symbol_is_no_evidence() {
    let app = in_delivery();
    app.submission("M-1", "2024-25-Q4").set("value_symbol", "x").published();
    let refused = app.storing_nothing(|| app.officer().post(ASSESS).send(&result("partial", "2024-25-Q4")));
    refused.problem(422, "validation_failed").only_fault("/evidence_quarter", "no_figure");
}

#[test]
fn only_a_plan_in_delivery_is_assessed() {
    let app = with_plan(&[]);
    let body = result("achieved", "2024-25-Q4");
    refuses(&app, "assess", Some(&body), Role::Officer, "drafted", &["agree"]);
    take(&app, "agree");
    refuses(&app, "assess", Some(&body), Role::Officer, "agreed", &["start"]);
}

#[test]
fn names_what_is_wrong_in_a_result() {
    let app = in_delivery();
    for (field, value, code) in [
        ("assessment", json!("splendid"), "unknown_value"),
        ("evidence_quarter", json!("2024-Q4"), "wrong_form"),
        ("note", json!(""), "too_short"),
        ("colour", json!("red"), "unknown_field"),
    ] {
        let mut body = result("partial", "2024-25-Q4");
        body[field] = value;
        let refused = app.storing_nothing(|| app.officer().post(ASSESS).send(&body));
        refused.problem(400, "invalid_body").only_fault(&format!("/{field}"), code);
    }
    let past = "UPDATE recovery_plans SET result = '{\"assessment\": \"partial\", \"evidence_quarter\": \"2024\"}'";
    assert_eq!(app.sql().try_run(past).unwrap_err().constraint, "recovery_plans_result_form");
    let past = "UPDATE recovery_plans SET state = 'effective'";
    assert_eq!(app.sql().try_run(past).unwrap_err().constraint, "recovery_plans_assessed_signed");
    assert_eq!(app.reader().get(PLAN).call().json()["result"], json!(null));
}
