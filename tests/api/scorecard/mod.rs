//! `/api/v1/frameworks/{framework}/scorecard`: colours, absence, travel and distance as callers see them, with the real
//! figures of `docs/rules.md`.

mod absence;
mod colours;
mod csv;
mod cumulative;
mod distance;
mod relative;
mod summary;
mod travel;

use serde_json::{Value, json};

use crate::support::App;

/// EHC plans issued within 20 weeks, with the target of 55 for these years.
fn ehcp(years: &[&str]) -> App {
    let app = App::with_outcome();
    app.measure("EDU-01").with(json!({"baseline_period": "2024-25-Q4", "baseline_value": 16.5})).create();
    for year in years {
        app.target("EDU-01", year, 55).create();
    }
    app
}

/// The same plans by calendar year, as the Department for Education publishes them.
fn ehcp_by_calendar_year() -> App {
    let app = App::with_outcome();
    let terms =
        json!({"frequency": "annual", "calendar": "calendar", "baseline_period": "CY2023", "baseline_value": 53.1});
    app.measure("EDU-01").with(terms).create();
    app.target("EDU-01", "2024-25", 55).create();
    app.target("EDU-01", "2023-24", 55).create();
    app
}

/// A number with just these digits, in an object so that they can be compared.
fn number(digits: &str) -> Value {
    serde_json::from_str(digits).unwrap()
}
