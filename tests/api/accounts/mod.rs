//! `/api/v1/accounts` and the command `accounts`: whose names stand in the records, what is held of them, and that erasing one leaves
//! no trace of the name and every proof.

pub mod classes;
mod command;
mod erase;
mod everywhere;
mod export;
mod list;
mod proof;

use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::client::Answer;
use crate::support::{App, Client};

/// A name that stands nowhere else.
const NAME: &str = "Jo \"Quill\" Ferrantë";

/// What it looks like once it is written as JSON, or as bytes in hexadecimal.
fn disguises(name: &str) -> Vec<String> {
    let hexadecimal: String = name.bytes().map(|byte| format!("{byte:02x}")).collect();
    let escaped = json!(name).to_string();
    vec![name.to_owned(), escaped[1..escaped.len() - 1].to_owned(), hexadecimal]
}

/// Number of the account with this name.
fn number(app: &App, name: &str) -> i64 {
    app.sql().value(&format!("SELECT account FROM accounts WHERE name = '{name}'")).parse().unwrap()
}

/// A caller of this name with one scope, and the id of the key.
fn caller(app: &App, name: &str, scope: &str) -> (Client, String) {
    let made = app.admin().post("keys").send(&json!({"name": name, "scopes": ["read", scope]})).must_be(201).json();
    let client = app.anonymous().with_key(made["key"].as_str().unwrap());
    (client, made["details"]["id"].as_str().unwrap().to_owned())
}

fn erase(app: &App, account: i64) -> Answer {
    app.admin().post(&format!("accounts/{account}/erase")).send(&json!({"reason": "Left the council."}))
}

/// Revokes every key of the name, and erases its account as soon as that is allowed.
fn erased(app: &App, name: &str) -> Value {
    let account = number(app, name);
    for id in app.sql().column(&format!("SELECT id FROM api_keys WHERE name = '{name}' AND revoked_at IS NULL")) {
        app.admin().post(&format!("keys/{id}/revoke")).call().must_be(200);
    }
    let began = Instant::now();
    loop {
        let answer = erase(app, account);
        if answer.status == 200 {
            return answer.json();
        }
        answer.problem(409, "account_in_use").says("revoked");
        assert!(began.elapsed() < Duration::from_secs(60), "it is never erased: {answer}");
        thread::sleep(Duration::from_millis(100));
    }
}
