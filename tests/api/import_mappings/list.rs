//! `GET /api/v1/import-mappings`.

use super::sample;
use crate::support::App;
use crate::support::contract::list;

#[test]
fn pages_stay_right_while_rows_come() {
    list::pages_stay_right_while_rows_come(&sample(&App::with_measure()));
}

#[test]
fn sorts_and_keeps_cursors_apart() {
    list::sorts_and_keeps_cursors_apart(&sample(&App::with_measure()));
}

#[test]
fn refuses_wrong_queries() {
    list::refuses_wrong_queries(&sample(&App::with_measure()));
}

#[test]
fn filters() {
    let app = App::with_measure();
    app.measure("M-2").create();
    for (code, measure) in [("A", "M-1"), ("B", "M-2")] {
        let body = serde_json::json!({"title": "A file", "measures": [{"measure": measure, "value": "percent"}]});
        app.editor().put(&format!("import-mappings/{code}")).send(&body).must_be(201);
    }
    list::filters(&sample(&app), &[("measure=M-2", &["B"]), ("measure=M-9", &[])]);
}
