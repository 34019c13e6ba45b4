//! `/api/v1/meetings`.

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
        collection: "meetings",
        keys: &["code"],
        nth: |n| vec![format!("MT-{n}")],
        body: json!({"committee": "A committee", "held_on": "2025-06-16"}),
        change: ("held_on", json!("2025-09-22")),
        required: Some("committee"),
        optional: ("title", json!("A title")),
    }
}
