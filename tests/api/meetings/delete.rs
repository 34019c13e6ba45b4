//! `DELETE /api/v1/meetings/{meeting}`.

use super::sample;
use crate::support::App;
use crate::support::contract::delete;

#[test]
fn deletes_one() {
    delete::deletes_it(&sample(&App::start()));
}

#[test]
fn refuses_one_with_decisions() {
    let app = App::with_meeting();
    app.decision("D-1").create();
    let refused = app.storing_nothing(|| app.editor().delete("meetings/MT-1").call());
    refused.problem(409, "still_in_use").says("Decisions were taken at the meeting");
    app.editor().delete("decisions/D-1").call().must_be(204);
    app.editor().delete("meetings/MT-1").call().must_be(204);
}
