//! `POST /api/v1/recovery-plans/{plan}/agree`.

use serde_json::json;

use super::{PLAN, intervention, refuses, take, with_plan};
use crate::support::{App, Role};

#[test]
fn agrees_a_plan_with_who_and_when() {
    let app = with_plan(&[]);
    let agreed = take(&app, "agree");
    assert_eq!((&agreed["state"], &agreed["agreed_by"]), (&json!("agreed"), &json!("officer")));
    assert!(agreed["agreed_at"].is_string());
    refuses(&app, "agree", None, Role::Officer, "agreed", &["start"]);
}

#[test]
fn a_plan_that_promises_nothing_is_not_agreed() {
    let app = App::with_measure();
    let empty = json!({"interventions": [], "trajectory": []});
    app.plan("P-1").with(empty).create();
    let agree = || app.officer().post(&format!("{PLAN}/agree")).call();
    let problem = app.storing_nothing(agree).problem(409, "plan_incomplete");
    assert_eq!(problem.member("missing"), &json!(["interventions", "trajectory"]));
    app.editor().patch(PLAN).send(&json!({"interventions": [intervention("A rota")]})).must_be(200);
    let problem = app.storing_nothing(agree).problem(409, "plan_incomplete").says("`trajectory`");
    assert_eq!(problem.member("missing"), &json!(["trajectory"]));
    let past = "UPDATE recovery_plans SET state = 'agreed', agreed_by = 'x', agreed_at = now()";
    assert_eq!(app.sql().try_run(past).unwrap_err().constraint, "recovery_plans_whole_once_agreed");
}

#[test]
fn an_agreed_plan_keeps_its_trajectory_even_past_the_service() {
    let app = with_plan(&["agree"]);
    for change in [
        "trajectory = '[{\"quarter\": \"2024-25-Q4\", \"expected\": 20}]'",
        "trajectory = '[]'",
        "title = 'Another'",
        "reason = 'Another'",
        "success_measure = 'Another'",
        "interventions = '[{\"title\": \"Another\"}]'",
        "interventions = '[]'",
        "state = 'drafted'",
    ] {
        let refused = app.sql().try_run(&format!("UPDATE recovery_plans SET {change}")).unwrap_err();
        assert_eq!(refused.constraint, "recovery_plans_agreed_kept", "{change}");
    }
    let refused = app.sql().try_run("DELETE FROM recovery_plans").unwrap_err();
    assert_eq!(refused.constraint, "recovery_plans_agreed_kept");
    app.sql().run("UPDATE recovery_plans SET owner = 'Another', interventions = jsonb_set(interventions, '{0,delivery}', '\"late\"')");
}
