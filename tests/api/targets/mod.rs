//! `/api/v1/targets`.

mod create;
mod delete;
mod get;
mod list;
mod patch;
mod put;
mod relative;

use serde_json::json;

use crate::support::contract::Sample;
use crate::support::{App, Role};

fn sample(app: &App) -> Sample<'_> {
    Sample {
        app,
        by: Role::Editor,
        collection: "targets",
        keys: &["measure", "year"],
        nth: |n| vec!["M-1".to_owned(), format!("{}-{}", 2020 + n, 21 + n)],
        body: json!({"kind": "at_least", "value": 55, "source": "illustrative", "tolerance_kind": "absolute", "tolerance": 5.5}),
        change: ("value", json!(60.25)),
        required: Some("kind"),
        optional: ("rationale", json!("Half of the way to the neighbours.")),
    }
}
