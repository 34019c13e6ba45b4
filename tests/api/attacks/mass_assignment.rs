//! Fields that are not the caller's to set: whatever an operation answers with and does not take is refused where it is sent.

use serde_json::{Value, json};

use super::{fields_of, schema_of, schemas_of_bodies, start};
use crate::support::document::{Operation, document, operations, resolve};
use crate::support::{App, Role};

/// What no body takes, whatever its answer shows.
const NEVER: &[&str] = &[
    "id",
    "state",
    "status",
    "row_version",
    "created_at",
    "updated_at",
    "revision",
    "version",
    "actor",
    "audience",
    "scopes",
    "content_hash",
    "secret_hash",
    "submitted_by",
    "approved_by",
    "published_by",
    "signed_off_by",
    "considered_by",
    "is_admin",
    "__proto__",
    "disclosure",
    "shown_value",
    "deleted",
];

/// What an operation answers with when it succeeds: every field, and those of objects in it.
fn answered(operation: &Operation) -> Vec<String> {
    let good = operation.told["responses"].as_object().unwrap().iter().filter(|(status, _)| status.starts_with('2'));
    let contents = good.flat_map(|(_, answer)| resolve(answer)["content"].as_object().into_iter().flatten());
    let fields = contents.flat_map(|(_, content)| fields_of(&content["schema"]));
    let inner = |(name, schema): (&String, &Value)| {
        let mut names: Vec<String> = fields_of(schema).into_iter().map(|(name, _)| name.clone()).collect();
        names.push(name.clone());
        names
    };
    fields.flat_map(inner).collect()
}

/// What is sent with the operation's own example.
fn not_taken(operation: &Operation) -> Vec<String> {
    let taken: Vec<&String> = fields_of(schema_of(operation)).into_iter().map(|(name, _)| name).collect();
    let mut names = answered(operation);
    names.extend(NEVER.iter().map(|name| (*name).to_owned()));
    names.sort();
    names.dedup();
    names.retain(|name| !taken.contains(&name));
    names
}

#[test]
fn what_is_answered_and_not_taken_is_refused() {
    let (app, admin, id) = start();
    let before = app.everything();
    let mut tried = 0;
    // Of an import each row is such a body, and the rows around it are none: `imports::trust` tries the fields of a row.
    for operation in operations().into_iter().filter(|operation| operation.id() != "create_import") {
        let Some(example) = operation.example() else { continue };
        let (mut body, names) = (example.clone(), not_taken(&operation));
        for name in &names {
            body[name] = json!("1");
        }
        // All at once: each is named among the faults, so none was taken.
        let answer = operation.try_body(&admin, &id, body.to_string());
        let mut problem = answer.problem(400, "invalid_body");
        for name in &names {
            problem = problem.fault(&format!("/{name}"), "unknown_field");
        }
        tried += names.len();
    }
    assert!(tried > 1000, "only {tried} fields were tried");
    assert_eq!(app.everything(), before);
}

#[test]
fn no_object_in_a_body_takes_what_it_does_not_know() {
    for operation in operations() {
        for name in schemas_of_bodies(&operation) {
            let schema = &document()["components"]["schemas"][&name];
            let closed = schema["additionalProperties"] == false || schema["additionalProperties"].is_object();
            let is_object = schema["type"] == "object" || schema["properties"].is_object();
            assert!(closed || !is_object, "{operation}: {name} takes fields that it does not know");
        }
    }
}

#[test]
fn an_action_without_a_body_takes_none_of_one() {
    let app = App::with_measure();
    app.submission("M-1", "2024-25-Q1").set("value", 1).create();
    let told = json!({"submitted_by": "somebody-else", "state": "approved", "approved_by": "officer", "value": 99});
    let path = "quarterly-submissions/M-1/2024-25-Q1";
    let answer = app.provider().post(&format!("{path}/submit")).send(&told);
    assert!([200, 400].contains(&answer.status), "{answer}");
    app.provider().post(&format!("{path}/submit")).call();
    let stored = app.by(Role::Admin).get(path).call().must_be(200).json();
    assert_eq!((&stored["state"], &stored["submitted_by"]), (&json!("submitted"), &json!("provider")));
    assert_eq!((&stored["approved_by"], stored["value"].to_string().as_str()), (&Value::Null, "1"));
}
