//! `GET /api/v1/outcomes`.

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
    app.outcome("A").create();
    app.outcome("B").set("framework", "G").create();
    app.outcome("C").set("status", "retired").create();
    let cases: &[(&str, &[&str])] = &[
        ("framework=F", &["A", "C"]),
        ("framework=G", &["B"]),
        ("framework=NOWHERE", &[]),
        ("status=retired", &["C"]),
        ("framework=F&status=active", &["A"]),
    ];
    list::filters(&sample(&app), cases);
    app.reader().get("outcomes?framework=f").call().problem(400, "invalid_parameter").says("framework");
}
