//! `POST /api/v1/keys/{id}/revoke`.

use crate::support::{Answer, App};

#[test]
fn ends_a_key_once() {
    let app = App::start();
    let made = super::make(&app, "case-system");
    let path = format!("keys/{}/revoke", made["details"]["id"].as_str().unwrap());
    let holder = app.anonymous().with_key(made["key"].as_str().unwrap());
    holder.get("frameworks").call().must_be(200);
    let revoked = app.admin().post(&path).call().must_be(200);
    assert!(revoked.json()["revoked_at"].is_string());
    holder.get("frameworks").call().problem(401, "unauthenticated");
    let again = app.storing_nothing(|| app.admin().post(&path).call()).must_be(200);
    // When it was last used is written beside, some time after.
    let but_for_use = |answer: &Answer| {
        let mut body = answer.json();
        body.as_object_mut().unwrap().remove("last_used_at");
        (body, answer.etag())
    };
    assert_eq!(but_for_use(&again), but_for_use(&revoked));
}

#[test]
fn honours_if_match() {
    let app = App::start();
    let made = super::make(&app, "case-system");
    let path = format!("keys/{}", made["details"]["id"].as_str().unwrap());
    let revoke = format!("{path}/revoke");
    let stale = app.storing_nothing(|| app.admin().post(&revoke).if_match("\"1\"").call());
    stale.problem(412, "precondition_failed");
    let etag = app.admin().get(&path).call().etag();
    app.admin().post(&revoke).if_match(&etag).call().must_be(200);
}

#[test]
fn says_what_is_missing() {
    let app = App::start();
    let nowhere = || app.admin().post("keys/00000000-0000-7000-8000-000000000000/revoke").call();
    app.storing_nothing(nowhere).problem(404, "not_found");
}
