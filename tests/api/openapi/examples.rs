//! Every operation's own example, executed on the demonstration: each on a copy of its own.

use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::demonstration::{PROVIDER, demonstration};
use crate::support::document::{Operation, operations};
use crate::support::{App, Role};

/// Executes one example on a copy of the demonstration.
fn execute(operation: &Operation) -> Result<(), String> {
    let app = App::copy_of(demonstration());
    let id = app.sql().value(&format!("SELECT id FROM api_keys WHERE name = '{PROVIDER}'"));
    let answer = operation.try_example(&app.by(Role::Admin), &id);
    let documented = operation.told["responses"][answer.status.to_string()].is_object();
    let good = (200..300).contains(&answer.status) && documented;
    if good { Ok(()) } else { Err(format!("{operation}: {answer}")) }
}

#[test]
fn every_example_can_be_executed_on_the_demonstration() {
    let waiting = Mutex::new(operations());
    let failed = Mutex::new(Vec::new());
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).pop();
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(operation) = next() {
                    if let Err(told) = execute(&operation) {
                        failed.lock().unwrap_or_else(PoisonError::into_inner).push(told);
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().unwrap_or_else(PoisonError::into_inner);
    assert!(failed.is_empty(), "examples that fail:\n{}", failed.join("\n"));
}
