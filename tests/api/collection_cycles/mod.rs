//! `/api/v1/collection-cycles`.

mod create;
mod delete;
mod generate;
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
        collection: "collection-cycles",
        keys: &["framework", "quarter"],
        nth: |n| {
            let year = 2024 + n / 4;
            vec!["F".to_owned(), format!("{year}-{}-Q{}", year - 1999, n % 4 + 1)]
        },
        // Days that are near each of the ten quarters.
        body: json!({"opens_on": "2026-07-02", "due_on": "2026-07-22", "locks_on": "2026-08-05"}),
        change: ("locks_on", json!("2026-08-12")),
        required: Some("due_on"),
        optional: ("note", json!("The census team is away in the second week.")),
    }
}
