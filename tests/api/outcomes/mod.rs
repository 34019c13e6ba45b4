//! `/api/v1/outcomes`.

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
        collection: "outcomes",
        keys: &["code"],
        nth: |n| vec![format!("O-{n}")],
        body: json!({"framework": "F", "title": "An outcome"}),
        change: ("title", json!("Another title")),
        required: Some("framework"),
        optional: ("priority", json!("A priority")),
    }
}
