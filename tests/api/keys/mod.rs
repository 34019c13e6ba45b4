//! `/api/v1/keys`.

mod command;
mod create;
mod get;
mod list;
mod proof;
mod revoke;
mod rotate;

use serde_json::{Value, json};

use crate::support::App;

/// Makes a key and shows it once.
fn make(app: &App, name: &str) -> Value {
    app.admin().post("keys").send(&json!({"name": name, "scopes": ["read"]})).must_be(201).json()
}
