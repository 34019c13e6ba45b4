//! `GET /api/v1/collection-cycles`.

use super::sample;
use crate::support::App;
use crate::support::contract::list;

#[test]
fn pages_stay_right_while_rows_come() {
    list::pages_stay_right_while_rows_come(&sample(&App::with_framework()));
}

#[test]
fn sorts_and_keeps_cursors_apart() {
    list::sorts_and_keeps_cursors_apart(&sample(&App::with_framework()));
}

#[test]
fn refuses_wrong_queries() {
    list::refuses_wrong_queries(&sample(&App::with_framework()));
}

#[test]
fn filters() {
    let app = App::with_framework();
    app.framework("G").create();
    let body = sample(&app).body;
    for path in ["F/2025-26-Q1", "F/2025-26-Q2", "G/2025-26-Q1"] {
        app.editor().put(&format!("collection-cycles/{path}")).send(&body).must_be(201);
    }
    let cases: &[(&str, &[&str])] = &[
        ("framework=F", &["F/2025-26-Q1", "F/2025-26-Q2"]),
        ("framework=G", &["G/2025-26-Q1"]),
        ("quarter=2025-26-Q1", &["F/2025-26-Q1", "G/2025-26-Q1"]),
        ("framework=F&quarter=2025-26-Q2", &["F/2025-26-Q2"]),
    ];
    list::filters(&sample(&app), cases);
    app.reader().get("collection-cycles?quarter=2025-26").call().problem(400, "invalid_parameter").says("2024-25-Q2");
}
