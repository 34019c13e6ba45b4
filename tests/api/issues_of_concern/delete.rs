//! `DELETE /api/v1/issues-of-concern/{issue}`.

use super::{ISSUE, sample, start, take, with_issue};
use crate::support::contract::delete;

#[test]
fn deletes_one() {
    delete::deletes_it(&sample(&start()));
}

#[test]
fn never_gives_the_code_again() {
    let app = with_issue(&[]);
    app.editor().delete(ISSUE).call().must_be(204);
    assert_eq!(app.sql().count("issue_measures"), 0);
    app.storing_nothing(|| app.issue("I-1").put()).problem(409, "code_used_before");
}

#[test]
fn what_was_dealt_with_stays() {
    let app = with_issue(&[]);
    for step in ["accept", "schedule", "report", "close", "reopen"] {
        take(&app, step);
        let refused = app.storing_nothing(|| app.editor().delete(ISSUE).call());
        refused.problem(409, "transition_not_allowed").says("part of the record");
    }
    let app = with_issue(&["decline"]);
    app.storing_nothing(|| app.editor().delete(ISSUE).call()).problem(409, "transition_not_allowed");
}
