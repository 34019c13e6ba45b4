//! `DELETE /api/v1/measures/{measure}`.

use super::sample;
use crate::support::App;
use crate::support::contract::delete;

#[test]
fn deletes_one() {
    delete::deletes_it(&sample(&App::with_outcome()));
}

#[test]
fn refuses_one_with_targets_or_figures_and_says_how_to_retire_it() {
    let app = App::with_measure();
    app.target("M-1", "2024-25", 55).create();
    let refused = || app.storing_nothing(|| app.editor().delete("measures/M-1").call()).problem(409, "still_in_use");
    refused().says("has targets").says("{\"status\": \"retired\"}");
    app.editor().delete("targets/M-1/2024-25").call().must_be(204);
    app.submission("M-1", "2024-25-Q1").set("value", 1).create();
    refused().says("quarterly submissions").says("{\"status\": \"retired\"}");
    app.editor().patch("measures/M-1").send(&serde_json::json!({"status": "retired"})).must_be(200);
}
