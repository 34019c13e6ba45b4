//! How callers prove who they are: a key as bearer or as a password, or the token of somebody who signed in.

use serde_json::{Value, json};

/// The scheme that handlers name; the others serve wherever it does.
const KEY: &str = "api_key";
/// The schemes that serve in its place.
const ALSO: [&str; 2] = ["key_as_password", "sign_in"];

/// The schemes.
pub fn schemes() -> Value {
    json!({
        KEY: {
            "type": "http", "scheme": "bearer",
            "description": "An API key. Each operation names the scopes of which it needs one: read, submit, approve, configure, decide, audit or admin."
        },
        "key_as_password": {
            "type": "http", "scheme": "basic",
            "description": "An API key as the password, with any user name: for clients that know nothing else."
        },
        "sign_in": {
            "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
            "description": "The access token of somebody who signed in with the council's own accounts (OpenID Connect), where that is set up. Roles there give scopes here."
        }
    })
}

/// The scopes of which an operation needs one; none for an open one, and no word where it is enough to be known.
pub fn scopes(operation: &Value) -> Option<Vec<&str>> {
    let all = operation["security"].as_array().into_iter().flatten();
    let keys: Vec<&Value> = all.map(|one| &one[KEY]).filter(|scopes| scopes.is_array()).collect();
    (!keys.is_empty()).then(|| {
        keys.iter().flat_map(|scopes| scopes.as_array().into_iter().flatten()).filter_map(Value::as_str).collect()
    })
}

/// Adds the other schemes wherever a key is asked for.
pub fn complete(operation: &mut Value) {
    let Some(all) = operation["security"].as_array().cloned() else { return };
    let others = ALSO.iter().flat_map(|scheme| {
        let keys = all.iter().map(|one| &one[KEY]).filter(|scopes| scopes.is_array());
        keys.map(move |scopes| json!({*scheme: scopes}))
    });
    operation["security"] = all.iter().cloned().chain(others).collect();
}
