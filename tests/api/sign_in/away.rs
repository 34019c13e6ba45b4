//! The issuer is away: people wait, keys work, and what is known goes on counting.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;

use super::{key, start, with};

/// Longer than the service waits between two attempts, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn people_are_told_to_come_again_and_keys_work() {
    let (issuer, app) = start();
    issuer.goes_away(true);
    let person = with(&app, &issuer.claims());
    let told = person.get("measures").call();
    told.problem(503, "unavailable").says("Keys work");
    let wait: u64 = told.header("retry-after").parse().unwrap();
    assert!((1..=120).contains(&wait), "{wait}");
    app.reader().get("measures").call().must_be(200);
    app.anonymous().get("measures").call().problem(401, "unauthenticated");
    issuer.goes_away(false);
    let began = Instant::now();
    while person.get("measures").call().status == 503 {
        assert!(began.elapsed() < PATIENCE, "the issuer's return is not noticed");
        thread::sleep(Duration::from_millis(200));
    }
    person.get("measures").call().must_be(200);
}

#[test]
fn keys_that_are_known_are_kept_while_the_issuer_is_away() {
    let (issuer, app) = start();
    with(&app, &issuer.claims()).get("measures").call().must_be(200);
    issuer.goes_away(true);
    with(&app, &issuer.claims()).get("measures").call().must_be(200);
    // Whether another key is the issuer's cannot be told now.
    let other = key().token_with(&json!({"alg": "RS256", "kid": "2026-b"}), &issuer.claims());
    app.anonymous().with_key(&other).get("measures").call().problem(503, "unavailable");
}
