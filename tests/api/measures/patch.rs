//! `PATCH /api/v1/measures/{measure}`.

use serde_json::json;

use super::sample;
use crate::support::App;
use crate::support::contract::patch;

#[test]
fn changes_only_what_is_given() {
    patch::changes_only_what_is_given(&sample(&App::with_outcome()));
}

#[test]
fn null_clears() {
    patch::null_clears(&sample(&App::with_outcome()));
}

#[test]
fn of_nothing_changes_nothing() {
    patch::of_nothing_changes_nothing(&sample(&App::with_outcome()));
}

#[test]
fn refuses_what_does_not_fit() {
    patch::refuses_what_does_not_fit(&sample(&App::with_outcome()));
}

#[test]
fn keeps_unlike_figures_out_of_one_series() {
    let app = App::with_measure();
    let patch = |fields: serde_json::Value| app.editor().patch("measures/M-1").send(&fields);
    patch(json!({"unit": "score"})).must_be(200);
    patch(json!({"unit": "percent"})).must_be(200);
    app.submission("M-1", "2024-25-Q1").set("value", 1).create();
    for fields in [
        json!({"unit": "score"}),
        json!({"unit": "rate", "rate_base": 100}),
        json!({"frequency": "annual", "calendar": "academic"}),
        json!({"accumulation": "cumulative"}),
    ] {
        let refused = app.storing_nothing(|| patch(fields.clone()));
        refused.problem(422, "validation_failed").only_fault("/series", "measures_series_needed");
    }
    let renamed = json!({"title": "A better title", "polarity": "low", "decimal_places": 2, "level": "service"});
    assert_eq!(patch(renamed).must_be(200).json()["title"], "A better title");
}

#[test]
fn is_checked_as_a_whole() {
    let app = App::with_measure();
    let patch = |fields: serde_json::Value| app.editor().patch("measures/M-1").send(&fields);
    let refused = app.storing_nothing(|| patch(json!({"rate_base": 10_000})));
    refused.problem(422, "validation_failed").only_fault("", "rate_base");
    patch(json!({"rate_base": 10_000, "unit": "rate"})).must_be(200);
    let refused = app.storing_nothing(|| patch(json!({"rate_base": null})));
    refused.problem(422, "validation_failed").only_fault("", "rate_base");
}
