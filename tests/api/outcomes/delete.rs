//! `DELETE /api/v1/outcomes/{outcome}`.

use super::sample;
use crate::support::App;
use crate::support::contract::delete;

#[test]
fn deletes_one() {
    delete::deletes_it(&sample(&App::with_framework()));
}

#[test]
fn refuses_one_with_measures_and_says_how_to_retire_it() {
    let app = App::with_measure();
    let refused = app.storing_nothing(|| app.editor().delete("outcomes/O-1").call());
    refused.problem(409, "still_in_use").says("has measures").says("{\"status\": \"retired\"}");
    app.editor().patch("outcomes/O-1").send(&serde_json::json!({"status": "retired"})).must_be(200);
}
