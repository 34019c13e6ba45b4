//! `/api/v1/frameworks`.

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
        collection: "frameworks",
        keys: &["code"],
        nth: |n| vec![format!("F-{n}")],
        body: json!({"title": "A framework", "committee": "A committee", "first_year": "2024-25", "last_year": "2027-28"}),
        change: ("committee", json!("Another committee")),
        required: Some("title"),
        optional: ("council_plan", json!("A plan")),
    }
}
