//! Keys that do not work: which reason it is, is not told.

use std::thread;
use std::time::Duration;

use serde_json::json;

use crate::support::{Answer, App, Role};

const PATH: &str = "frameworks/F";

#[track_caller]
fn refused(answer: &Answer) {
    answer.problem(401, "unauthenticated").says("Authorization: Bearer <key>");
    assert_eq!(answer.header("www-authenticate"), "Bearer realm=\"performance-framework\"");
}

#[test]
fn no_key_and_what_is_none() {
    let app = App::with_framework();
    let admin = app.key(Role::Admin);
    let cut = &admin[..admin.len() - 1];
    let body = json!({"title": "T", "committee": "C", "first_year": "2024-25", "last_year": "2024-25"});
    refused(&app.storing_nothing(|| app.anonymous().put(PATH).send(&body)));
    for header in [
        "",
        "Bearer",
        "Bearer ",
        "Bearer  ",
        "Basic YWRtaW46YWRtaW4=",
        &format!("Basic {admin}"),
        &format!("Bearer {cut}"),
        &format!("Bearer {admin}x"),
        &format!("Bearer {}", admin.to_uppercase()),
        &format!("Bearer {admin} {admin}"),
        admin,
    ] {
        let put = || app.anonymous().put(PATH).header("Authorization", header).send(&body);
        refused(&app.storing_nothing(put));
    }
    app.anonymous().put(PATH).header("Authorization", &format!("bearer {admin}")).send(&body).must_be(200);
}

#[test]
fn a_key_expired_a_second_ago() {
    let app = App::with_framework();
    let ago = app
        .sql()
        .value("SELECT to_char(now() AT TIME ZONE 'UTC' - interval '1 second', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')");
    let made =
        app.admin().post("keys").send(&json!({"name": "late", "scopes": ["admin"], "expires_at": ago})).must_be(201);
    let late = app.anonymous().with_key(made.json()["key"].as_str().unwrap());
    refused(&app.storing_nothing(|| late.delete(PATH).call()));
}

#[test]
fn a_key_that_expires_between_two_requests() {
    let app = App::with_framework();
    // Longer each time, for a machine so busy that the key has expired before its first request.
    for seconds in [2, 8, 32] {
        let soon = app.sql().value(&format!(
            "SELECT to_char(now() AT TIME ZONE 'UTC' + interval '{seconds} seconds', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')"
        ));
        let body = json!({"name": "short", "scopes": ["admin"], "expires_at": soon});
        let made = app.admin().post("keys").send(&body).must_be(201);
        let short = app.anonymous().with_key(made.json()["key"].as_str().unwrap());
        let worked = short.get(PATH).call().status == 200;
        thread::sleep(Duration::from_secs(seconds));
        refused(&app.storing_nothing(|| short.delete(PATH).call()));
        if worked {
            return;
        }
    }
    panic!("no key worked before it expired");
}

#[test]
fn a_revoked_key_stops_at_once() {
    let app = App::with_framework();
    let made = app.admin().post("keys").send(&json!({"name": "gone", "scopes": ["admin"]})).must_be(201).json();
    let gone = app.anonymous().with_key(made["key"].as_str().unwrap());
    gone.get(PATH).call().must_be(200);
    let id = made["details"]["id"].as_str().unwrap();
    app.admin().post(&format!("keys/{id}/revoke")).call().must_be(200);
    refused(&app.storing_nothing(|| gone.delete(PATH).call()));
}

#[test]
fn the_key_is_looked_at_before_the_body() {
    let app = App::with_framework();
    for key in ["pf_unknown", ""] {
        let put = || app.anonymous().put(PATH).header("Authorization", &format!("Bearer {key}")).raw("text/plain", "{");
        refused(&app.storing_nothing(put));
    }
    for (role, path) in [(Role::Reader, PATH), (Role::Provider, "frameworks/f"), (Role::Officer, "measures/M-1?x=1")] {
        let put = || app.by(role).put(path).raw("text/plain", "{");
        app.storing_nothing(put).problem(403, "forbidden").says("`configure`");
    }
}
