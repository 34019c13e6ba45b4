//! `/api/v1/measures`.

mod consumers;
mod create;
mod delete;
mod get;
mod list;
mod patch;
mod put;

use serde_json::json;

use crate::support::contract::Sample;
use crate::support::{App, Role};

fn sample(app: &App) -> Sample<'_> {
    Sample {
        app,
        by: Role::Editor,
        collection: "measures",
        keys: &["code"],
        nth: |n| vec![format!("M-{n}")],
        body: json!({
            "outcome": "O-1", "level": "committee", "title": "A measure", "definition": "What is counted.", "unit": "rate",
            "rate_base": 10000, "decimal_places": 1, "polarity": "low", "frequency": "quarterly", "calendar": "financial",
            "accumulation": "snapshot", "stable_band": 0.5, "expected_lag_days": 30
        }),
        change: ("level", json!("outcome")),
        required: Some("definition"),
        optional: ("owner", json!("Head of Service")),
    }
}
