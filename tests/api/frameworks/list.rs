//! `GET /api/v1/frameworks`.

use super::sample;
use serde_json::json;

use crate::support::App;
use crate::support::contract::list;

#[test]
fn pages_stay_right_while_rows_come() {
    list::pages_stay_right_while_rows_come(&sample(&App::start()));
}

#[test]
fn sorts_and_keeps_cursors_apart() {
    list::sorts_and_keeps_cursors_apart(&sample(&App::start()));
}

#[test]
fn refuses_wrong_queries() {
    list::refuses_wrong_queries(&sample(&App::start()));
}

#[test]
fn filters() {
    let app = App::start();
    app.meeting("MT-1").create();
    app.decision("D-1").create();
    app.framework("A").with(json!({"status": "adopted", "adopted_by": "D-1"})).create();
    app.framework("B").set("status", "draft").create();
    app.framework("C").set("status", "closed").create();
    list::filters(&sample(&app), &[("status=adopted", &["A"]), ("status=draft", &["B"]), ("", &["A", "B", "C"])]);
    let wrong = app.reader().get("frameworks?status=open").call();
    wrong.problem(400, "invalid_parameter").says("status").says("adopted");
}
