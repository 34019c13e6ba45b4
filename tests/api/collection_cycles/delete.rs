//! `DELETE /api/v1/collection-cycles/{framework}/{quarter}`.

use super::sample;
use crate::support::App;
use crate::support::contract::delete;

#[test]
fn deletes_one() {
    delete::deletes_it(&sample(&App::with_framework()));
}

#[test]
fn keeps_its_framework_from_being_deleted() {
    let app = App::with_framework();
    let sample = sample(&app);
    sample.make(0);
    let refused = app.storing_nothing(|| app.editor().delete("frameworks/F").call());
    refused.problem(409, "still_in_use").says("collection cycles");
    app.editor().delete(&sample.path(0)).call().must_be(204);
    app.editor().delete("frameworks/F").call().must_be(204);
}
