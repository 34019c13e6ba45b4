//! `DELETE /api/v1/annual-target-reviews/{framework}/{year}`.

use super::sample;
use crate::support::App;
use crate::support::contract::delete;

#[test]
fn deletes_one() {
    delete::deletes_it(&sample(&App::with_outcome()));
}

#[test]
fn refuses_one_that_is_part_of_the_record() {
    let app = App::with_outcome();
    app.review("2025-26").create();
    for status in ["proposals_in", "submitted"] {
        app.review("2025-26").set("status", status).put().must_be(200);
    }
    let refused = app.storing_nothing(|| app.editor().delete("annual-target-reviews/F/2025-26").call());
    let problem = refused.problem(409, "transition_not_allowed").says("part of the record");
    assert_eq!(problem.member("state"), "submitted");
}
