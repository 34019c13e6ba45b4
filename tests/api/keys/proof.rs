//! How keys are sent, from where they work, and when they were last used.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::support::{App, Role};

fn basic(user: &str, password: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{user}:{password}")))
}

#[test]
fn a_key_is_a_password_for_any_user() {
    let app = App::start();
    let key = app.key(Role::Reader);
    for user in ["", "tableau", "a b", "é"] {
        app.anonymous().get("measures").header("Authorization", &basic(user, key)).call().must_be(200);
    }
    for wrong in
        [basic(key, ""), basic(key, "password"), basic("reader", &key[1..]), basic("reader", &format!("{key} "))]
    {
        app.anonymous().get("measures").header("Authorization", &wrong).call().problem(401, "unauthenticated");
    }
}

#[test]
fn a_key_in_the_address_is_refused_unread() {
    let app = App::start();
    let key = app.key(Role::Reader).to_owned();
    for path in [
        format!("measures?api_key={key}"),
        format!("measures?access_token={key}"),
        format!("measures?{key}"),
        format!("measures?key=%70f_{}", &key[3..]),
        format!("measures/{key}"),
    ] {
        let refused = app.anonymous().get(&path).call();
        refused.problem(400, "invalid_parameter").says("`Authorization` header");
        app.reader().get(&path).call().problem(400, "invalid_parameter");
    }
    assert_eq!(app.sql().count("key_uses"), 0);
}

#[test]
fn a_key_works_from_its_networks_alone() {
    let app = App::configured(|config| config.trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()]);
    let body = json!({"name": "office", "scopes": ["read"], "networks": ["10.20.0.0/16", "2001:db8::/32"]});
    let made = app.admin().post("keys").send(&body).must_be(201).json();
    assert_eq!(made["details"]["networks"], json!(["10.20.0.0/16", "2001:db8::/32"]));
    let office = app.anonymous().with_key(made["key"].as_str().unwrap());
    let from = |told: &str| office.get("measures").header("X-Forwarded-For", told).call();
    for inside in ["10.20.1.2", "::ffff:10.20.1.2", "[2001:db8::7]:443", "192.0.2.1, 10.20.1.2"] {
        from(inside).must_be(200);
    }
    let elsewhere = ["192.0.2.1", "10.20.1.2, 192.0.2.1", "10.20.1.2, nonsense", "nonsense", ""];
    let stranger = app.anonymous().with_key("pf_nobody").get("measures").call();
    for outside in elsewhere {
        let refused = from(outside);
        refused.problem(401, "unauthenticated");
        assert_eq!(refused.json()["detail"], stranger.json()["detail"], "{outside}");
    }
    office.get("measures").call().problem(401, "unauthenticated");
    // Who is no trusted proxy can say what it likes.
    let direct = App::start();
    let made = direct.admin().post("keys").send(&body).must_be(201).json();
    let office = direct.anonymous().with_key(made["key"].as_str().unwrap());
    office.get("measures").header("X-Forwarded-For", "10.20.1.2").call().problem(401, "unauthenticated");
    let here = json!({"name": "here", "scopes": ["read"], "networks": ["127.0.0.1/32"]});
    let made = direct.admin().post("keys").send(&here).must_be(201).json();
    direct.anonymous().with_key(made["key"].as_str().unwrap()).get("measures").call().must_be(200);
}

#[test]
fn the_last_use_is_noted_once_a_minute_and_stands_in_no_log() {
    let app = App::start();
    let made = super::make(&app, "case-system");
    assert_eq!(made["details"]["last_used_at"], json!(null));
    let holder = app.anonymous().with_key(made["key"].as_str().unwrap());
    let changes = app.sql().count("changes");
    let of_it = "key_uses WHERE key = (SELECT id FROM api_keys WHERE name = 'case-system')";
    let noted = || app.sql().rows(&format!("SELECT last_used_at, xmin FROM {of_it}"));
    holder.get("frameworks").call().must_be(200);
    let began = std::time::Instant::now();
    while noted().is_empty() {
        assert!(began.elapsed().as_secs() < 60, "the use is not noted");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let first = noted();
    for _ in 0..20 {
        holder.get("frameworks").call().must_be(200);
    }
    assert_eq!((noted(), app.sql().count("changes")), (first, changes));
    let path = format!("keys/{}", made["details"]["id"].as_str().unwrap());
    let read = app.admin().get(&path).call().must_be(200);
    assert!(read.json()["last_used_at"].is_string(), "{read}");
    assert_eq!(read.json()["updated_at"], made["details"]["updated_at"]);
}

#[test]
fn an_auditor_reads_keys_and_what_became_of_them_and_makes_none() {
    let app = App::start();
    let made = super::make(&app, "case-system");
    let auditor = app.by(Role::Auditor);
    let list = auditor.get("keys").call().must_be(200);
    assert!(!list.text().contains(made["key"].as_str().unwrap()));
    auditor.get(&format!("keys/{}", made["details"]["id"].as_str().unwrap())).call().must_be(200);
    auditor.post("keys").send(&json!({"name": "x", "scopes": ["read"]})).problem(403, "forbidden");
    let both = app.anonymous().with_key(&app.key_of("auditors", &["read", "audit"]));
    let of_keys = |client: &crate::support::Client| client.get("changes?resource=api_keys").call().must_be(200).json();
    assert!(!of_keys(&both)["items"].as_array().unwrap().is_empty());
    assert!(of_keys(&app.reader())["items"].as_array().unwrap().is_empty());
}
