//! `DELETE /api/v1/quarterly-submissions/{measure}/{quarter}`.

use super::sample;
use crate::support::App;
use crate::support::contract::delete;

#[test]
fn deletes_one() {
    delete::deletes_it(&sample(&App::with_measure()));
}

#[test]
fn a_returned_one_can_be_deleted_too() {
    let app = App::with_measure();
    app.submission("M-1", "2024-25-Q1").set("value", 1).submitted();
    let path = "quarterly-submissions/M-1/2024-25-Q1";
    app.officer().post(&format!("{path}/return")).send(&serde_json::json!({"reason": "Not ours."})).must_be(200);
    app.provider().delete(path).call().must_be(204);
    app.reader().get(path).call().problem(404, "not_found");
}
