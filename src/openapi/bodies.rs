//! Bodies that may be left out: what then comes is nothing, and not the document `null`.

use serde_json::Value;

/// Takes null out of the schema of a body that may be left out.
pub fn complete(operation: &mut Value) {
    if operation["requestBody"]["required"] == Value::Bool(true) {
        return;
    }
    let content = operation.pointer_mut("/requestBody/content").and_then(Value::as_object_mut);
    for (_, media) in content.into_iter().flatten() {
        let either = media["schema"]["oneOf"].as_array();
        let named = either.and_then(|either| either.iter().find(|one| one.get("$ref").is_some())).cloned();
        if let Some(schema) = named {
            media["schema"] = schema;
        }
    }
}
