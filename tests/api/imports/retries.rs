//! An import that is sent again: by its key it has the first answer, by its content it changes nothing.

use serde_json::json;

use super::{app, receipt_alone, row};

#[test]
fn a_repeated_key_has_the_first_answer_byte_for_byte() {
    let app = app();
    let rows = json!([row("M-1", "2024-25-Q1", 50)]);
    let post =
        |key: &str, rows: &serde_json::Value| app.provider().post("imports").header("Idempotency-Key", key).send(rows);
    let first = post("one", &rows).must_be(200);
    let again = app.storing_nothing(|| post("one", &rows)).must_be(200);
    assert_eq!((first.body.clone(), first.header("location")), (again.body.clone(), again.header("location")));
    assert_eq!((first.header("idempotent-replayed"), again.header("idempotent-replayed")), ("", "true"));
    assert_eq!(app.sql().count("imports"), 1);
    post("one", &json!([row("M-1", "2024-25-Q1", 51)])).problem(422, "idempotency_key_reused");
    let other = receipt_alone(&app, || app.provider().post("imports").send(&rows)).must_be(200);
    assert_eq!(other.json()["rows"][0]["outcome"], "unchanged");
}

#[test]
fn a_refusal_is_tried_anew_and_the_key_is_of_the_caller() {
    let app = app();
    let rows = json!([row("M-9", "2024-25-Q1", 50)]);
    let post = || app.provider().post("imports").header("Idempotency-Key", "one").send(&rows);
    receipt_alone(&app, post).problem(422, "import_refused");
    app.measure("M-9").create();
    post().must_be(200);
    let by_another = app.admin().post("imports").header("Idempotency-Key", "one").send(&rows).must_be(200);
    assert_eq!(by_another.header("idempotent-replayed"), "");
}

#[test]
fn what_is_unchanged_writes_no_version_and_no_row_of_the_log() {
    let app = app();
    let rows = json!([row("M-1", "2024-25-Q1", 50), row("M-2", "2024-25-Q1", 1)]);
    app.provider().post("imports").send(&rows).must_be(200);
    let versions = || app.sql().column("SELECT row_version FROM quarterly_submissions ORDER BY measure");
    let before = (versions(), app.sql().count("changes"));
    let rows = json!([row("M-1", "2024-25-Q1", 50), row("M-2", "2024-25-Q1", 2)]);
    app.provider().post("imports").send(&rows).must_be(200);
    assert_eq!((versions()[0].clone(), app.sql().count("changes")), (before.0[0].clone(), before.1 + 1));
}
