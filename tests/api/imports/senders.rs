//! Who sent an import: a number of the register, so that the name is exported and erased with all others.

use serde_json::{Value, json};

use super::{app, row};
use crate::support::App;
use crate::support::client::Answer;

/// A service to which `Jo Quill` sent one import that was answered at once and one that waits; answers the account, too.
fn sent() -> (App, i64) {
    let app = app();
    let made = app.admin().post("keys").send(&json!({"name": "Jo Quill", "scopes": ["submit"]})).must_be(201).json();
    let jo = app.anonymous().with_key(made["key"].as_str().unwrap());
    jo.post("imports").header("Idempotency-Key", "one").send(&json!([row("M-1", "2024-25-Q1", 50)])).must_be(200);
    let many = vec![row("M-1", "2024-25-Q1", 50); 1001];
    jo.post("imports?mode=row_by_row").send(&json!(many)).must_be(202);
    let account = app.sql().value("SELECT account FROM accounts WHERE name = 'Jo Quill'").parse().unwrap();
    (app, account)
}

fn erase(app: &App, account: i64) -> Answer {
    app.admin().post(&format!("accounts/{account}/erase")).send(&json!({"reason": "Left the council."}))
}

/// Callers of the imports in a list, newest first.
fn callers(app: &App, query: &str) -> Vec<Value> {
    let list = app.reader().get(&format!("imports?sort=-key{query}")).call().must_be(200).json();
    list["items"].as_array().unwrap().iter().map(|one| one["caller"].clone()).collect()
}

#[test]
fn the_name_is_told_filtered_by_and_exported() {
    let (app, account) = sent();
    app.provider().post("imports").send(&json!([row("M-2", "2024-25-Q1", 50)])).must_be(200);
    assert_eq!(callers(&app, ""), ["provider", "Jo Quill", "Jo Quill"]);
    assert_eq!(callers(&app, "&caller=Jo+Quill"), ["Jo Quill", "Jo Quill"]);
    assert_eq!(callers(&app, "&caller=nobody"), Vec::<Value>::new());
    let held = app.admin().get(&format!("accounts/{account}/export?limit=1000")).call().must_be(200).json();
    let held = held["items"].as_array().unwrap().iter().filter(|one| one["resource"] == "imports");
    let held: Vec<_> =
        held.map(|one| (&one["place"], &one["resource_key"], &one["field"], one["known_until"].is_null())).collect();
    let [present, caller] = [json!("present"), json!("caller")];
    assert_eq!(held, [(&present, &json!("1"), &caller, false), (&present, &json!("2"), &caller, true)]);
}

#[test]
fn nobody_is_erased_while_an_import_of_theirs_is_in_hand() {
    let (app, account) = sent();
    app.sql().run(
        "SET session_replication_role = replica; UPDATE api_keys SET revoked_at = now() - interval '1 hour' WHERE name = 'Jo Quill'; \
         SET session_replication_role = origin",
    );
    for state in ["receiving", "waiting", "working"] {
        app.sql().run(&format!("UPDATE imports SET state = '{state}' WHERE number = 2"));
        let refused = app.storing_nothing(|| erase(&app, account));
        refused.problem(409, "account_in_use").says("Imports of the account are in hand: 2.");
    }
    app.sql().run("UPDATE imports SET state = 'waiting' WHERE number = 2");
    app.admin().post("imports/2/cancel").call().must_be(200);
    erase(&app, account).must_be(200);
    let instead = format!("erased person {account}");
    assert_eq!(callers(&app, ""), [instead.as_str(), instead.as_str()]);
    assert_eq!(callers(&app, &format!("&caller=erased+person+{account}")).len(), 2);
    let all = "SELECT string_agg(t::text, '') FROM (SELECT to_jsonb(i) AS t FROM imports i UNION ALL SELECT to_jsonb(r) FROM import_rows r \
               UNION ALL SELECT to_jsonb(a) FROM idempotent_answers a) x";
    assert!(!app.sql().value(all).contains("Quill"));
    let held = app.admin().get(&format!("accounts/{account}/export?limit=1000")).call().must_be(200).json();
    assert!(held["items"].as_array().unwrap().iter().all(|one| one["place"] == "log"), "{held}");
}
