//! `/api/v1/recovery-plans`.

mod agree;
mod assess;
mod close;
mod create;
mod delete;
mod get;
mod list;
mod open;
mod patch;
mod progress;
mod put;
mod start;

use serde_json::{Value, json};

use crate::support::contract::Sample;
use crate::support::{App, Role};

const PLAN: &str = "recovery-plans/P-1";

fn sample(app: &App) -> Sample<'_> {
    Sample {
        app,
        by: Role::Editor,
        collection: "recovery-plans",
        keys: &["code"],
        nth: |n| vec![format!("P-{n}")],
        body: json!({
            "measure": "M-1", "title": "A plan", "owner": "An owner", "reason": "Why it is off target.",
            "interventions": [intervention("A rota")], "trajectory": [{"quarter": "2024-25-Q4", "expected": 50}]
        }),
        change: ("trajectory", json!([{"quarter": "2024-25-Q4", "expected": 52.5}])),
        required: Some("reason"),
        optional: ("success_measure", json!("Half of them in time.")),
    }
}

/// A service on which one measure may have many open plans: what every resource promises alike is tried on many of one
/// body. That a measure has one open plan is tried in `create.rs`.
fn with_many_plans() -> App {
    let app = App::with_measure();
    app.sql().run("DROP INDEX recovery_plans_one_open");
    app
}

/// An intervention as it is answered.
fn intervention(title: &str) -> Value {
    json!({"title": title, "owner": null, "starts_on": null, "due_on": null, "milestone": null, "delivery": null})
}

/// A service with the plan `P-1` of the measure `M-1`, taken these steps.
fn with_plan(steps: &[&str]) -> App {
    let app = App::with_measure();
    app.plan("P-1").create();
    for step in steps {
        take(&app, step);
    }
    app
}

/// Takes a step of `P-1`.
#[track_caller]
fn take(app: &App, step: &str) -> Value {
    let post = |by: Role| app.by(by).post(&format!("{PLAN}/{step}"));
    let answer = match step {
        "start" => post(Role::Editor).call(),
        "agree" => post(Role::Officer).call(),
        "assess" => {
            app.approved("M-1", "2024-25-Q4", 16.5);
            post(Role::Officer).send(&result("no_effect", "2024-25-Q4"))
        }
        _ => post(Role::Officer).send(&json!({"reason": "It is over."})),
    };
    answer.must_be(200).json()
}

fn result(assessment: &str, quarter: &str) -> Value {
    json!({"assessment": assessment, "evidence_quarter": quarter, "note": "What it rests on."})
}

/// Stops the test unless the action is refused in this state, which it names with what is possible.
#[track_caller]
fn refuses(app: &App, action: &str, body: Option<&Value>, by: Role, state: &str, allowed: &[&str]) {
    let request = app.by(by).post(&format!("{PLAN}/{action}"));
    let refused = app.storing_nothing(|| match body {
        Some(body) => request.send(body),
        None => request.call(),
    });
    let problem = refused.problem(409, "transition_not_allowed").says(&format!("`{action}`"));
    assert_eq!((problem.member("state"), problem.member("allowed")), (&json!(state), &json!(allowed)));
}
