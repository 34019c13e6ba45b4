//! Secrets: shown once, kept where nothing reads them, and rotated with an overlap in which both sign.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::commands::Process;
use crate::support::db::{Database, Role};
use crate::support::receiver::{Deliverer, Receiver};
use crate::support::{App, Client};

#[test]
fn a_secret_is_shown_once_and_stands_nowhere_else() {
    let app = App::telling();
    let secret = app.endpoint("W-1", &Receiver::start(), json!({}));
    assert!(secret.starts_with("whsec_") && secret.len() == 50, "{secret}");
    app.admin().patch("webhook-endpoints/W-1").send(&json!({"enabled": false})).must_be(200);
    let rotated = app.admin().post("webhook-endpoints/W-1/rotate-secret").send(&json!({})).must_be(200).json();
    assert_ne!(rotated["secret"], json!(secret));
    for path in ["webhook-endpoints", "webhook-endpoints/W-1", "changes", "webhook-endpoints/W-1/deliveries"] {
        let answer = app.admin().get(path).call().must_be(200);
        assert!(!answer.text().contains("whsec_"), "{answer}");
    }
    let bytes =
        app.sql().column("SELECT encode(secret, 'hex') || '|' || encode(secret, 'base64') FROM webhook_secrets");
    assert_eq!(bytes.len(), 2);
    let elsewhere = ["changes", "history.webhook_endpoints", "as_of.webhook_endpoints", "idempotent_answers"];
    app.sql().run("SELECT set_config('app.as_of', clock_timestamp()::text, false)");
    for part in bytes.iter().flat_map(|both| both.split('|')) {
        for table in elsewhere {
            let found = app.sql().count(&format!("{table} AS t WHERE position('{part}' in t::text) > 0"));
            assert_eq!(found, 0, "{table}");
        }
    }
}

#[test]
fn during_the_overlap_both_sign_and_then_the_new_one_alone() {
    let (app, receiver) = (App::telling(), Receiver::start());
    let _deliverer = Deliverer::of(&app);
    let first = app.endpoint("W-1", &receiver, json!({}));
    let test = || app.admin().post("webhook-endpoints/W-1/test").call().must_be(202);
    test();
    assert_eq!(receiver.received(1)[0].signed_by(&first), [true]);
    let rotate = |hours: u16| {
        let body = json!({"overlap_hours": hours});
        app.admin().post("webhook-endpoints/W-1/rotate-secret").send(&body).must_be(200).json()
    };
    let rotated = rotate(24);
    let second = rotated["secret"].as_str().unwrap();
    assert!(rotated["previous_secret_until"].as_str() > rotated["secret_made_at"].as_str(), "{rotated}");
    test();
    let call = &receiver.received(2)[1];
    assert_eq!((call.signed_by(second), call.signed_by(&first)), (vec![true, false], vec![false, true]));
    app.sql().run("UPDATE webhook_secrets SET signs_until = now() WHERE signs_until IS NOT NULL");
    test();
    assert_eq!(receiver.received(3)[2].signed_by(second), [true]);
    let third = rotate(0)["secret"].as_str().unwrap().to_owned();
    test();
    assert_eq!(receiver.received(4)[3].signed_by(&third), [true]);
    assert_eq!(app.sql().count("webhook_secrets"), 1, "what no longer signs is not kept");
}

#[test]
fn a_rotation_is_in_the_log_and_takes_what_its_form_says() {
    let app = App::telling();
    app.endpoint("W-1", &Receiver::start(), json!({}));
    let rotate = |body| app.admin().post("webhook-endpoints/W-1/rotate-secret").send(&body);
    app.storing_nothing(|| rotate(json!({"overlap_hours": 721}))).problem(400, "invalid_body");
    app.storing_nothing(|| app.admin().post("webhook-endpoints/W-1/rotate-secret").if_match("\"1\"").send(&json!({})))
        .problem(412, "precondition_failed");
    rotate(json!({})).must_be(200);
    let changed = "changes WHERE resource = 'webhook_endpoints' AND action = 'updated' AND before ->> 'secret_made_at' <> after ->> 'secret_made_at'";
    assert_eq!(app.sql().count(changed), 1);
}

#[test]
fn whatever_is_logged_no_secret_is() {
    let database = Database::fresh();
    let (url, receiver) = (database.url(), Receiver::start());
    let (mut service, base) = Process::start(&[
        ("DATABASE_URL", &url),
        ("RUST_LOG", "trace,tokio_postgres::query=trace"),
        ("WEBHOOK_HTTP", "true"),
        ("WEBHOOK_NETWORKS", "127.0.0.0/8"),
    ]);
    let admin = Client::new(&base, Some(database.key(Role::Admin)));
    let made = admin.put("webhook-endpoints/W-1").send(&json!({"url": receiver.url()})).must_be(201).json();
    let secret = made["secret"].as_str().unwrap().to_owned();
    admin.post("webhook-endpoints/W-1/test").call().must_be(202);
    assert_eq!(receiver.received(1)[0].signed_by(&secret), [true]);
    admin.get(&format!("webhook-endpoints/{secret}")).call();
    let (_, log) = service.end("TERM");
    assert!(log.contains(" TRACE ") && log.contains("webhook-endpoints"), "little is logged: {log}");
    let text = secret.strip_prefix("whsec_").unwrap();
    let bytes = format!("{:?}", STANDARD.decode(text).unwrap());
    for form in [text, bytes.trim_matches(['[', ']']), "of-the-address"] {
        assert!(!log.contains(form), "{form} was logged");
    }
}
