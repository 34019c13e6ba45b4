//! `GET /api/v1/annual-target-reviews`.

use super::sample;
use crate::support::App;
use crate::support::contract::list;

#[test]
fn pages_stay_right_while_rows_come() {
    list::pages_stay_right_while_rows_come(&sample(&App::with_outcome()));
}

#[test]
fn sorts_and_keeps_cursors_apart() {
    list::sorts_and_keeps_cursors_apart(&sample(&App::with_outcome()));
}

#[test]
fn refuses_wrong_queries() {
    list::refuses_wrong_queries(&sample(&App::with_outcome()));
}

#[test]
fn filters() {
    let app = App::with_outcome();
    app.framework("G").create();
    app.review("2025-26").create();
    app.review("2026-27").create();
    app.review("2026-27").set("status", "proposals_in").put().must_be(200);
    app.editor().put("annual-target-reviews/G/2025-26").send(&serde_json::json!({})).must_be(201);
    let cases: &[(&str, &[&str])] = &[
        ("framework=F", &["F/2025-26", "F/2026-27"]),
        ("year=2025-26", &["F/2025-26", "G/2025-26"]),
        ("status=proposals_in", &["F/2026-27"]),
        ("framework=G&status=open", &["G/2025-26"]),
    ];
    list::filters(&sample(&app), cases);
}
