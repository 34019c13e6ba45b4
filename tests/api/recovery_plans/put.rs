//! `PUT /api/v1/recovery-plans/{plan}`.

use super::{sample, take, with_many_plans, with_plan};
use crate::support::App;
use crate::support::contract::put;

#[test]
fn creates_and_repeats_without_effect() {
    put::creates_and_repeats_without_effect(&sample(&App::with_measure()));
}

#[test]
fn replaces_the_whole() {
    put::replaces_the_whole(&sample(&App::with_measure()));
}

#[test]
fn honours_conditions() {
    put::honours_conditions(&sample(&App::with_measure()));
}

#[test]
fn refuses_another_code_in_the_body() {
    put::refuses_another_key_in_the_body(&sample(&App::with_measure()));
}

#[test]
fn touches_no_other() {
    put::touches_no_other(&sample(&with_many_plans()));
}

#[test]
fn of_many_at_once_one_creates() {
    put::of_many_at_once_one_creates(&sample(&with_many_plans()));
}

#[test]
fn an_agreed_plan_sent_again_changes_nothing_and_another_is_refused() {
    let app = with_plan(&[]);
    take(&app, "agree");
    app.storing_nothing(|| app.plan("P-1").put()).must_be(200);
    let refused = app.storing_nothing(|| app.plan("P-1").set("title", "Another").put());
    refused.problem(409, "transition_not_allowed").says("stays as it was agreed");
}
