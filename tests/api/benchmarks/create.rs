//! `POST /api/v1/benchmarks`.

use serde_json::json;

use super::sample;
use crate::support::App;
use crate::support::contract::create;

#[test]
fn makes_one() {
    create::makes_it(&sample(&App::with_comparator()));
}

#[test]
fn refuses_a_taken_key() {
    create::refuses_a_taken_key(&sample(&App::with_comparator()));
}

#[test]
fn refuses_a_body_without_its_key() {
    create::refuses_a_missing_key(&sample(&App::with_comparator()));
}

#[test]
fn names_every_wrong_field() {
    create::names_every_wrong_field(&sample(&App::with_comparator()));
}

#[test]
fn tells_whether_it_is_of_an_area_or_a_group() {
    let app = App::with_comparator();
    let of_area = app.benchmark("M-1", "A-1", "2024-25-Q1", 55).create().json();
    assert_eq!((&of_area["area"], &of_area["group"]), (&json!("A-1"), &json!(null)));
    assert_eq!((&of_area["method"], &of_area["stage"]), (&json!("published"), &json!("final")));
    let of_group = app.benchmark("M-1", "G-1", "2024-25-Q1", 55).set("method", "mean").create().json();
    assert_eq!((&of_group["area"], &of_group["group"]), (&json!(null), &json!("G-1")));
    let refused = app.storing_nothing(|| app.benchmark("M-1", "NOWHERE", "2024-25-Q1", 55).put());
    refused.problem(422, "unknown_reference").only_fault("/comparator", "unknown_reference").says("`NOWHERE`");
    let refused = app.storing_nothing(|| app.benchmark("NOWHERE", "A-1", "2024-25-Q1", 55).put());
    refused.problem(422, "unknown_reference").only_fault("/measure", "unknown_reference");
}

#[test]
fn refuses_another_kind_of_period() {
    let app = App::with_comparator();
    for period in ["CY2024", "2024-25", "2025-03-31"] {
        let refused = app.storing_nothing(|| app.benchmark("M-1", "A-1", period, 49).put());
        let problem = refused.problem(422, "period_kind_mismatch").says("takes a quarter");
        problem.only_fault("/data_period", "period_kind_mismatch");
    }
}

#[test]
fn refuses_what_cannot_be() {
    let app = App::with_comparator();
    for (fields, pointer, code) in [
        (json!({"value": null}), "/value", "required"),
        (json!({"value_symbol": "c"}), "/value_symbol", "value_and_symbol"),
        (json!({"value": 100.1}), "/value", "out_of_range"),
        (json!({"value": -1}), "/value", "out_of_range"),
        (json!({"value": 1.23456}), "/value", "too_many_decimal_places"),
        (json!({"contributors": 11, "members": 10}), "/contributors", "contributors_exceed_members"),
    ] {
        let put = || app.benchmark("M-1", "A-1", "2024-25-Q1", 55).with(fields.clone()).put();
        app.storing_nothing(put).problem(422, "validation_failed").only_fault(pointer, code);
    }
    for (field, value) in [("contributors", json!(-1)), ("stage", json!("draft")), ("method", json!("mode"))] {
        let put = || app.benchmark("M-1", "A-1", "2024-25-Q1", 55).set(field, &value).put();
        assert_eq!(app.storing_nothing(put).problem(400, "invalid_body").faults()[0].0, format!("/{field}"));
    }
    app.benchmark("M-1", "A-1", "2024-25-Q1", json!(null)).set("value_symbol", "c").create();
}

#[test]
fn the_mean_of_counts_need_not_be_whole() {
    let app = App::with_comparator();
    app.measure("M-2").with(json!({"unit": "count", "decimal_places": 0, "polarity": "neutral"})).create();
    let refused = app.storing_nothing(|| app.benchmark("M-2", "A-1", "2024-25-Q1", 659.9).put());
    refused.problem(422, "validation_failed").only_fault("/value", "not_whole");
    app.benchmark("M-2", "G-1", "2024-25-Q1", 659.9).set("method", "mean").create();
}

#[test]
fn refuses_a_code_that_was_not_valid_in_the_period() {
    let app = App::with_comparator();
    app.area("NEW").set("valid_from", "2025-04-01").create();
    app.area("OLD").with(json!({"valid_to": "2025-03-31", "successor": "NEW"})).create();
    for (area, period, told) in
        [("OLD", "2025-26-Q1", "its successor is `NEW`"), ("NEW", "2024-25-Q4", "after 2024-25-Q4 ends")]
    {
        let refused = app.storing_nothing(|| app.benchmark("M-1", area, period, 55).put());
        refused.problem(422, "validation_failed").only_fault("/comparator", "area_not_valid").says(told);
    }
    app.benchmark("M-1", "OLD", "2024-25-Q4", 55).create();
    app.benchmark("M-1", "NEW", "2025-26-Q1", 55).create();
}

#[test]
fn keeps_the_series_of_its_measure() {
    let app = App::with_comparator();
    app.benchmark("M-1", "A-1", "2024-25-Q1", 55).create();
    let patch = || app.editor().patch("measures/M-1").send(&json!({"frequency": "annual"}));
    let refused = app.storing_nothing(patch).problem(422, "validation_failed");
    refused.only_fault("/series", "measures_series_needed").says("give the next number");
    let delete = || app.editor().delete("measures/M-1").call();
    app.storing_nothing(delete).problem(409, "still_in_use").says("has benchmarks");
}
