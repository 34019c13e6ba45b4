//! `PUT /api/v1/meetings/{meeting}`.

use super::sample;
use crate::support::App;
use crate::support::contract::put;

#[test]
fn creates_and_repeats_without_effect() {
    put::creates_and_repeats_without_effect(&sample(&App::start()));
}

#[test]
fn replaces_the_whole() {
    put::replaces_the_whole(&sample(&App::start()));
}

#[test]
fn honours_conditions() {
    put::honours_conditions(&sample(&App::start()));
}

#[test]
fn refuses_another_code_in_the_body() {
    put::refuses_another_key_in_the_body(&sample(&App::start()));
}

#[test]
fn touches_no_other() {
    put::touches_no_other(&sample(&App::start()));
}

#[test]
fn of_many_at_once_one_creates() {
    put::of_many_at_once_one_creates(&sample(&App::start()));
}

#[test]
fn never_gives_a_code_again() {
    let app = App::start();
    app.meeting("MT-1").create();
    app.editor().delete("meetings/MT-1").call().must_be(204);
    app.storing_nothing(|| app.meeting("MT-1").put()).problem(409, "code_used_before");
}
