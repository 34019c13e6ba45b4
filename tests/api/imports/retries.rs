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

#[test]
fn the_same_file_by_another_mapping_is_another_import() {
    let app = app();
    let mapping = |column: &str| {
        let body = json!({"title": "A file", "measures": [{"measure": "M-1", "value": column}]});
        assert!(app.editor().put("import-mappings/FILE").send(&body).status < 300);
    };
    let head = "time_period,time_identifier,geographic_level,country_code,percent,share\n";
    let quarters = (1900..2000).flat_map(|year| (1..=4).map(move |quarter| (year, quarter)));
    let line = |(year, quarter)| {
        format!("{year}{:02},Financial year Q{quarter},National,E92000001,1,2\n", (year + 1) % 100).repeat(3)
    };
    let file: String = std::iter::once(head.to_owned()).chain(quarters.map(line)).collect();
    let post = || app.provider().post("imports?mapping=FILE&mode=row_by_row").raw("text/csv", file.clone());
    mapping("percent");
    let (first, again) = (post().must_be(202), post().must_be(202));
    assert_eq!(first.header("location"), again.header("location"));
    // Under the same name it now reads another column.
    mapping("share");
    let other = post().must_be(202);
    assert_ne!(first.header("location"), other.header("location"));
}
