//! `/api/v1/issues-of-concern`.

mod actions;
mod create;
mod delete;
mod get;
mod list;
mod open;
mod overdue;
mod patch;
mod put;

use serde_json::{Value, json};

use crate::support::client::Answer;
use crate::support::contract::Sample;
use crate::support::{App, Role};

const ISSUE: &str = "issues-of-concern/I-1";

/// Every action, with who takes it and what is sent for it.
const ACTIONS: &[(&str, Role, &str)] = &[
    ("accept", Role::Editor, ""),
    ("decline", Role::Officer, r#"{"reason": "Not ours."}"#),
    ("schedule", Role::Editor, r#"{"report_on": "2025-09-22"}"#),
    ("report", Role::Editor, r#"{"answer": "It is better now."}"#),
    ("close", Role::Officer, r#"{"reason": "That is enough."}"#),
    ("reopen", Role::Editor, r#"{"reason": "It is worse again."}"#),
];

fn sample(app: &App) -> Sample<'_> {
    Sample {
        app,
        by: Role::Editor,
        collection: "issues-of-concern",
        keys: &["code"],
        nth: |n| vec![format!("I-{n}")],
        body: json!({
            "framework": "F", "title": "An issue", "question": "Why is it so?", "raised_by": "A committee",
            "assigned_to": "Another committee", "measures": ["M-1"]
        }),
        change: ("measures", json!(["M-2", "M-1"])),
        required: Some("question"),
        optional: ("raised_at", json!("MT-1")),
    }
}

/// A service with all that an issue refers to.
fn start() -> App {
    let app = App::with_measure();
    app.measure("M-2").create();
    app.meeting("MT-1").create();
    app.decision("D-1").create();
    app
}

/// A service with the issue `I-1`, taken these steps.
fn with_issue(steps: &[&str]) -> App {
    let app = start();
    app.issue("I-1").create();
    for step in steps {
        take(&app, step);
    }
    app
}

/// Asks for a step of `I-1`.
fn ask(app: &App, step: &str) -> Answer {
    let (_, by, body) = ACTIONS.iter().find(|(action, ..)| *action == step).unwrap();
    let request = app.by(*by).post(&format!("{ISSUE}/{step}"));
    if body.is_empty() { request.call() } else { request.raw("application/json", (*body).to_owned()) }
}

/// Takes a step of `I-1`.
#[track_caller]
fn take(app: &App, step: &str) -> Value {
    ask(app, step).must_be(200).json()
}
