//! `GET /api/v1/issues-of-concern/{issue}`.

use super::{ISSUE, sample, start, take, with_issue};
use crate::support::contract::get;

#[test]
fn answers_one_or_says_unchanged() {
    get::answers_or_says_unchanged(&sample(&start()));
}

#[test]
fn says_what_is_missing() {
    get::says_what_is_missing(&sample(&start()));
}

#[test]
fn what_changes_with_the_days_is_never_said_to_be_unchanged() {
    let app = start();
    let made = app.issue("I-1").set("report_wanted_by", "2025-09-22").create();
    let again = |tag: &str| app.reader().get(ISSUE).if_none_match(tag).call();
    assert_eq!(again(&made.etag()).must_be(200).etag(), made.etag());
    for step in ["accept", "schedule", "report"] {
        take(&app, step);
    }
    let reported = app.reader().get(ISSUE).call().etag();
    again(&reported).must_be(304);
    let app = with_issue(&[]);
    let unhurried = app.reader().get(ISSUE).call().etag();
    app.reader().get(ISSUE).if_none_match(&unhurried).call().must_be(304);
}
