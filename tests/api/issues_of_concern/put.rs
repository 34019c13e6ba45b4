//! `PUT /api/v1/issues-of-concern/{issue}`.

use super::{sample, start, with_issue};
use crate::support::contract::put;

#[test]
fn creates_and_repeats_without_effect() {
    put::creates_and_repeats_without_effect(&sample(&start()));
}

#[test]
fn replaces_the_whole() {
    put::replaces_the_whole(&sample(&start()));
}

#[test]
fn honours_conditions() {
    put::honours_conditions(&sample(&start()));
}

#[test]
fn refuses_another_code_in_the_body() {
    put::refuses_another_key_in_the_body(&sample(&start()));
}

#[test]
fn touches_no_other() {
    put::touches_no_other(&sample(&start()));
}

#[test]
fn of_many_at_once_one_creates() {
    put::of_many_at_once_one_creates(&sample(&start()));
}

#[test]
fn what_is_over_keeps_its_wording_and_what_is_not_may_be_reworded() {
    for (steps, over) in [
        (&["accept"][..], false),
        (&["accept", "schedule", "report"], false),
        (&["accept", "schedule", "report", "close"], true),
        (&["decline"], true),
    ] {
        let app = with_issue(steps);
        app.storing_nothing(|| app.issue("I-1").put()).must_be(200);
        let reword = || app.issue("I-1").set("question", "Another question?").put();
        if over {
            app.storing_nothing(reword).problem(409, "transition_not_allowed").says("stays as it is");
        } else {
            assert_eq!(reword().must_be(200).json()["question"], "Another question?");
        }
    }
}
