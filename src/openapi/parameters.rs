//! Parameters of addresses and queries: those that are periods or codes refer to the schemas that bodies use.

use serde_json::{Value, json};

/// The component that stands for a format.
fn component(format: &str) -> Option<&'static str> {
    match format {
        "code" => Some("Code"),
        "financial-quarter" => Some("Quarter"),
        "financial-year" => Some("FinancialYear"),
        _ => None,
    }
}

/// Replaces the plain texts of this operation's parameters by references.
pub fn complete(operation: &mut Value) {
    for parameter in operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten() {
        let name = parameter["schema"]["format"].as_str().and_then(component);
        if let Some(name) = name {
            parameter["schema"] = json!({"$ref": format!("#/components/schemas/{name}")});
        }
    }
}
