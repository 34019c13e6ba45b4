//! How often callers may ask.

use performance_framework::config::traffic::Traffic;
use serde_json::json;

use crate::support::app::unlimited;
use crate::support::{Answer, App, Client};

/// Far more than any quota here, however slowly the machine sends them.
const ENOUGH: usize = 10_000;

/// The answers up to the first refusal, and the refusal.
fn until_refused(mut ask: impl FnMut() -> Answer) -> (Vec<Answer>, Answer) {
    let mut taken = Vec::new();
    for _ in 0..ENOUGH {
        let answer = ask();
        if answer.status == 429 {
            return (taken, answer);
        }
        taken.push(answer);
    }
    panic!("nothing is refused");
}

/// What `RateLimit` says of a quota: how much is left.
fn left(answer: &Answer, name: &str) -> u32 {
    let told =
        answer.header("ratelimit").strip_prefix(&format!("\"{name}\";r=")).and_then(|rest| rest.split(';').next());
    told.and_then(|told| told.parse().ok()).unwrap_or_else(|| panic!("{:?}: {answer}", answer.headers))
}

#[track_caller]
fn refused(answer: &Answer, name: &str) {
    answer.problem(429, "too_many_requests").says(name);
    let wait: u64 = answer.header("retry-after").parse().unwrap();
    assert!((1..=120).contains(&wait), "{wait}");
    assert_eq!(left(answer, name), 0);
}

#[test]
fn each_caller_may_read_so_often_and_is_told_how_much_is_left() {
    let app = App::limited(Traffic { reads: 1, ..unlimited() });
    let (taken, beyond) = until_refused(|| app.reader().get("frameworks").call());
    assert!(taken.len() >= 10, "{} were answered", taken.len());
    assert_eq!((left(&taken[0], "reads"), taken[0].header("ratelimit-policy")), (9, "\"reads\";q=10;w=10"));
    refused(&beyond, "reads");
    app.editor().get("frameworks").call().must_be(403);
    app.admin().get("frameworks").call().must_be(200);
    let writes = app.admin().get("/health/live").call().must_be(200);
    assert_eq!(writes.header("ratelimit"), "", "health is not counted");
}

#[test]
fn writes_have_a_quota_of_their_own() {
    let app = App::limited(Traffic { writes: 1, ..unlimited() });
    let body = json!({"title": "T", "committee": "C", "first_year": "2024-25", "last_year": "2024-25"});
    let (taken, beyond) = until_refused(|| app.editor().put("frameworks/F").send(&body));
    assert!(taken.len() >= 10, "{} were answered", taken.len());
    refused(&beyond, "writes");
    assert_eq!(app.reader().get("frameworks/F").call().must_be(200).header("ratelimit"), "");
}

#[test]
fn who_has_no_key_is_known_by_the_address() {
    let app = App::limited(Traffic { reads: 1, ..unlimited() });
    let (_, beyond) = until_refused(|| app.anonymous().get("/problems").call());
    refused(&beyond, "reads");
    let (_, beyond) = until_refused(|| app.anonymous().get("frameworks").call());
    refused(&beyond, "reads");
    app.reader().get("frameworks").call().must_be(200);
    app.anonymous().get("/health/live").call().must_be(200);
}

#[test]
fn wrong_keys_are_slowed_and_right_ones_are_not() {
    let app = App::limited(Traffic { failures: 1, ..unlimited() });
    let guess = |key: &str| Client::new(app.base(), Some(key)).get("frameworks").call();
    guess("pf_guess").problem(401, "unauthenticated");
    for key in ["pf_guess", "pf_another", "x"] {
        refused(&guess(key), "failures");
    }
    app.reader().get("frameworks").call().must_be(200);
    for without in [None, Some("")] {
        Client::new(app.base(), without).get("frameworks").call().problem(401, "unauthenticated");
    }
}

#[test]
fn only_a_trusted_proxy_says_for_whom_it_asks() {
    let guess = |app: &App, address: &str| {
        let client = Client::new(app.base(), Some("pf_guess"));
        client.get("frameworks").header("X-Forwarded-For", address).call().status
    };
    let behind = App::configured(|config| {
        config.traffic = Traffic { failures: 1, ..unlimited() };
        config.trusted_proxies = vec!["127.0.0.1".parse().unwrap()];
    });
    let found: Vec<_> = ["198.51.100.1", "198.51.100.2", "198.51.100.1", "198.51.100.9, 198.51.100.2"]
        .map(|it| guess(&behind, it))
        .into();
    assert_eq!(found, [401, 401, 429, 429]);
    let open = App::limited(Traffic { failures: 1, ..unlimited() });
    assert_eq!(["198.51.100.1", "198.51.100.2"].map(|it| guess(&open, it)), [401, 429]);
}
