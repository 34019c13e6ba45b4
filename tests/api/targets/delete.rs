//! `DELETE /api/v1/targets/{measure}/{year}`.

use super::sample;
use crate::support::App;
use crate::support::contract::delete;

#[test]
fn deletes_one() {
    delete::deletes_it(&sample(&App::with_measure()));
}

#[test]
fn refuses_one_that_approved_figures_were_judged_by() {
    let app = App::with_measure();
    for year in ["2023-24", "2024-25", "2025-26"] {
        app.target("M-1", year, 55).create();
    }
    app.approved("M-1", "2024-25-Q4", 16.5);
    app.submission("M-1", "2025-26-Q1").set("value", 24).submitted();
    let refused = app.storing_nothing(|| app.editor().delete("targets/M-1/2024-25").call());
    refused.problem(409, "still_in_use").says("2024-25").says("kind `none`");
    for unjudged in ["2023-24", "2025-26"] {
        app.editor().delete(&format!("targets/M-1/{unjudged}")).call().must_be(204);
    }
}
