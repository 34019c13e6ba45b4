//! Numbers that no column, or no arithmetic, can hold.

use super::push;
use crate::support::App;

fn with_value(value: &str) -> String {
    format!("{{\"data_period\": \"2024-25-Q1\", \"value\": {value}}}")
}

#[test]
fn numbers_beyond_a_column_are_refused() {
    let app = App::with_outcome();
    app.measure("M-1").set("unit", "score").create();
    for value in ["100000000000000", "-100000000000000", "1e14", "99999999999999.99999", "0.00001", "1.23456"] {
        let problem = push(&app, with_value(value)).problem(422, "validation_failed");
        assert_eq!(problem.faults()[0].0, "/value", "{value}");
    }
}

#[test]
fn numbers_beyond_all_arithmetic_are_refused() {
    let app = App::with_outcome();
    app.measure("M-1").set("unit", "score").create();
    for value in ["1e400", "-1e400", "1e29", "123456789012345678901234567890", "1e-400", "1E+999999999999"] {
        let refused = push(&app, with_value(value));
        assert!([400, 422].contains(&refused.status), "{refused}");
        let code = if refused.status == 400 { "invalid_body" } else { "validation_failed" };
        assert_eq!(refused.problem(refused.status, code).faults()[0].0, "/value", "{value}");
    }
}

#[test]
fn a_number_is_not_a_text() {
    let app = App::with_measure();
    for value in ["\"16.5\"", "\"1e3\"", "true", "[]", "{}"] {
        push(&app, with_value(value)).problem(400, "invalid_body").only_fault("/value", "wrong_type");
    }
    // The name under which the JSON reader keeps a number's digits to itself.
    let disguised = "{\"$serde_json::private::Number\": \"1\"}";
    push(&app, with_value(disguised)).problem(400, "malformed_json").says("$serde_json::private::Number");
}

#[test]
fn whole_numbers_stay_within_their_column() {
    let app = App::with_outcome();
    for (field, value) in [
        ("rate_base", "2147483648"),
        ("rate_base", "1.5"),
        ("rate_base", "1e400"),
        ("decimal_places", "99999999999999999999"),
        ("expected_lag_days", "1e20"),
        ("expected_lag_days", "0.5"),
    ] {
        let body = format!(
            "{{\"outcome\": \"O-1\", \"level\": \"service\", \"title\": \"T\", \"definition\": \"D\", \"unit\": \"rate\", \
             \"polarity\": \"low\", \"frequency\": \"annual\", \"calendar\": \"academic\", \"accumulation\": \"in_period\"{}{}, \
             \"{field}\": {value}}}",
            if field == "rate_base" { "" } else { ", \"rate_base\": 100" },
            if field == "decimal_places" { "" } else { ", \"decimal_places\": 1" },
        );
        let put = || app.editor().put("measures/M-1").raw("application/json", body.clone());
        let refused = app.storing_nothing(put);
        assert!([400, 422].contains(&refused.status), "{field} {value}: {refused}");
        let code = if refused.status == 400 { "invalid_body" } else { "validation_failed" };
        assert_eq!(refused.problem(refused.status, code).faults()[0].0, format!("/{field}"));
    }
}
