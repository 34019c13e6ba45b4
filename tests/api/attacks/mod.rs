//! Attacks that are about every operation at once: each walks the OpenAPI document, so that an operation added tomorrow is attacked,
//! too. Those on tokens are in `sign_in/refused.rs`, on the objects of others in `reach/attacks.rs`, on the end of requests in
//! `limits/smuggling.rs`; docs/security.md has the list.

mod asking_others;
mod injection;
mod keys;
mod mass_assignment;
mod named;
mod numbers;
mod patterns;
mod reading;

use serde_json::Value;

use crate::demonstration::{PROVIDER, demonstration};
use crate::support::document::{Operation, document, resolve};
use crate::support::{App, Client, Role};

/// The demonstration, somebody who may do everything there, and the id that stands for ids in examples.
fn start() -> (App, Client, String) {
    let app = App::copy_of(demonstration());
    let id = app.sql().value(&format!("SELECT id FROM api_keys WHERE name = '{PROVIDER}'"));
    let admin = app.by(Role::Admin);
    (app, admin, id)
}

/// The schema of an operation's body.
fn schema_of(operation: &Operation) -> &Value {
    operation.body().map_or(&Value::Null, |(_, content)| resolve(&content["schema"]))
}

/// Pointers to every value of a document for which something holds, those inside others included.
fn places(value: &Value, holds: fn(&Value) -> bool) -> Vec<String> {
    let below = |name: &str, inner: &Value| -> Vec<String> {
        places(inner, holds).into_iter().map(|pointer| format!("/{}{pointer}", name.replace('/', "~1"))).collect()
    };
    let mut found: Vec<String> = match value {
        Value::Object(fields) => fields.iter().flat_map(|(name, inner)| below(name, inner)).collect(),
        Value::Array(entries) => entries.iter().enumerate().flat_map(|(at, one)| below(&at.to_string(), one)).collect(),
        _ => Vec::new(),
    };
    if holds(value) {
        found.push(String::new());
    }
    found
}

/// Every field that an object of the document may have: name and schema, those of schemas that it is made of included.
fn fields_of(schema: &Value) -> Vec<(&String, &Value)> {
    let schema = resolve(schema);
    let own = schema["properties"].as_object().into_iter().flatten();
    let parts =
        ["allOf", "oneOf", "anyOf"].into_iter().flat_map(|joint| schema[joint].as_array().into_iter().flatten());
    own.chain(parts.flat_map(fields_of)).collect()
}

/// Every schema of the document that a body can contain, by its name.
fn schemas_of_bodies(operation: &Operation) -> Vec<String> {
    let mut waiting = vec![schema_of(operation)];
    let mut found = Vec::new();
    while let Some(schema) = waiting.pop() {
        let references = places(schema, |value| value["$ref"].is_string());
        for pointer in references {
            let name =
                schema.pointer(&pointer).unwrap()["$ref"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
            if !found.contains(&name) {
                waiting.push(&document()["components"]["schemas"][&name]);
                found.push(name);
            }
        }
    }
    found
}
