//! Who may do what: the scope of every operation, as a text that people review.

use std::fmt::Write;

use serde_json::Value;
use strum::VariantArray;

use super::security;
use crate::access::scope::Scope;

/// The matrix, one line for each operation. `admin` includes every scope.
pub fn text(document: &Value) -> String {
    let mut text = String::from(
        "# Operations and the scopes that they need. Made by `performance-framework openapi`; `x` grants, `-` refuses.\n",
    );
    let _ = writeln!(text, "{:<44} {:<7} {:<72} none {}", "operation", "method", "address", names());
    let paths = document["paths"].as_object();
    for (path, item) in paths.into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            let needed = security::scopes(operation);
            let grants = Scope::VARIANTS.iter().map(|scope| {
                let serves = |word: &&str| word.parse().is_ok_and(|needed| scope.includes(needed));
                let granted = needed.as_ref().is_none_or(|needed| needed.is_empty() || needed.iter().any(serves));
                format!("{:<width$}", if granted { "x" } else { "-" }, width = scope.as_ref().len())
            });
            let grants: Vec<String> = grants.collect();
            let open = if needed.is_none() { "x" } else { "-" };
            let id = operation["operationId"].as_str().unwrap_or_default();
            let _ = writeln!(
                text,
                "{id:<44} {:<7} {path:<72} {open:<4} {}",
                method.to_uppercase(),
                grants.join(" ").trim_end()
            );
        }
    }
    text
}

fn names() -> String {
    Scope::VARIANTS.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join(" ")
}
