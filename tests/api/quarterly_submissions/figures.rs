//! What a figure must be to be true of its measure (domain 5 and invariants 2, 3 and 5).

use serde_json::{Value, json};

use crate::support::App;

/// A service with the measure `M-1` that has these terms.
fn app(terms: Value) -> App {
    let app = App::with_outcome();
    app.measure("M-1").with(terms).create();
    app
}

fn refuses(terms: Value, cases: &[(Value, &str, &str)]) {
    let app = app(terms);
    for (fields, pointer, code) in cases {
        let put = || app.submission("M-1", "2024-25-Q2").with(fields.clone()).put();
        app.storing_nothing(put).problem(422, "validation_failed").only_fault(pointer, code);
    }
}

fn takes(terms: Value, cases: &[(Value, Value, Value)]) {
    let app = app(terms);
    for (fields, value, symbol) in cases {
        let made = app.submission("M-1", "2024-25-Q2").with(fields.clone()).put().json();
        assert_eq!((&made["value"], &made["value_symbol"]), (value, symbol), "{fields}: {made}");
    }
}

#[test]
fn a_percentage_is_a_share_of_what_there_is() {
    let cases = [
        (json!({"value": 100.1}), "/value", "out_of_range"),
        (json!({"value": -0.1}), "/value", "out_of_range"),
        (json!({"numerator": 11, "denominator": 10}), "/numerator", "numerator_exceeds_denominator"),
        (json!({"numerator": -1, "denominator": 10}), "/numerator", "negative"),
        (json!({"value": 1, "denominator": -10}), "/denominator", "negative"),
        (json!({"value": 50, "numerator": 1, "denominator": 3}), "/value", "value_differs_from_parts"),
        (json!({"value": 0, "numerator": 0, "denominator": 0}), "/value", "denominator_is_zero"),
        (json!({"value_symbol": "x", "numerator": 0, "denominator": 0}), "/value_symbol", "denominator_is_zero"),
    ];
    refuses(json!({}), &cases);
}

#[test]
fn a_number_and_its_symbol_exclude_each_other() {
    let cases = [
        (json!({"value": 1, "value_symbol": "c"}), "/value_symbol", "value_and_symbol"),
        (json!({"value": 1, "numerator": 1, "numerator_symbol": "c"}), "/numerator_symbol", "value_and_symbol"),
        (json!({"value": 1, "denominator": 1, "denominator_symbol": "x"}), "/denominator_symbol", "value_and_symbol"),
    ];
    refuses(json!({}), &cases);
    let mixed = (json!({"numerator_symbol": "c", "value": 12.3, "denominator": 99}), json!(12.3), json!(null));
    let none = (json!({"value_symbol": "z"}), json!(null), json!("z"));
    takes(json!({}), &[mixed, none]);
}

#[test]
fn a_number_must_fit_its_column() {
    let cases = [
        (json!({"value": 100_000_000_000_000_i64}), "/value", "too_large"),
        (json!({"value": 1.00001}), "/value", "too_many_decimal_places"),
        (json!({"value": 1, "numerator": 0.12345}), "/numerator", "too_many_decimal_places"),
        (json!({"value": 1, "denominator": 100_000_000_000_000_i64}), "/denominator", "too_large"),
    ];
    refuses(json!({"unit": "currency"}), &cases);
    let app = app(json!({"unit": "currency"}));
    for exact in ["99999999999999.9999", "-99999999999999.9999", "0.0001", "1e2", "1.50"] {
        let body = format!("{{\"data_period\":\"2024-25-Q2\",\"value\":{exact}}}");
        let made = app.provider().put("quarterly-submissions/M-1/2024-25-Q2").raw("application/json", body);
        let shown = if exact == "1e2" { "100" } else { exact };
        assert!(made.text().contains(&format!("\"value\":{shown},")), "{made}");
    }
}

