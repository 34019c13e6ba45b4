//! `DELETE /api/v1/decisions/{decision}`.

use super::sample;
use crate::support::App;
use crate::support::contract::delete;

#[test]
fn deletes_one() {
    delete::deletes_it(&sample(&App::with_meeting()));
}

#[test]
fn never_gives_the_code_again() {
    let app = App::with_meeting();
    app.decision("D-1").create();
    app.editor().delete("decisions/D-1").call().must_be(204);
    app.storing_nothing(|| app.decision("D-1").put()).problem(409, "code_used_before");
}
