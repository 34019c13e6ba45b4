//! `DELETE /api/v1/recovery-plans/{plan}`.

use serde_json::json;

use super::{PLAN, sample, take, with_plan};
use crate::support::App;
use crate::support::contract::delete;

#[test]
fn deletes_one() {
    delete::deletes_it(&sample(&App::with_measure()));
}

#[test]
fn never_gives_the_code_again() {
    let app = with_plan(&[]);
    app.editor().delete(PLAN).call().must_be(204);
    app.storing_nothing(|| app.plan("P-1").put()).problem(409, "code_used_before");
}

#[test]
fn what_was_agreed_stays() {
    let app = with_plan(&[]);
    for (step, state) in [("agree", "agreed"), ("start", "in_delivery"), ("assess", "ineffective"), ("close", "closed")]
    {
        take(&app, step);
        let refused = app.storing_nothing(|| app.editor().delete(PLAN).call());
        let problem = refused.problem(409, "transition_not_allowed").says("part of the record");
        assert_eq!(problem.member("state"), &json!(state));
    }
}
