//! `GET /api/v1/me`.

use serde_json::json;

use crate::support::App;

#[test]
fn a_key_is_told_whose_it_is_and_what_it_may_do() {
    let app = App::start();
    let me = app.clerk().get("me").call().must_be(200).json();
    assert_eq!(
        (&me["name"], &me["kind"], &me["scopes"], &me["grants"]),
        (&json!("clerk"), &json!("key"), &json!(["decide"]), &json!([]))
    );
    assert_eq!(me["audience"], "internal");
    let id = app.sql().value("SELECT id FROM api_keys WHERE name = 'clerk'");
    assert_eq!((&me["key"], &me["until"]), (&json!(id), &json!(null)));
    let grants = json!([{"role": "provider", "measure": "M-1"}, {"role": "director", "framework": "F"}]);
    let body = json!({"name": "team", "grants": grants, "expires_at": "2097-03-31T23:00:00Z"});
    let made = app.admin().post("keys").send(&body).must_be(201).json();
    let me = app.anonymous().with_key(made["key"].as_str().unwrap()).get("me").call().must_be(200).json();
    assert_eq!(me["scopes"], json!(["read", "submit", "approve"]));
    assert_eq!(me["grants"], made["details"]["grants"]);
    assert_eq!(me["until"], "2097-03-31T23:00:00Z");
}

#[test]
fn strangers_are_nobody() {
    App::start().anonymous().get("me").call().problem(401, "unauthenticated");
}
