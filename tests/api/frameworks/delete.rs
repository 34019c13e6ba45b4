//! `DELETE /api/v1/frameworks/{framework}`.

use super::sample;
use crate::support::App;
use crate::support::contract::delete;

#[test]
fn deletes_one() {
    delete::deletes_it(&sample(&App::start()));
}

#[test]
fn refuses_one_with_outcomes_and_says_how_to_retire_it() {
    let app = App::with_outcome();
    let refused = app.storing_nothing(|| app.editor().delete("frameworks/F").call());
    refused.problem(409, "still_in_use").says("has outcomes").says("{\"status\": \"closed\"}");
    app.editor().patch("frameworks/F").send(&serde_json::json!({"status": "closed"})).must_be(200);
}

#[test]
fn refuses_one_with_reviews() {
    let app = App::start();
    app.framework("F").create();
    app.review("2025-26").create();
    let refused = app.storing_nothing(|| app.editor().delete("frameworks/F").call());
    refused.problem(409, "still_in_use").says("annual target reviews").says("{\"status\": \"closed\"}");
}