#[test]
fn other_units_have_rules_of_their_own() {
    for (unit, cases) in [
        ("count", vec![(json!({"value": 1.5}), "/value", "not_whole"), (json!({"value": -1}), "/value", "negative")]),
        ("days", vec![(json!({"value": -1}), "/value", "negative")]),
    ] {
        refuses(json!({"unit": unit}), &cases);
    }
    let rate = json!({"unit": "rate", "rate_base": 10_000});
    let negative = (json!({"numerator": -1, "denominator": 10}), "/numerator", "negative");
    refuses(rate.clone(), &[(json!({"value": -1}), "/value", "negative"), negative]);
    takes(rate, &[(json!({"value": 20_000.5}), json!(20_000.5), json!(null))]);
    takes(json!({"unit": "score"}), &[(json!({"value": -3.2}), json!(-3.2), json!(null))]);
    let unproved = json!({"value": 15.3, "numerator": 10, "denominator": 1});
    takes(json!({"unit": "score"}), &[(unproved, json!(15.3), json!(null))]);
}

#[test]
fn the_value_follows_from_its_parts() {
    let percent = [
        (json!({"numerator": 1, "denominator": 3}), json!(33.3), json!(null)),
        (json!({"numerator": 33, "denominator": 200}), json!(16.5), json!(null)),
        (json!({"numerator": 0, "denominator": 0}), json!(null), json!("z")),
        (json!({"value": 33.33, "numerator": 1, "denominator": 3}), json!(33.33), json!(null)),
        (
            json!({"value": 50, "numerator": 1, "denominator": 3, "quality_note": "Rounded at source."}),
            json!(50),
            json!(null),
        ),
        (json!({"value_symbol": "u", "numerator": 1, "denominator": 3}), json!(null), json!("u")),
    ];
    takes(json!({}), &percent);
    let rate = json!({"unit": "rate", "rate_base": 10_000, "decimal_places": 0});
    takes(rate, &[(json!({"numerator": 624, "denominator": 115_900}), json!(54), json!(null))]);
    let ratio = json!({"unit": "ratio", "decimal_places": 2});
    takes(ratio, &[(json!({"numerator": 100, "denominator": 8}), json_text("12.50"), json!(null))]);
    takes(json!({"unit": "count"}), &[(json!({"numerator": 4, "denominator": 2}), json!(null), json!(null))]);
}

/// A number with just these digits.
fn json_text(digits: &str) -> Value {
    serde_json::from_str(digits).unwrap()
}

#[test]
fn periods_of_unlike_kinds_never_mix() {
    let app = app(json!({}));
    app.submission("M-1", "2024-25-Q4").set("value", 16.5).create();
    for period in ["CY2024", "2024-25", "AY2023-24", "2025-03", "2025-03-31"] {
        let put = || app.submission("M-1", "2024-25-Q4").set("value", 49).set("data_period", period).put();
        let problem = app.storing_nothing(put).problem(422, "period_kind_mismatch");
        problem.only_fault("/data_period", "period_kind_mismatch").says("a quarter such as `2024-25-Q2`");
    }
    let calendar_year = self::app(json!({"frequency": "annual", "calendar": "calendar"}));
    let put =
        |period: &str| calendar_year.submission("M-1", "2024-25-Q4").set("value", 49).set("data_period", period).put();
    put("CY2024").must_be(201);
    calendar_year.storing_nothing(|| put("2024-25-Q4")).problem(422, "period_kind_mismatch").says("a calendar year");
}

#[test]
fn a_figure_is_not_known_before_its_period_ends() {
    let later = (json!({"value": 1, "data_period": "2024-25-Q3"}), "/data_period", "period_after_quarter");
    refuses(json!({}), &[later]);
    takes(json!({}), &[(json!({"value": 1, "data_period": "2023-24-Q1"}), json!(1), json!(null))]);
}

#[test]
fn every_fault_is_told_at_once() {
    let app = app(json!({}));
    let wrong = json!({
        "value": 101, "value_symbol": "x", "numerator": 12, "denominator": 10, "data_period": "2025-26-Q1", "narrative": {"jokes": "None."}
    });
    let refused = app.storing_nothing(|| app.submission("M-1", "2024-25-Q2").with(wrong).put());
    let problem = refused.problem(422, "validation_failed").fault("/value", "out_of_range");
    let problem = problem.fault("/value_symbol", "value_and_symbol").fault("/data_period", "period_after_quarter");
    problem.fault("/numerator", "numerator_exceeds_denominator").fault("/narrative/jokes", "unknown_section");
}
