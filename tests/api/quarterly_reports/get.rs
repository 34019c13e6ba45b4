//! `GET /api/v1/quarterly-reports/{framework}/{quarter}`.

use super::sample;
use crate::support::App;
use crate::support::contract::get;

#[test]
fn answers_one_or_says_unchanged() {
    get::answers_or_says_unchanged(&sample(&App::with_framework()));
}

#[test]
fn says_what_is_missing() {
    get::says_what_is_missing(&sample(&App::with_framework()));
}
