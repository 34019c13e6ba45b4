//! `PUT /api/v1/frameworks/{framework}`.

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
fn refuses_an_address_that_is_no_code() {
    let app = App::start();
    let sample = sample(&app);
    let put = |path: &str| app.storing_nothing(|| app.editor().put(path).send(&sample.body));
    put("frameworks/f-1").problem(400, "invalid_parameter").says("did you mean `F-1`?");
    put(&format!("frameworks/{}", "A".repeat(33))).problem(400, "invalid_parameter").says("1 to 32 capital letters");
    put("frameworks/-F").problem(400, "invalid_parameter");
}

#[test]
fn of_many_at_once_one_creates() {
    put::of_many_at_once_one_creates(&sample(&App::start()));
}
