//! `/api/v1/comparator-memberships`.

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
        collection: "comparator-memberships",
        keys: &["group", "area", "valid_from"],
        nth: |n| vec!["G-1".to_owned(), format!("A-{n}"), format!("{}-04-01", 2010 + n)],
        body: json!({"note": "Very close"}),
        change: ("note", json!("Close")),
        required: None,
        optional: ("valid_to", json!("2025-04-30")),
    }
}
