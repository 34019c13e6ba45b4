//! Who may do what, as a text that people review: scopes, roles with limited grants, and states, for every operation.

use std::fmt::Write;

use serde_json::Value;
use strum::VariantArray;

use super::security;
use super::states;
use crate::access::objects::{self, Outcome, Reaching};
use crate::access::role::Role;
use crate::access::scope::Scope;

/// The matrix, in three parts with one line for each operation.
pub fn text(document: &Value) -> String {
    let operations: Vec<Operation<'_>> = operations(document).collect();
    [
        scopes(&operations),
        roles(&operations),
        states::text(operations.iter().map(|one| (one.id, one.method.as_str(), one.path))),
    ]
    .join("\n")
}

struct Operation<'a> {
    id: &'a str,
    method: String,
    path: &'a str,
    needed: Option<Vec<Scope>>,
}

fn operations(document: &Value) -> impl Iterator<Item = Operation<'_>> {
    let paths = document["paths"].as_object().into_iter().flatten();
    let all = paths.flat_map(|(path, item)| item.as_object().into_iter().flatten().map(move |entry| (path, entry)));
    all.map(|(path, (method, told))| Operation {
        id: told["operationId"].as_str().unwrap_or_default(),
        method: method.to_uppercase(),
        path,
        needed: security::scopes(told).map(|words| words.iter().filter_map(|word| word.parse().ok()).collect()),
    })
}

fn scopes(operations: &[Operation<'_>]) -> String {
    let mut text = String::from(
        "# Operations and the scopes that they need. Made by `performance-framework openapi`; `x` grants, `-` refuses.\n",
    );
    let names: Vec<&str> = Scope::VARIANTS.iter().map(AsRef::as_ref).collect();
    let _ = writeln!(text, "{:<44} {:<7} {:<72} none {}", "operation", "method", "address", names.join(" "));
    for operation in operations {
        let cells = Scope::VARIANTS.iter().map(|scope| {
            let serves = |needed: &Scope| scope.includes(*needed);
            let needed = operation.needed.as_ref();
            let granted = needed.is_none_or(|needed| needed.is_empty() || needed.iter().any(serves));
            format!("{:<width$}", if granted { "x" } else { "-" }, width = scope.as_ref().len())
        });
        let cells: Vec<String> = cells.collect();
        let open = if operation.needed.is_none() { "x" } else { "-" };
        let line = format!("{} {open:<4} {}", head(operation), cells.join(" "));
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

fn head(operation: &Operation<'_>) -> String {
    format!("{:<44} {:<7} {:<72}", operation.id, operation.method, operation.path)
}

fn roles(operations: &[Operation<'_>]) -> String {
    let mut text = String::from(
        "# Operations and roles whose grants are limited: to the framework of the object, to one of its measures, to another framework.\n\
         # `x` lets through (a list shows what is reached), `-` refuses with 403, `?` answers as for what does not exist: 404, or 422 where a body\n\
         # refers to it. Auditors and administrators are never limited; nor are members and the public,\n\
         # to whom `p` shows what was published, as it may be shown. Objects and policies: docs/access.md.\n",
    );
    let names: Vec<&str> = Role::VARIANTS.iter().map(AsRef::as_ref).collect();
    let _ = writeln!(text, "{:<44} {:<7} {:<72} {}", "operation", "method", "address", names.join(" "));
    for operation in operations {
        let Some(needed) = &operation.needed else { continue };
        let cells = Role::VARIANTS.iter().map(|role| {
            let of = |reaching| objects::outcome(*role, reaching, needed, &operation.method, operation.path);
            let cell: String =
                [Reaching::Whole, Reaching::Part, Reaching::Other].map(|reaching| sign(of(reaching))).iter().collect();
            format!("{cell:<width$}", width = role.as_ref().len())
        });
        let cells: Vec<String> = cells.collect();
        let _ = writeln!(text, "{}", format!("{} {}", head(operation), cells.join(" ")).trim_end());
    }
    text
}

/// An operation at an address that nobody has thought about shows as `!`, and fails a test.
const fn sign(outcome: Option<Outcome>) -> char {
    match outcome {
        Some(Outcome::Through) => 'x',
        Some(Outcome::Published) => 'p',
        Some(Outcome::Forbidden) => '-',
        Some(Outcome::Unknown) => '?',
        None => '!',
    }
}
