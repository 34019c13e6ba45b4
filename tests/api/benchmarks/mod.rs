//! `/api/v1/benchmarks`.

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
        collection: "benchmarks",
        keys: &["measure", "comparator", "data_period"],
        nth: |n| vec!["M-1".to_owned(), "A-1".to_owned(), format!("{}-{}-Q1", 2020 + n, 21 + n)],
        body: json!({"value": 46.4, "source": "Published"}),
        change: ("value", json!(50.25)),
        required: Some("source"),
        optional: ("release_date", json!("2025-06-26")),
    }
}
