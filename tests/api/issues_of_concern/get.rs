//! `GET /api/v1/issues-of-concern/{issue}`.

use super::{ISSUE, sample, start, take};
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
fn what_the_days_have_changed_is_not_said_to_be_unchanged() {
    let app = start();
    let made = app.issue("I-1").set("report_wanted_by", "2025-09-22").create();
    let again = |tag: &str| app.reader().get(ISSUE).if_none_match(tag).call();
    again(&made.etag()).must_be(304);
    // As if it had been written on the day by which the report is wanted.
    let then = "ALTER TABLE issues_of_concern DISABLE TRIGGER USER; UPDATE issues_of_concern SET updated_at = '2025-09-22T12:00:00Z'; \
                ALTER TABLE issues_of_concern ENABLE TRIGGER USER";
    app.sql().run(then);
    assert_eq!(again(&made.etag()).must_be(200).etag(), made.etag());
    for step in ["accept", "schedule", "report"] {
        take(&app, step);
    }
    again(&app.reader().get(ISSUE).call().etag()).must_be(304);
}
