//! `GET /api/v1/webhook-endpoints`.

use serde_json::json;

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
    for (code, enabled) in [("A", true), ("B", false), ("C", true)] {
        let body = json!({"url": "https://hooks.example.org/", "enabled": enabled});
        app.admin().put(&format!("webhook-endpoints/{code}")).send(&body).must_be(201);
    }
    app.sql().run(
        "UPDATE webhook_endpoints SET enabled = false, disabled_at = now(), disabled_reason = 'Gone.' WHERE code = 'C'",
    );
    let cases: &[(&str, &[&str])] = &[
        ("enabled=true", &["A"]),
        ("enabled=false", &["B", "C"]),
        ("disabled=true", &["C"]),
        ("disabled=false", &["A", "B"]),
    ];
    list::filters(&sample(&app), cases);
}
