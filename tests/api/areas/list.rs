//! `GET /api/v1/areas`.

use super::sample;
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
    app.area("E12").set("kind", "region").create();
    app.area("NEW").with(serde_json::json!({"old_code": "373", "valid_from": "2025-04-01"})).create();
    app.area("OLD").with(serde_json::json!({"old_code": "373", "valid_to": "2025-03-31", "successor": "NEW"})).create();
    let cases: &[(&str, &[&str])] = &[
        ("kind=region", &["E12"]),
        ("old_code=373", &["NEW", "OLD"]),
        ("old_code=373&on=2025-03-31", &["OLD"]),
        ("old_code=373&on=2025-04-01", &["NEW"]),
        ("kind=country", &[]),
    ];
    list::filters(&sample(&app), cases);
    app.reader().get("areas?on=2025-4-1").call().problem(400, "invalid_parameter").says("write it like `2025-06-16`");
}
