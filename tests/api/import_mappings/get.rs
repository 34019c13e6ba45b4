//! `GET /api/v1/import-mappings/{mapping}`.

use super::sample;
use crate::support::App;
use crate::support::contract::get;

#[test]
fn answers_one_or_says_unchanged() {
    get::answers_or_says_unchanged(&sample(&App::with_measure()));
}

#[test]
fn says_what_is_missing() {
    get::says_what_is_missing(&sample(&App::with_measure()));
}
