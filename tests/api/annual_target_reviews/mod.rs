//! `/api/v1/annual-target-reviews`.

mod apply;
mod completeness;
mod create;
mod decide;
mod delete;
mod effect;
mod evidence;
mod get;
mod list;
mod patch;
mod prefill;
mod put;
mod relative;
mod review_status;
mod six;
mod walk;

use serde_json::json;

use crate::support::contract::Sample;
use crate::support::{App, Role};

fn sample(app: &App) -> Sample<'_> {
    Sample {
        app,
        by: Role::Editor,
        collection: "annual-target-reviews",
        keys: &["framework", "year"],
        nth: |n| vec!["F".to_owned(), format!("{}-{}", 2020 + n, 21 + n)],
        body: json!({}),
        change: ("proposals", addition()),
        required: None,
        optional: ("summary", json!("What the review found.")),
    }
}

/// A proposal as it is answered: what it leaves as it is stands there as null.
fn addition() -> serde_json::Value {
    json!([{
        "measure": "N-1", "action": "add", "reason": "new_focus", "rationale": "Members asked for it.",
        "proposed": {
            "target_kind": "at_least", "target_value": 80, "comparator": null, "comparator_statistic": null,
            "comparator_margin": null, "target_lower": null, "target_upper": null, "tolerance_kind": null,
            "tolerance": null, "tolerance_below": null, "tolerance_above": null, "profile_q1": null, "profile_q2": null,
            "profile_q3": null, "profile_q4": null, "level": "committee", "title": "A new measure", "definition": null,
            "replacement": null, "measure": null
        }
    }])
}
