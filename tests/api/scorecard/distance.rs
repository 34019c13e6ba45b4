//! Distance travelled from the baseline to the target, with its honest nulls.

use serde_json::{Value, json};

use super::{ehcp, ehcp_by_calendar_year, number};
use crate::support::App;

/// The distance of one figure for a measure with these terms and a target of 55.
fn distance(terms: Value, value: &str) -> Value {
    let app = App::with_outcome();
    app.measure("M-1").with(json!({"baseline_period": "2023-24-Q4"})).with(terms).create();
    app.target("M-1", "2024-25", 55).create();
    app.approved("M-1", "2024-25-Q4", number(value));
    app.card("M-1", "2024-25-Q4")["distance"].clone()
}

#[test]
fn a_fifth_of_the_gap_is_closed() {
    let app = ehcp(&["2025-26"]);
    app.approved("EDU-01", "2025-26-Q1", number("24.0"));
    let expected = json!({
        "baseline": 16.5, "value": number("24.0"), "target": 55, "change": 7.5, "improvement": 7.5, "gap_at_baseline": 38.5,
        "gap_now": 31, "percent_of_gap_closed": 19.5, "met": false, "reason": null
    });
    assert_eq!(app.card("EDU-01", "2025-26-Q1")["distance"], expected);
}

#[test]
fn a_small_gap_gives_no_percentage() {
    let app = ehcp_by_calendar_year();
    app.submission("EDU-01", "2024-25-Q4").with(json!({"data_period": "CY2024", "value": number("49.0")})).approved();
    let distance = app.card("EDU-01", "2024-25-Q4")["distance"].clone();
    assert_eq!((&distance["percent_of_gap_closed"], &distance["reason"]), (&json!(null), &json!("unstable")));
    assert_eq!((&distance["change"], &distance["gap_at_baseline"]), (&json!(-4.1), &json!(1.9)));
}

#[test]
fn percentages_are_not_clamped() {
    for (value, closed, met) in
        [("60", "120.0", true), ("55", "100.0", true), ("20", "-40.0", false), ("30", "0.0", false)]
    {
        let distance = distance(json!({"baseline_value": 30}), value);
        assert_eq!((&distance["percent_of_gap_closed"], &distance["met"]), (&number(closed), &json!(met)), "{value}");
    }
}

#[test]
fn what_cannot_be_said_is_null_with_its_reason() {
    for (terms, value, reason) in [
        (json!({"baseline_value": 55}), "40", "target_equals_baseline"),
        (json!({"baseline_value": 70}), "40", "met_at_baseline"),
        (json!({"baseline_period": null}), "40", "no_baseline"),
        (json!({"baseline_value": 30, "polarity": "neutral"}), "40", "neutral_polarity"),
        (json!({"baseline_value": 30, "kind": "activity"}), "40", "activity"),
    ] {
        let distance = distance(terms, value);
        assert_eq!((&distance["percent_of_gap_closed"], &distance["reason"]), (&json!(null), &json!(reason)));
    }
    let app = ehcp(&[]);
    app.approved("EDU-01", "2025-26-Q1", 24);
    assert_eq!(app.card("EDU-01", "2025-26-Q1")["distance"]["reason"], "no_target");
    app.submission("EDU-01", "2025-26-Q2").set("value_symbol", "x").approved();
    assert_eq!(app.card("EDU-01", "2025-26-Q2")["distance"]["reason"], "no_value");
}

#[test]
fn a_running_count_is_compared_with_the_same_point_of_the_year() {
    let app = App::with_outcome();
    let terms = json!({
        "unit": "count", "decimal_places": 0, "accumulation": "cumulative", "baseline_period": "2023-24-Q4", "baseline_value": 20
    });
    app.measure("M-1").with(terms).create();
    let profile = json!({"profile_q1": 10, "profile_q2": 20, "profile_q3": 30, "profile_q4": 40});
    app.target("M-1", "2024-25", 40).with(profile).create();
    app.approved("M-1", "2024-25-Q2", 19);
    assert_eq!(app.card("M-1", "2024-25-Q2")["distance"]["reason"], "part_of_year");
    app.approved("M-1", "2024-25-Q4", 35);
    let whole = app.card("M-1", "2024-25-Q4")["distance"].clone();
    assert_eq!((&whole["percent_of_gap_closed"], &whole["reason"]), (&number("75.0"), &json!(null)));
}
