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
fn goes_one_step_at_a_time() {
    let app = App::with_outcome();
    app.review("2025-26").create();
    let steps = ["open", "proposals_in", "submitted", "decided", "applied"];
    for (at, now) in steps.iter().enumerate() {
        for (to, asked) in steps.iter().enumerate().filter(|(to, _)| *to != at && *to != at + 1) {
            let refused = app.storing_nothing(|| app.review("2025-26").set("status", asked).put());
            let problem = refused.problem(409, "transition_not_allowed");
            assert_eq!((problem.member("state"), to == at + 1), (&json!(now), false));
            assert_eq!(problem.member("allowed"), &json!(steps.get(at + 1).into_iter().collect::<Vec<_>>()));
        }
        if let Some(next) = steps.get(at + 1) {
            assert_eq!(app.review("2025-26").set("status", next).put().must_be(200).json()["status"], *next);
        }
    }
}

#[test]
fn of_many_at_once_one_creates() {
    put::of_many_at_once_one_creates(&sample(&App::with_outcome()));
}
