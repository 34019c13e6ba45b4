//! `/api/v1/decisions`.

mod create;
mod delete;
mod get;
mod list;
mod patch;
mod put;

use serde_json::{Value, json};

use crate::support::contract::Sample;
use crate::support::{App, Role};

fn sample(app: &App) -> Sample<'_> {
    Sample {
        app,
        by: Role::Editor,
        collection: "decisions",
        keys: &["code"],
        nth: |n| vec![format!("D-{n}")],
        body: json!({
            "meeting": "MT-1", "minute_reference": "Item 7", "title": "A decision", "clauses": [clause("a", "agree", None)]
        }),
        change: ("clauses", json!([clause("a", "refer", Some("Another committee"))])),
        required: Some("minute_reference"),
        optional: ("reasons", json!("Reasons given.")),
    }
}

/// A clause as it is answered.
fn clause(label: &str, verb: &str, committee: Option<&str>) -> Value {
    json!({"clause": label, "verb": verb, "text": "What was resolved.", "committee": committee})
}
