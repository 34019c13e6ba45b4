//! `GET /api/v1/webhook-endpoints/{endpoint}`.

use serde_json::json;

use super::sample;
use crate::support::contract::get;
use crate::support::{App, Role};

#[test]
fn answers_one_or_says_unchanged() {
    get::answers_or_says_unchanged(&sample(&App::with_framework()));
}

#[test]
fn says_what_is_missing() {
    get::says_what_is_missing(&sample(&App::with_framework()));
}

#[test]
fn auditors_read_and_do_not_write() {
    let app = App::start();
    app.admin().put("webhook-endpoints/W-1").send(&json!({"url": "https://hooks.example.org/"})).must_be(201);
    let auditor = app.by(Role::Auditor);
    for path in ["W-1", "W-1/deliveries", "W-1/standing", ""] {
        auditor.get(format!("webhook-endpoints/{path}").trim_end_matches('/')).call().must_be(200);
    }
    let standing = auditor.get("webhook-endpoints/W-1/standing").call().must_be(200).json();
    assert_eq!(
        (&standing["pending"], &standing["dead"], &standing["failing_since"]),
        (&json!(0), &json!(0), &json!(null))
    );
    app.storing_nothing(|| auditor.post("webhook-endpoints/W-1/test").call()).problem(403, "forbidden");
    app.reader().get("webhook-endpoints").call().problem(403, "forbidden");
}
