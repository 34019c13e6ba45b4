//! The issuer's keys change: new ones are found, old ones end, and whoever invents key ids causes no storm.

use serde_json::json;

use super::{ROLES, key, start, with};
use crate::support::issuer::{Issuer, SigningKey};

#[test]
fn keys_are_fetched_once_and_again_when_one_is_not_known() {
    let (issuer, app) = start();
    assert_eq!(issuer.asked_for_keys(), 0, "asked before there was need");
    for _ in 0..3 {
        with(&app, &issuer.claims()).get("measures").call().must_be(200);
    }
    assert_eq!(issuer.asked_for_keys(), 1);
    let next = SigningKey::ec("2026-b");
    issuer.publish(&[key(), &next]);
    app.anonymous().with_key(&next.token(&issuer.claims())).get("measures").call().must_be(200);
    with(&app, &issuer.claims()).get("measures").call().must_be(200);
    assert_eq!(issuer.asked_for_keys(), 2);
}

#[test]
fn a_key_that_was_withdrawn_ends_with_the_next_fetch() {
    let (issuer, app) = start();
    with(&app, &issuer.claims()).get("measures").call().must_be(200);
    let next = SigningKey::ec("2026-b");
    issuer.publish(&[&next]);
    app.anonymous().with_key(&next.token(&issuer.claims())).get("measures").call().must_be(200);
    with(&app, &issuer.claims()).get("measures").call().problem(401, "unauthenticated");
}

#[test]
fn invented_key_ids_are_looked_for_once() {
    let (issuer, app) = start();
    for n in 0..20 {
        let token = key().token_with(&json!({"alg": "RS256", "kid": format!("invented-{n}")}), &issuer.claims());
        app.anonymous().with_key(&token).get("measures").call().problem(401, "unauthenticated");
    }
    assert!(issuer.asked_for_keys() <= 2, "asked {} times", issuer.asked_for_keys());
    with(&app, &issuer.claims()).get("measures").call().must_be(200);
}

#[test]
fn many_at_once_ask_once() {
    let (issuer, app) = start();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| with(&app, &issuer.claims()).get("measures").call().must_be(200));
        }
    });
    assert_eq!(issuer.asked_for_keys(), 1);
}

#[test]
fn redirects_are_followed_within_the_issuers_host_alone() {
    let within = Issuer::publishing(&[key()]);
    within.redirects("/council/moved");
    with(&within.believed_by(ROLES), &within.claims()).get("measures").call().must_be(200);
    let (away, elsewhere) = (Issuer::publishing(&[]), Issuer::publishing(&[key()]));
    away.redirects(&format!("{}/keys", elsewhere.url()));
    with(&away.believed_by(ROLES), &away.claims()).get("measures").call().problem(503, "unavailable");
    assert_eq!(elsewhere.asked_for_keys(), 0);
}

#[test]
fn an_issuer_that_says_it_is_another_is_not_believed() {
    for (name, value) in [
        ("issuer", json!("https://login.example.org")),
        ("issuer", json!(null)),
        ("jwks_uri", json!("http://login.example.org/keys")),
        ("jwks_uri", json!("file:///etc/passwd")),
        ("jwks_uri", json!(7)),
    ] {
        let issuer = Issuer::publishing(&[key()]);
        issuer.says(name, value.clone());
        let app = issuer.believed_by(ROLES);
        with(&app, &issuer.claims()).get("measures").call().problem(503, "unavailable");
        assert_eq!(issuer.asked_for_keys(), 0, "{name} {value}");
    }
}
