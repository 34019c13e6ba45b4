//! Answers that show a secret are replayed too, and lie in the database so that only who asked can read them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::support::{Answer, App, Client};

/// The four requests whose answers show a secret, each with where it stands.
fn requests(app: &App) -> Vec<(String, Value, &'static str)> {
    let made = app.admin().post("keys").send(&json!({"name": "to-rotate", "scopes": ["read"]})).must_be(201).json();
    let id = made["details"]["id"].as_str().unwrap().to_owned();
    let endpoint = |code: &str| json!({"code": code, "url": "https://hooks.example.gov.uk/x", "events": ["report.published"], "enabled": false});
    app.admin().post("webhook-endpoints").send(&endpoint("W-1")).must_be(201);
    vec![
        ("keys".to_owned(), json!({"name": "case-system", "scopes": ["read"]}), "key"),
        (format!("keys/{id}/rotate"), json!({"overlap_hours": 24}), "key"),
        ("webhook-endpoints".to_owned(), endpoint("W-2"), "secret"),
        ("webhook-endpoints/W-1/rotate-secret".to_owned(), json!({}), "secret"),
    ]
}

fn post(client: &Client, path: &str, key: &str, body: &Value) -> Answer {
    client.post(path).header("Idempotency-Key", key).send(body)
}

/// Every stored answer with its headers, as text and as bytes in hexadecimal.
fn stored(app: &App) -> String {
    let all = "SELECT encode(body, 'hex') || ' ' || encode(body, 'escape') || ' ' || headers || ' ' || idempotency_key FROM idempotent_answers";
    app.sql().column(all).join("\n")
}

fn hex(text: &[u8]) -> String {
    text.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn a_secret_is_told_again_to_who_asked_and_lies_nowhere_in_clear() {
    let app = App::start();
    for (n, (path, body, member)) in requests(&app).into_iter().enumerate() {
        let name = format!("once-{n}");
        let first = post(&app.admin(), &path, &name, &body);
        assert!(first.status == 201 || first.status == 200, "{first}");
        let secret = first.json()[member].as_str().unwrap_or_else(|| panic!("{path}: {first}")).to_owned();
        for _ in 0..2 {
            let again = app.storing_nothing(|| post(&app.admin(), &path, &name, &body)).must_be(first.status);
            assert_eq!((&again.body, again.header("idempotent-replayed")), (&first.body, "true"), "{path}");
            for header in ["etag", "location", "content-type"] {
                assert_eq!(again.header(header), first.header(header), "{path}: {header}");
            }
        }
        let kept = stored(&app);
        let bare = secret.trim_start_matches("whsec_").trim_start_matches("pf_");
        let raw = STANDARD.decode(bare).unwrap_or_default();
        for clear in [bare.to_owned(), hex(bare.as_bytes())].into_iter().chain((!raw.is_empty()).then(|| hex(&raw))) {
            assert!(!kept.contains(&clear), "{path}: the secret lies in clear");
        }
    }
    let other = json!({"name": "another", "scopes": ["read"]});
    post(&app.admin(), "keys", "once-0", &other)
        .problem(422, "idempotency_key_reused")
        .says("another method, address or body");
    assert_eq!(app.sql().count("idempotent_answers WHERE sealed"), 4);
}

#[test]
fn nobody_else_is_told_it() {
    let app = App::start();
    let body = json!({"name": "case-system", "scopes": ["read"]});
    let first = post(&app.admin(), "keys", "once", &body).must_be(201);
    let secret = first.json()["key"].as_str().unwrap().to_owned();
    // Another caller under the same name of the request: a request of its own.
    let other = app.anonymous().with_key(&app.key_of("second-admin", &["admin"]));
    let others = post(&other, "keys", "once", &body).must_be(201);
    assert!(others.header("idempotent-replayed").is_empty() && !others.text().contains(&secret), "{others}");
    // Another key of the same caller, and one that has moved on: nothing is told, and nothing done again.
    let same_holder = app.anonymous().with_key(&app.key_of("admin", &["admin"]));
    let refused = app.storing_nothing(|| post(&same_holder, "keys", "once", &body));
    refused.problem(422, "idempotency_key_reused").says("another credential");
    assert!(!refused.text().contains(&secret));
    // Nor where the answer is put into another's place.
    app.sql().run("UPDATE idempotent_answers SET body = (SELECT body FROM idempotent_answers WHERE caller = 'admin') WHERE caller = 'second-admin'");
    post(&other, "keys", "once", &body).problem(422, "idempotency_key_reused");
}
