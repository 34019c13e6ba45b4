//! `/api/v1/webhook-endpoints`, and the calls that they get.

mod actions;
mod crash;
mod create;
mod delete;
mod deliveries;
mod events;
mod failing;
mod get;
mod list;
mod patch;
mod put;
mod secrets;

use serde_json::{Value, json};

use crate::support::contract::Sample;
use crate::support::receiver::until;
use crate::support::{App, Role};

fn sample(app: &App) -> Sample<'_> {
    Sample {
        app,
        by: Role::Admin,
        collection: "webhook-endpoints",
        keys: &["code"],
        nth: |n| vec![format!("W-{n}")],
        body: json!({
            "url": "https://hooks.example.org/performance", "events": ["submission.approved", "report.published"], "framework": "F"
        }),
        change: ("events", json!(["target.changed"])),
        required: Some("url"),
        optional: ("description", json!("Ask Democratic Services.")),
    }
}

/// Whether a delivery stands there.
fn is(state: &str) -> impl Fn(&Value) -> bool {
    move |delivery| delivery["state"] == state
}

/// Whether a delivery was tried so often.
fn tried(times: u64) -> impl Fn(&Value) -> bool {
    move |delivery| delivery["attempts"].as_array().is_some_and(|attempts| attempts.len() as u64 >= times)
}

/// Waits until all that was written is settled: other tests on the same server can hold the end of the log back.
fn settled(app: &App) {
    let unsettled = "changes WHERE transaction_number >= end_of_changes()";
    until("the log to settle", || app.sql().count(unsettled) == 0);
}

/// Lets all that waits be tried at once, whatever pause it has.
fn hurry(app: &App) {
    app.sql().run(
        "UPDATE webhook_standings SET resting_until = NULL; UPDATE webhook_deliveries SET next_attempt_at = now() WHERE state = 'pending'",
    );
}
