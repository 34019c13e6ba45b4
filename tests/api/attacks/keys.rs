//! Keys that do not work, for whatever reason: all are told the same, in the same words and headers, so that nobody learns whether
//! there is or was such a key.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use performance_framework::config::traffic::Traffic;
use serde_json::{Value, json};

use crate::support::app::unlimited;
use crate::support::{Answer, App};

/// All that a caller hears, but for what is never the same.
fn heard(answer: &Answer) -> (u16, Value, BTreeMap<String, Vec<String>>) {
    let mut body = answer.json();
    body.as_object_mut().unwrap().remove("request_id");
    let mut headers: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in &answer.headers {
        if !["date", "x-request-id", "ratelimit"].contains(&name.as_str()) {
            headers.entry(name.to_string()).or_default().push(value.to_str().unwrap().to_owned());
        }
    }
    (answer.status, body, headers)
}

/// A key of each kind that does not work: one taken over from before it was revoked, replaced, at its end, or confined.
fn not_working(app: &App) -> Vec<(&'static str, String)> {
    let make = |body: Value| app.admin().post("keys").send(&body).must_be(201).json();
    let of = |name: &str| make(json!({"name": name, "scopes": ["read"]}));
    let works = |made: &Value| app.anonymous().with_key(made["key"].as_str().unwrap()).get("me").call().must_be(200);
    let [revoked, replaced, expired] = ["revoked", "replaced", "expired"].map(of);
    for made in [&revoked, &replaced, &expired] {
        works(made);
    }
    let path = |made: &Value, step: &str| format!("keys/{}/{step}", made["details"]["id"].as_str().unwrap());
    app.admin().post(&path(&revoked, "revoke")).call().must_be(200);
    app.admin().post(&path(&replaced, "rotate")).send(&json!({"overlap_hours": 0})).must_be(201);
    app.sql().run("UPDATE api_keys SET expires_at = now() WHERE name = 'expired'");
    let elsewhere = make(json!({"name": "elsewhere", "scopes": ["read"], "networks": ["192.0.2.0/24"]}));
    let key = |made: &Value| made["key"].as_str().unwrap().to_owned();
    let unknown = format!("{}AAAA", &key(&revoked)[..key(&revoked).len() - 4]);
    vec![
        ("unknown", unknown),
        ("never a key", "pf_x".to_owned()),
        ("revoked", key(&revoked)),
        ("replaced", key(&replaced)),
        ("expired", key(&expired)),
        ("confined to other networks", key(&elsewhere)),
    ]
}

#[test]
fn a_key_of_before_does_not_work_again_and_nothing_tells_that_it_did() {
    let app = App::limited(Traffic { failures: 1000, ..unlimited() });
    let keys = not_working(&app);
    // A key is believed for a second: what was changed past the service is seen then.
    let expired = app.anonymous().with_key(&keys[4].1);
    let began = std::time::Instant::now();
    while expired.get("measures").call().status == 200 {
        assert!(began.elapsed().as_secs() < 60, "the end is not noticed");
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    for path in ["measures", "measures/NOWHERE", "nowhere", "me"] {
        let ask = |key: &str| app.anonymous().with_key(key).get(path).call();
        let first = ask(&keys[0].1);
        for (kind, key) in &keys {
            assert_eq!(heard(&ask(key)), heard(&first), "{kind} at {path}");
        }
        if path != "nowhere" {
            first.problem(401, "unauthenticated");
        }
    }
    // Nor do writes tell: no body is read before the key.
    for (kind, key) in &keys {
        let put = || app.anonymous().with_key(key).put("frameworks/F").raw("application/json", "{");
        app.storing_nothing(put).problem(401, "unauthenticated");
        assert!(!kind.is_empty());
    }
}

#[test]
fn keys_are_found_by_their_hash_and_compared_nowhere() {
    let mut files = Vec::new();
    list(Path::new(env!("CARGO_MANIFEST_DIR")).join("src").as_path(), &mut files);
    let naming = |word: &str| -> Vec<String> {
        let named = files.iter().filter(|(_, text)| text.contains(word));
        named.map(|(path, _)| path.rsplit_once("src/").unwrap().1.to_owned()).collect()
    };
    // The hash is looked up by the database, the key as it was sent is hashed in one place; neither is held against another text.
    assert_eq!(naming("secret_hash"), ["access/store.rs", "db/schema.rs"]);
    assert_eq!(naming("Credential::Key("), ["access/authenticate.rs", "access/credential.rs"]);
    let authenticate = &files.iter().find(|(path, _)| path.ends_with("access/authenticate.rs")).unwrap().1;
    assert_eq!(authenticate.matches("store::hash(key)").count(), 1);
    assert!(!authenticate.contains("==") && !authenticate.contains("starts_with"), "a key may be compared");
}

fn list(folder: &Path, files: &mut Vec<(String, String)>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            list(&path, files);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            files.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
        }
    }
}
