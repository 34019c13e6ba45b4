//! Wrong types and unknown fields, each named by its place; and rules that two fields break together.

use serde_json::json;

use crate::support::App;

#[test]
fn every_wrong_type_is_named() {
    let app = App::with_measure();
    let wrong = json!({
        "data_period": 2024, "value": "16.5", "value_symbol": 1, "numerator": [1], "stage": null, "narrative": "text", "quality_note": {}
    });
    let refused = app.storing_nothing(|| app.provider().put("quarterly-submissions/M-1/2024-25-Q1").send(&wrong));
    let problem = refused.problem(400, "invalid_body").says("7 faults");
    let fields = ["/data_period", "/value", "/value_symbol", "/numerator", "/stage", "/narrative", "/quality_note"];
    for pointer in fields {
        assert!(problem.faults().iter().any(|(at, _)| *at == pointer), "{pointer}: {refused}");
    }
}

#[test]
fn unknown_fields_are_refused_by_name_also_within() {
    let app = App::with_measure();
    let refused = app
        .storing_nothing(|| app.submission("M-1", "2024-25-Q1").with(json!({"vlaue": 1, "state": "approved"})).put());
    refused.problem(400, "invalid_body").fault("/vlaue", "unknown_field").fault("/state", "unknown_field");
    let proposal = json!([{"measure": "M-1", "action": "retain", "reason": "progress", "rationale": "R", "proposed": {"colour": 1}}]);
    let refused = app.storing_nothing(|| app.review("2025-26").set("proposals", &proposal).put());
    refused.problem(400, "invalid_body").only_fault("/proposals/0/proposed/colour", "unknown_field");
}

#[test]
fn what_the_service_keeps_is_not_to_be_sent() {
    let app = App::with_outcome();
    for field in ["created_at", "updated_at", "row_version"] {
        let refused = app.storing_nothing(|| app.outcome("O-2").set(field, 1).put());
        refused.problem(400, "invalid_body").only_fault(&format!("/{field}"), "unknown_field");
    }
}

#[test]
fn a_value_and_a_symbol_exclude_each_other() {
    let app = App::with_measure();
    let refused = app
        .storing_nothing(|| app.submission("M-1", "2024-25-Q1").with(json!({"value": 0, "value_symbol": "c"})).put());
    let problem = refused.problem(422, "validation_failed").only_fault("/value_symbol", "value_and_symbol");
    problem.says("confidential, suppressed").says("send one of the two");
    let refused = app.storing_nothing(|| app.submission("M-1", "2024-25-Q1").set("value_symbol", "n/a").put());
    refused.problem(400, "invalid_body").only_fault("/value_symbol", "unknown_value");
}

#[test]
fn more_than_all_of_them_is_refused() {
    let app = App::with_measure();
    let refused = app.storing_nothing(|| {
        app.submission("M-1", "2024-25-Q1").with(json!({"numerator": 201, "denominator": 200})).put()
    });
    let problem = refused.problem(422, "validation_failed");
    problem.only_fault("/numerator", "numerator_exceeds_denominator").says("201 of 200 is more than all of them");
}
