//! `POST /api/v1/recovery-plans/{plan}/close`.

use serde_json::json;

use super::{PLAN, refuses, take, with_plan};
use crate::support::Role;

#[test]
fn ends_a_plan_that_is_assessed_or_given_up_and_makes_room_for_another() {
    for steps in [&["agree", "start"][..], &["agree", "start", "assess"]] {
        let app = with_plan(steps);
        app.storing_nothing(|| app.plan("P-2").put()).problem(409, "already_exists");
        let closed = take(&app, "close");
        assert_eq!((&closed["state"], &closed["close_reason"]), (&json!("closed"), &json!("It is over.")));
        assert_eq!(closed["closed_by"], "officer");
        let again = json!({"reason": "Again."});
        refuses(&app, "close", Some(&again), Role::Officer, "closed", &[]);
        app.plan("P-2").create();
    }
}

#[test]
fn what_has_not_begun_is_not_closed() {
    let app = with_plan(&[]);
    let body = json!({"reason": "No."});
    refuses(&app, "close", Some(&body), Role::Officer, "drafted", &["agree"]);
    take(&app, "agree");
    refuses(&app, "close", Some(&body), Role::Officer, "agreed", &["start"]);
}

#[test]
fn needs_a_reason() {
    let app = with_plan(&["agree", "start"]);
    for (body, code) in [(json!({}), "required"), (json!({"reason": ""}), "too_short")] {
        let refused = app.storing_nothing(|| app.officer().post(&format!("{PLAN}/close")).send(&body));
        refused.problem(400, "invalid_body").only_fault("/reason", code);
    }
}
