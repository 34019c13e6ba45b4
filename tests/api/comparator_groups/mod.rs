//! `/api/v1/comparator-groups`.

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
        collection: "comparator-groups",
        keys: &["code"],
        nth: |n| vec![format!("G-{n}")],
        body: json!({"title": "Neighbours", "kind": "statistical_neighbours"}),
        change: ("title", json!("Other neighbours")),
        required: Some("kind"),
        optional: ("home_area", json!("A-1")),
    }
}
