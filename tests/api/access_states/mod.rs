//! The third part of the access matrix, tried: every operation on what has states, in every state, by every role, with grants that
//! reach the object's whole framework, its measure alone, and another framework. Nobody's rights depend on the state; what is done
//! depends on the state alone.

mod world;

use std::sync::{Mutex, PoisonError};
use std::thread;

use performance_framework::access::audience::Audience;
use performance_framework::access::objects::{self, Outcome, Reaching};
use performance_framework::access::role::Role;
use performance_framework::openapi::states::{Cell, MACHINES, Machine};
use serde_json::{Value, json};
use strum::VariantArray;

use crate::support::document::{Operation, operations};
use crate::support::{Answer, App, Client};
use world::Object;

/// A version that nothing has.
const STALE: &str = "\"0\"";

/// The newest revision of a submission is never one that another has taken the place of.
const NEVER_NEWEST: &str = "superseded";

/// The operations on one machine, each with its cell in a state.
fn cells(machine: &Machine, state: &str) -> Vec<(Operation, Cell)> {
    let all = operations().into_iter();
    all.filter_map(|operation| {
        let cell = machine.cell(&operation.method, &operation.path, state)?;
        Some((operation, cell))
    })
    .collect()
}

/// Sends an operation, about the object, with a body that is right for it.
fn send(object: &Object, state: &str, operation: &Operation, client: &Client, etag: Option<&str>) -> Answer {
    let request = client.request(&operation.method, &object.path(operation));
    let request = match etag {
        Some(etag) => request.if_match(etag),
        None => request,
    };
    match (operation.body(), object.body(operation, state)) {
        (Some((media_type, _)), Some(body)) => request.raw(media_type, body.to_string()),
        _ => request.call(),
    }
}

/// What is done in a state by somebody who may: each operation that is done, on a copy of its own; each that is refused, without a
/// trace.
fn try_done(object: &Object, state: &str, wrong: &mut Vec<String>) {
    let shared = object.in_state(state);
    for (operation, cell) in cells(object.machine(), state) {
        let done_by = |app: &App| send(object, state, &operation, &object.by(app, &operation), None);
        let answer = match (&cell, operation.method.as_str()) {
            (_, "GET") => done_by(&shared),
            (Cell::Refused, _) => shared.storing_nothing(|| done_by(&shared)),
            _ => {
                let app = object.in_state(state);
                let answer = done_by(&app);
                if let Cell::Leads(next) = &cell {
                    let now = object.state(&app);
                    if now != *next {
                        wrong.push(format!("{operation} in {state}: now {now}, not {next}: {answer}"));
                    }
                }
                answer
            }
        };
        let right = match cell {
            Cell::Refused if operation.method == "GET" => [404, 409].contains(&answer.status),
            Cell::Refused => answer.status == 409,
            Cell::Done | Cell::Leads(_) => (200..300).contains(&answer.status),
        };
        if !right {
            wrong.push(format!("{operation} in {state}: expected {cell:?}, but {answer}"));
        }
    }
}

fn grant(role: Role, reaching: Reaching) -> Value {
    match reaching {
        _ if !role.can_be_limited() => json!({"role": role}),
        Reaching::Whole => json!({"role": role, "framework": "F"}),
        // For an issue, a measure that it does not name.
        Reaching::Part => json!({"role": role, "measure": "M-1"}),
        Reaching::Other => json!({"role": role, "framework": "G"}),
    }
}

/// Who is let through in a state: every role, on what is its own and what is not. Writes come as far as the condition on the version.
fn try_callers(object: &Object, state: &str, wrong: &mut Vec<String>) {
    let app = object.in_state(state);
    for role in Role::VARIANTS {
        for reaching in [Reaching::Whole, Reaching::Part, Reaching::Other] {
            if !role.can_be_limited() && reaching != Reaching::Whole {
                continue;
            }
            let made = app.admin().post("keys").send(&json!({"name": "tried", "grants": [grant(*role, reaching)]}));
            let client = app.anonymous().with_key(made.must_be(201).json()["key"].as_str().unwrap());
            for (operation, cell) in cells(object.machine(), state) {
                let read = operation.method == "GET";
                let needed = operation.scopes().unwrap_or_default();
                let expected = objects::outcome(*role, reaching, &needed, &operation.method, &operation.path).unwrap();
                let answer = send(object, state, &operation, &client, (!read).then_some(STALE));
                let right = match expected {
                    Outcome::Forbidden => answer.status == 403,
                    // A PUT with a condition is told that there is nothing whose version could be right.
                    Outcome::Unknown if answer.status == 412 => answer.text().contains("does not exist"),
                    Outcome::Unknown => [404, 422].contains(&answer.status),
                    Outcome::Published => {
                        answer.status == if (object.machine().shown)(role.audience(), state) { 200 } else { 404 }
                    }
                    Outcome::Through if !read => answer.status == 412,
                    Outcome::Through if cell == Cell::Refused => [404, 409].contains(&answer.status),
                    Outcome::Through => answer.status == 200,
                };
                if !right {
                    wrong.push(format!(
                        "{operation} in {state} by {role} {reaching:?}: expected {expected:?}, but {answer}"
                    ));
                }
            }
        }
    }
    assert_eq!(object.state(&app), state, "somebody changed it");
}

#[test]
fn every_operation_in_every_state_is_as_the_matrix_says() {
    let waiting: Vec<(&Object, &str)> = world::OBJECTS
        .iter()
        .flat_map(|object| object.machine().states.iter().map(move |state| (object, *state)))
        .filter(|(_, state)| *state != NEVER_NEWEST)
        .collect();
    assert_eq!(waiting.len() + 1, MACHINES.iter().map(|machine| machine.states.len()).sum::<usize>());
    let (waiting, failed) = (Mutex::new(waiting), Mutex::new(Vec::new()));
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).pop();
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some((object, state)) = next() {
                    let mut wrong = Vec::new();
                    try_done(object, state, &mut wrong);
                    try_callers(object, state, &mut wrong);
                    failed.lock().unwrap_or_else(PoisonError::into_inner).extend(wrong);
                }
            });
        }
    });
    let failed = failed.into_inner().unwrap_or_else(PoisonError::into_inner);
    assert!(failed.is_empty(), "{} differ:\n{}", failed.len(), failed.join("\n"));
}

#[test]
fn everything_that_has_actions_has_its_states_in_the_matrix() {
    let member = |path: &str| MACHINES.iter().any(|machine| machine.cell("GET", path, machine.states[0]).is_some());
    // Data requests, keys and accounts tell their state and keep none; webhook endpoints allow all in each, and an import can be stopped
    // in every state. What their actions do is tried in their own tests.
    let computed = [
        "/api/v1/accounts/",
        "/api/v1/data-requests/",
        "/api/v1/imports/",
        "/api/v1/keys/",
        "/api/v1/frameworks/",
        "/api/v1/webhook-endpoints/",
    ];
    for operation in operations() {
        let action = operation.method == "POST" && operation.path.contains('{');
        let known = member(&operation.path) || computed.iter().any(|start| operation.path.starts_with(start));
        assert!(!action || known, "{operation}: say in src/openapi/states.rs in which states it is possible");
    }
    assert_eq!(Audience::Internal, Role::Administrator.audience());
}
