//! `PATCH /api/v1/import-mappings/{mapping}`.

use super::sample;
use crate::support::App;
use crate::support::contract::patch;

#[test]
fn changes_only_what_is_given() {
    patch::changes_only_what_is_given(&sample(&App::with_measure()));
}

#[test]
fn null_clears() {
    patch::null_clears(&sample(&App::with_measure()));
}

#[test]
fn of_nothing_changes_nothing() {
    patch::of_nothing_changes_nothing(&sample(&App::with_measure()));
}

#[test]
fn refuses_what_does_not_fit() {
    patch::refuses_what_does_not_fit(&sample(&App::with_measure()));
}
