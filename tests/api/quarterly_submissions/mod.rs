//! `/api/v1/quarterly-submissions`.

mod approval_notes;
mod approve;
mod baselines;
mod breakdowns;
mod create;
mod delete;
mod figures;
mod get;
mod list;
mod locked;
mod narrative;
mod patch;
mod publish;
mod put;
mod r#return;
mod revise;
mod revisions;
mod submit;

use serde_json::json;

use crate::support::contract::Sample;
use crate::support::{App, Role};

fn sample(app: &App) -> Sample<'_> {
    Sample {
        app,
        by: Role::Provider,
        collection: "quarterly-submissions",
        keys: &["measure", "quarter"],
        nth: |n| vec!["M-1".to_owned(), format!("20{}-{}-Q{}", 20 + n / 4, 21 + n / 4, n % 4 + 1)],
        body: json!({"data_period": "2020-21-Q1", "value": 10.5, "stage": "final"}),
        change: ("value", json!(20.5)),
        required: Some("data_period"),
        optional: ("quality_note", json!("Counted by hand.")),
    }
}
