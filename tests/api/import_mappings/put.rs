//! `PUT /api/v1/import-mappings/{mapping}`.

use super::sample;
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
fn refuses_another_key_in_the_body() {
    put::refuses_another_key_in_the_body(&sample(&App::with_measure()));
}

#[test]
fn touches_no_other() {
    put::touches_no_other(&sample(&App::with_measure()));
}

#[test]
fn of_many_at_once_one_creates() {
    put::of_many_at_once_one_creates(&sample(&App::with_measure()));
}
