//! `/api/v1/areas`.

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
        collection: "areas",
        keys: &["code"],
        nth: |n| vec![format!("A-{n}")],
        body: json!({"name": "An area", "kind": "local_authority"}),
        change: ("name", json!("Another name")),
        required: Some("kind"),
        optional: ("old_code", json!("373")),
    }
}
