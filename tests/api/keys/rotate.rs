//! `POST /api/v1/keys/{id}/rotate`.

use serde_json::{Value, json};

use crate::support::App;

fn rotate(app: &App, details: &Value, body: &Value) -> crate::support::Answer {
    app.admin().post(&format!("keys/{}/rotate", details["id"].as_str().unwrap())).send(body)
}

fn works(app: &App, key: &Value) -> bool {
    app.anonymous().with_key(key.as_str().unwrap()).get("me").call().status == 200
}

#[test]
fn a_successor_has_the_same_name_and_rights_and_both_work_for_a_while() {
    let app = App::with_measure();
    let grants = json!([{"role": "provider", "measure": "M-1"}]);
    let body = json!({"name": "team", "grants": grants, "networks": ["127.0.0.0/8", "::1/128"]});
    let old = app.admin().post("keys").send(&body).must_be(201).json();
    let made = rotate(&app, &old["details"], &json!({})).must_be(201);
    let new = made.json();
    assert_ne!(new["key"], old["key"]);
    for field in ["name", "scopes", "grants", "networks"] {
        assert_eq!(new["details"][field], old["details"][field], "{field}");
    }
    assert_eq!(new["details"]["replaces"], old["details"]["id"]);
    assert_eq!(made.header("location"), format!("/api/v1/keys/{}", new["details"]["id"].as_str().unwrap()));
    assert!(works(&app, &old["key"]) && works(&app, &new["key"]));
    let day = "SELECT expires_at BETWEEN now() + interval '23 hours' AND now() + interval '24 hours' FROM api_keys WHERE name = 'team' AND replaces IS NULL";
    assert_eq!(app.sql().value(day), "t");
    assert_eq!(new["details"]["expires_at"], json!(null));
    assert_eq!(app.sql().count("idempotent_answers"), 0);
}

#[test]
fn an_overlap_can_be_none_and_never_lengthens_a_life() {
    let app = App::start();
    let old = super::make(&app, "at-once");
    let new = rotate(&app, &old["details"], &json!({"overlap_hours": 0})).must_be(201).json();
    assert!(!works(&app, &old["key"]) && works(&app, &new["key"]));
    let soon = app
        .sql()
        .value("SELECT to_char(now() AT TIME ZONE 'UTC' + interval '2 hours', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')");
    let body = json!({"name": "short", "scopes": ["read"], "expires_at": soon});
    let short = app.admin().post("keys").send(&body).must_be(201).json();
    let next = rotate(&app, &short["details"], &json!({"overlap_hours": 720})).must_be(201).json();
    let path = format!("keys/{}", short["details"]["id"].as_str().unwrap());
    assert_eq!(app.admin().get(&path).call().must_be(200).json()["expires_at"], soon.as_str());
    // The successor lives as long as the key before it was made for.
    let life = "SELECT max(expires_at) - min(expires_at) < interval '1 minute' FROM api_keys WHERE name = 'short'";
    assert_eq!((app.sql().value(life).as_str(), next["details"]["expires_at"].is_string()), ("t", true));
    let asked = rotate(&app, &next["details"], &json!({"expires_at": "2097-03-31T23:00:00Z"})).must_be(201).json();
    assert_eq!(asked["details"]["expires_at"], "2097-03-31T23:00:00Z");
}

#[test]
fn a_key_is_rotated_once_and_only_while_it_works() {
    let app = App::start();
    let made = super::make(&app, "case-system");
    rotate(&app, &made["details"], &json!({})).must_be(201);
    let again = app.storing_nothing(|| rotate(&app, &made["details"], &json!({})));
    assert_eq!(again.problem(409, "transition_not_allowed").member("state"), "replaced");
    let revoked = super::make(&app, "gone");
    app.admin().post(&format!("keys/{}/revoke", revoked["details"]["id"].as_str().unwrap())).call().must_be(200);
    let ended = app.storing_nothing(|| rotate(&app, &revoked["details"], &json!({})));
    assert_eq!(ended.problem(409, "transition_not_allowed").member("state"), "ended");
    let nowhere = json!({"id": "00000000-0000-7000-8000-000000000000"});
    rotate(&app, &nowhere, &json!({})).problem(404, "not_found");
    rotate(&app, &made["details"], &json!({"overlap_hours": 721}))
        .problem(400, "invalid_body")
        .fault("/overlap_hours", "out_of_range");
    let stale = app.admin().post(&format!("keys/{}/rotate", made["details"]["id"].as_str().unwrap())).if_match("\"1\"");
    stale.send(&json!({})).problem(412, "precondition_failed");
}
