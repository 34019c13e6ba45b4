//! `POST /api/v1/quarterly-reports`.

use serde_json::json;

use super::sample;
use crate::support::App;
use crate::support::contract::create;

#[test]
fn makes_one() {
    create::makes_it(&sample(&App::with_framework()));
}

#[test]
fn refuses_a_taken_key() {
    create::refuses_a_taken_key(&sample(&App::with_framework()));
}

#[test]
fn refuses_a_body_without_its_key() {
    create::refuses_a_missing_key(&sample(&App::with_framework()));
}

#[test]
fn names_every_wrong_field() {
    create::names_every_wrong_field(&sample(&App::with_framework()));
}

#[test]
fn the_first_report_of_a_framework_is_its_baseline_report_and_no_other() {
    let app = App::with_framework();
    let send = |quarter: &str, kind: &str| {
        app.editor().post("quarterly-reports").send(&json!({"framework": "F", "quarter": quarter, "kind": kind}))
    };
    let early = app.storing_nothing(|| send("2024-25-Q2", "quarterly"));
    early.problem(422, "validation_failed").only_fault("/kind", "kind_of_report");
    assert_eq!(app.report("2024-25-Q2").json()["kind"], "baseline");
    let second = app.storing_nothing(|| send("2024-25-Q3", "baseline"));
    second.problem(422, "validation_failed").only_fault("/kind", "kind_of_report");
    assert_eq!(app.report("2024-25-Q3").json()["kind"], "quarterly");
    assert_eq!(send("2024-25-Q4", "annual").must_be(201).json()["kind"], "annual");
}
