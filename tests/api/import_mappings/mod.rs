//! `/api/v1/import-mappings`.

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
        collection: "import-mappings",
        keys: &["code"],
        nth: |n| vec![format!("IM-{n}")],
        body: json!({
            "title": "A file",
            "measures": [{"measure": "M-1", "years": "named", "filters": {}, "value": "percent", "numerator": null, "denominator": null}]
        }),
        change: ("title", json!("Another file")),
        required: Some("measures"),
        optional: ("quality_note", json!("Rounded.")),
    }
}
