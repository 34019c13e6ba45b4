//! `POST /api/v1/import-mappings`.

use serde_json::json;

use super::sample;
use crate::support::App;
use crate::support::contract::create;

#[test]
fn makes_one() {
    create::makes_it(&sample(&App::with_measure()));
}

#[test]
fn refuses_a_taken_code() {
    create::refuses_a_taken_key(&sample(&App::with_measure()));
}

#[test]
fn refuses_a_body_without_its_code() {
    create::refuses_a_missing_key(&sample(&App::with_measure()));
}

#[test]
fn names_every_wrong_field() {
    create::names_every_wrong_field(&sample(&App::with_measure()));
}

#[test]
fn refuses_a_measure_that_is_not_there_and_one_without_its_column() {
    let app = App::with_measure();
    let put = |measures: serde_json::Value| {
        let body = json!({"title": "A file", "measures": measures});
        app.storing_nothing(|| app.editor().put("import-mappings/IM-1").send(&body))
    };
    let unknown = put(json!([{"measure": "M-1", "value": "percent"}, {"measure": "M-9", "value": "percent"}]));
    unknown.problem(422, "unknown_reference").only_fault("/measures/1/measure", "unknown_reference").says("`M-9`");
    let without = put(json!([{"measure": "M-1", "numerator": "count"}]));
    without.problem(422, "validation_failed").only_fault("/measures/0", "figure_missing");
    put(json!([])).problem(400, "invalid_body");
    put(json!([{"measure": "M-1", "value": "percent", "years": "some"}])).problem(400, "invalid_body");
}
