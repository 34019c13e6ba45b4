//! `POST /api/v1/keys`.

use serde_json::json;

use crate::support::App;

#[test]
fn shows_the_key_once_and_keeps_only_its_hash() {
    let app = App::start();
    let body = json!({"name": "case-system", "scopes": ["submit", "read"], "expires_at": "2097-03-31T23:00:00Z"});
    let made = app.admin().post("keys").send(&body).must_be(201);
    let (key, details) = (made.json()["key"].as_str().unwrap().to_owned(), made.json()["details"].clone());
    assert!(key.starts_with("pf_") && key.len() == 46, "{key}");
    assert_eq!(made.header("location"), format!("/api/v1/keys/{}", details["id"].as_str().unwrap()));
    assert_eq!((&details["name"], &details["scopes"]), (&json!("case-system"), &json!(["submit", "read"])));
    assert_eq!((&details["hint"], &details["expires_at"]), (&json!(&key[..7]), &json!("2097-03-31T23:00:00Z")));
    let read = app.admin().get(made.header("location")).call().must_be(200);
    assert_eq!((read.json(), read.etag()), (details, made.etag()));
    let table = app.sql().value("SELECT string_agg(api_keys::text, ' ') FROM api_keys");
    assert!(!table.contains(&key), "the key itself is kept");
    let hash = app.sql().value(&format!("SELECT count(*) FROM api_keys WHERE secret_hash = sha256('{key}')"));
    assert_eq!(hash, "1");
    app.anonymous().with_key(&key).get("frameworks").call().must_be(200);
}

#[test]
fn every_key_is_another() {
    let app = App::start();
    let keys: std::collections::BTreeSet<_> =
        (0..5).map(|_| super::make(&app, "same-name")["key"].to_string()).collect();
    assert_eq!(keys.len(), 5);
}

#[test]
fn refuses_what_makes_no_key() {
    let app = App::start();
    for (body, pointer) in [
        (json!({"name": "n", "scopes": []}), "/scopes"),
        (json!({"name": "n", "scopes": ["everything"]}), "/scopes/0"),
        (json!({"name": "n", "scopes": "read"}), "/scopes"),
        (json!({"name": "", "scopes": ["read"]}), "/name"),
        (json!({"name": "x".repeat(101), "scopes": ["read"]}), "/name"),
        (json!({"name": "a\nb", "scopes": ["read"]}), "/name"),
        (json!({"name": "n", "scopes": ["read"], "expires_at": "tomorrow"}), "/expires_at"),
        (json!({"name": "n", "scopes": ["read"], "key": "mine"}), "/key"),
    ] {
        let refused = app.storing_nothing(|| app.admin().post("keys").send(&body));
        assert_eq!(refused.problem(400, "invalid_body").faults()[0].0, pointer, "{refused}");
    }
}

#[test]
fn a_key_has_scopes_or_grants_that_make_sense() {
    let app = App::with_measure();
    let grant = |grant: serde_json::Value| json!({"name": "n", "grants": [grant]});
    for (body, status) in [
        (json!({"name": "n"}), 422),
        (json!({"name": "n", "scopes": ["read"], "grants": [{"role": "provider"}]}), 422),
        (json!({"name": "n", "grants": []}), 400),
        (grant(json!({"role": "king"})), 400),
        (grant(json!({"measure": "M-1"})), 400),
        (grant(json!({"role": "provider", "measure": "m 1"})), 400),
        (grant(json!({"role": "provider", "school": "S-1"})), 400),
        (grant(json!({"role": "provider", "measure": "M-1", "framework": "F"})), 422),
        (grant(json!({"role": "administrator", "framework": "F"})), 422),
        (grant(json!({"role": "auditor", "measure": "M-1"})), 422),
        (json!({"name": "n", "scopes": ["read"], "networks": ["10.0.0.0/33"]}), 422),
        (json!({"name": "n", "scopes": ["read"], "networks": ["10.0.0.1/8"]}), 422),
        (json!({"name": "n", "scopes": ["read"], "networks": ["office"]}), 400),
    ] {
        let code = if status == 400 { "invalid_body" } else { "validation_failed" };
        app.storing_nothing(|| app.admin().post("keys").send(&body)).problem(status, code);
    }
    let refused = app.admin().post("keys").send(&grant(json!({"role": "member", "measure": "M-1"})));
    assert_eq!(refused.problem(422, "validation_failed").faults(), [("/grants/0", "no_limit")], "{refused}");
    let body = grant(json!({"role": "provider", "outcome": "O-1"}));
    let made = app.admin().post("keys").send(&body).must_be(201).json();
    let kept = json!([{"role": "provider", "framework": null, "outcome": "O-1", "measure": null}]);
    assert_eq!((&made["details"]["grants"], &made["details"]["scopes"]), (&kept, &json!([])));
}

#[test]
fn keeps_no_key_for_repetition_either() {
    let app = App::start();
    let body = json!({"name": "case-system", "scopes": ["read"]});
    let post = |name: &str| {
        app.admin().post("keys").header("Idempotency-Key", name).send(&body).must_be(201).json()["key"].clone()
    };
    let (first, again, second) = (post("import-1"), post("import-1"), post("import-2"));
    assert_eq!(first, again, "the first answer is told again");
    assert_ne!(first, second);
    let everything = app.sql().column("SELECT query_to_xml(format('SELECT * FROM %I', tablename), true, true, '') FROM pg_tables WHERE schemaname = 'public'");
    let in_bytes = app.sql().column("SELECT encode(body, 'hex') FROM idempotent_answers");
    for key in [first, second] {
        let key = key.as_str().unwrap();
        assert!(!everything.iter().any(|table| table.contains(key)), "the key itself is kept");
        let hex: String = key.bytes().map(|byte| format!("{byte:02x}")).collect();
        assert!(!in_bytes.iter().any(|body| body.contains(&hex)), "the key itself is kept");
    }
    assert_eq!(app.sql().count("api_keys WHERE name = 'case-system'"), 2);
}
