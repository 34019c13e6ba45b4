//! `PATCH /api/v1/recovery-plans/{plan}`.

use serde_json::{Value, json};

use super::{PLAN, intervention, sample, take, with_plan};
use crate::support::App;
use crate::support::contract::patch;

#[test]
fn changes_only_what_is_given() {
    patch::changes_only_what_is_given(&sample(&App::with_measure()));
}

#[test]
fn null_clears() {
    patch::null_clears(&sample(&App::with_measure()));
}

#[test]
fn of_nothing_changes_nothing() {
    patch::of_nothing_changes_nothing(&sample(&App::with_measure()));
}

#[test]
fn refuses_what_does_not_fit() {
    patch::refuses_what_does_not_fit(&sample(&App::with_measure()));
}

fn delivery(how: &str) -> Value {
    let mut one = intervention("A rota");
    one["delivery"] = json!(how);
    json!({"interventions": [one]})
}

#[test]
fn once_agreed_only_the_owner_and_the_delivery_change() {
    let app = with_plan(&[]);
    app.measure("M-2").create();
    let patch = |body: &Value| app.editor().patch(PLAN).send(body);
    for (step, how) in [("agree", "not_started"), ("start", "on_track"), ("assess", "done")] {
        take(&app, step);
        assert_eq!(patch(&delivery(how)).must_be(200).json()["interventions"][0]["delivery"], how);
        patch(&json!({"owner": format!("Owner after {step}")})).must_be(200);
        for change in [
            json!({"trajectory": [{"quarter": "2024-25-Q4", "expected": 20}]}),
            json!({"trajectory": []}),
            json!({"measure": "M-2"}),
            json!({"title": "Another"}),
            json!({"reason": "Another"}),
            json!({"success_measure": "Another"}),
            json!({"interventions": []}),
            json!({"interventions": [intervention("Another")]}),
            json!({"interventions": [intervention("A rota"), intervention("Another")]}),
        ] {
            let refused = app.storing_nothing(|| patch(&change));
            let problem = refused.problem(409, "transition_not_allowed").says("`delivery`");
            assert!(problem.member("allowed").is_array() && problem.member("state").is_string(), "{change}");
        }
    }
}

#[test]
fn a_closed_plan_stays_as_it_is() {
    let app = with_plan(&["agree", "start", "close"]);
    for change in [delivery("done"), json!({"owner": "Another"})] {
        let refused = app.storing_nothing(|| app.editor().patch(PLAN).send(&change));
        refused.problem(409, "transition_not_allowed").says("closed");
    }
    app.storing_nothing(|| app.editor().patch(PLAN).send(&json!({}))).must_be(200);
}
