//! `POST /api/v1/measures`.

use serde_json::json;

use super::sample;
use crate::support::App;
use crate::support::contract::create;

#[test]
fn makes_one() {
    create::makes_it(&sample(&App::with_outcome()));
}

#[test]
fn refuses_a_taken_code() {
    create::refuses_a_taken_key(&sample(&App::with_outcome()));
}

#[test]
fn refuses_a_body_without_its_code() {
    create::refuses_a_missing_key(&sample(&App::with_outcome()));
}

#[test]
fn names_every_wrong_field() {
    create::names_every_wrong_field(&sample(&App::with_outcome()));
}

#[test]
fn fills_in_its_defaults() {
    let made = App::with_outcome().measure("M-1").create().json();
    for (field, value) in [
        ("kind", json!("kpi")),
        ("status", json!("active")),
        ("disclosure_policy", json!("cin_1_5")),
        ("expected_lag_days", json!(0)),
        ("stable_band", json!(0)),
        ("baseline_value", json!(null)),
    ] {
        assert_eq!(made[field], value, "{field}");
    }
}

#[test]
fn keeps_numbers_exactly() {
    let app = App::with_outcome();
    let exact = r#"{"outcome":"O-1","level":"service","title":"T","definition":"D","unit":"score","decimal_places":4,
        "polarity":"high","frequency":"annual","calendar":"academic","accumulation":"in_period","baseline_period":"AY2023-24",
        "baseline_value":12345678901234.5678,"stable_band":0.1000}"#;
    let made = app.editor().put("measures/M-1").raw("application/json", exact).must_be(201);
    assert!(made.text().contains("\"baseline_value\":12345678901234.5678,"), "{made}");
    assert!(made.text().contains("\"stable_band\":0.1000,"), "{made}");
}

#[test]
fn refuses_an_unknown_outcome() {
    let app = App::with_outcome();
    let refused = app.storing_nothing(|| app.measure("M-1").set("outcome", "NOWHERE").put());
    refused
        .problem(422, "unknown_reference")
        .only_fault("/outcome", "unknown_reference")
        .says("no outcome with this code");
}

#[test]
fn refuses_what_contradicts_itself() {
    let app = App::with_outcome();
    for (fields, pointer, code) in [
        (json!({"unit": "rate"}), "", "rate_base"),
        (json!({"rate_base": 100}), "", "rate_base"),
        (json!({"expected_lower": 1}), "", "expected_range"),
        (json!({"baseline_value": 1}), "", "baseline"),
        (json!({"baseline_period": "2024-25-Q1"}), "", "baseline"),
        (json!({"baseline_period": "CY2024", "baseline_value": 1}), "", "period_kind_mismatch"),
        (json!({"baseline_reason": "None"}), "/baseline_value", "measures_baseline_whole"),
        (
            json!({"kind": "activity", "expected_lower": 2, "expected_upper": 1}),
            "/expected_upper",
            "measures_expected_range_in_order",
        ),
        (json!({"stable_band": 100_000_000_000_000_i64}), "/stable_band", "too_large"),
        (
            json!({"baseline_period": "2024-25-Q1", "baseline_value": -100_000_000_000_000_i64}),
            "/baseline_value",
            "too_large",
        ),
        (json!({"kind": "activity", "expected_lower": 0.00001}), "/expected_lower", "too_many_decimal_places"),
    ] {
        let refused = app.storing_nothing(|| app.measure("M-1").with(fields.clone()).put());
        refused.problem(422, "validation_failed").only_fault(pointer, code);
    }
}

#[test]
fn refuses_what_the_document_does_not_allow() {
    let app = App::with_outcome();
    for (field, value, code) in [
        ("unit", json!("per cent"), "unknown_value"),
        ("polarity", json!(null), "wrong_type"),
        ("decimal_places", json!(5), "out_of_range"),
        ("decimal_places", json!(-1), "out_of_range"),
        ("expected_lag_days", json!(1001), "out_of_range"),
        ("stable_band", json!(-0.1), "out_of_range"),
        ("rate_base", json!(0), "out_of_range"),
        ("title", json!(""), "too_short"),
        ("title", json!("x".repeat(201)), "too_long"),
        ("baseline_period", json!("2024-26"), "wrong_form"),
        ("outcome", json!("o-1"), "wrong_form"),
    ] {
        let refused = app.storing_nothing(|| app.measure("M-1").set(field, &value).put());
        refused.problem(400, "invalid_body").only_fault(&format!("/{field}"), code);
    }
}

#[test]
fn a_deleted_code_is_never_used_again() {
    let app = App::with_measure();
    app.editor().delete("measures/M-1").call().must_be(204);
    app.storing_nothing(|| app.measure("M-1").put()).problem(409, "code_used_before");
}

#[test]
fn refuses_numbers_that_no_column_holds() {
    let app = App::with_outcome();
    let activity = json!({"kind": "activity", "baseline_period": "2024-25-Q1", "baseline_value": 1});
    for field in ["stable_band", "expected_lower", "expected_upper", "baseline_value"] {
        for (number, code) in [("100000000000000", "too_large"), ("0.00001", "too_many_decimal_places")] {
            let number: serde_json::Value = serde_json::from_str(number).unwrap();
            let put = || app.measure("M-1").with(activity.clone()).set(field, &number).put();
            app.storing_nothing(put).problem(422, "validation_failed").only_fault(&format!("/{field}"), code);
        }
    }
}
