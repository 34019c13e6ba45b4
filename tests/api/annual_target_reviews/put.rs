//! `PUT /api/v1/annual-target-reviews/{framework}/{year}`.

use serde_json::json;

use super::sample;
use crate::support::App;
use crate::support::contract::put;

#[test]
fn creates_and_repeats_without_effect() {
    put::creates_and_repeats_without_effect(&sample(&App::with_outcome()));
}

#[test]
fn replaces_the_whole() {
    put::replaces_the_whole(&sample(&App::with_outcome()));
}

#[test]
fn honours_conditions() {
    put::honours_conditions(&sample(&App::with_outcome()));
}

#[test]
fn refuses_another_key_in_the_body() {
    put::refuses_another_key_in_the_body(&sample(&App::with_outcome()));
}

#[test]
fn touches_no_other() {
    put::touches_no_other(&sample(&App::with_outcome()));
}

#[test]
fn goes_one_step_at_a_time_and_by_actions_where_there_are_any() {
    let app = App::with_outcome();
    app.review("2025-26").create();
    let steps = ["open", "proposals_in", "submitted", "decided", "applied"];
    for at in 0..3 {
        for asked in steps.iter().enumerate().filter(|(to, _)| *to != at && *to != at + 1).map(|(_, asked)| asked) {
            let refused = app.storing_nothing(|| app.review("2025-26").set("status", asked).put());
            let problem = refused.problem(409, "transition_not_allowed");
            assert_eq!(problem.member("state"), steps[at], "{asked}");
            assert_eq!(problem.member("allowed"), &json!([steps[at + 1]]), "{asked}");
        }
        if at < 2 {
            let next = steps[at + 1];
            assert_eq!(app.review("2025-26").set("status", next).put().must_be(200).json()["status"], next);
        }
    }
    let refused = app.storing_nothing(|| app.review("2025-26").set("status", "decided").put());
    refused.problem(409, "transition_not_allowed").says("POST …/decide");
}

#[test]
fn a_submitted_reviews_proposals_are_settled_and_its_summary_is_not() {
    let app = App::with_measure();
    let proposal = |why: &str| json!([{"measure": "M-1", "action": "retain", "reason": "progress", "rationale": why}]);
    let review = |status: &str| app.review("2025-26").set("status", status).set("proposals", proposal("As it was."));
    review("open").create();
    review("proposals_in").put().must_be(200);
    review("submitted").put().must_be(200);
    review("submitted").set("summary", "Found later.").put().must_be(200);
    for changed in [proposal("Another reason."), json!([])] {
        let refused = app.storing_nothing(|| review("submitted").set("proposals", &changed).put());
        refused.problem(409, "transition_not_allowed").says("put to the committee");
    }
    for (past_the_service, constraint) in [
        ("UPDATE annual_target_reviews SET proposals = '[]'", "annual_target_reviews_proposals_settled"),
        ("UPDATE annual_target_reviews SET status = 'open'", "annual_target_reviews_step_in_order"),
        ("UPDATE annual_target_reviews SET status = 'decided'", "annual_target_reviews_decided_whole"),
        (
            "INSERT INTO annual_target_reviews (framework, year, status, proposals) VALUES ('F', '2026-27', 'submitted', '[]')",
            "annual_target_reviews_begins_open",
        ),
    ] {
        let refused = app.sql().try_run(past_the_service).map_err(|refused| refused.constraint);
        assert_eq!(refused, Err(constraint.to_owned()), "{past_the_service}");
    }
}

#[test]
fn of_many_at_once_one_creates() {
    put::of_many_at_once_one_creates(&sample(&App::with_outcome()));
}
