//! Schemas of answers: as nulls are written and never left out, every property of an answer is there.

use std::collections::BTreeSet;

use serde_json::{Value, json};

/// Properties that an answer may leave out, by schema prefix.
const OPTIONAL: &[&str] = &["total", "removed"];

/// Marks every property of every schema that only answers use as required.
pub fn complete(document: &mut Value) {
    let asked = asked(document);
    let Some(schemas) = document["components"]["schemas"].as_object_mut() else {
        return;
    };
    for (name, schema) in schemas {
        // A page is of a component, not of a copy of it.
        if let Some(item) = name.strip_prefix("Page_") {
            schema["properties"]["items"]["items"] = json!({"$ref": format!("#/components/schemas/{item}")});
        }
        let Some(properties) = schema["properties"].as_object() else {
            continue;
        };
        if asked.contains(name) {
            continue;
        }
        let required: Vec<&String> = properties.keys().filter(|name| !OPTIONAL.contains(&name.as_str())).collect();
        schema["required"] = json!(required);
    }
}

/// Names of the schemas that requests use, through any number of references.
fn asked(document: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let operations = document["paths"]
        .as_object()
        .into_iter()
        .flatten()
        .flat_map(|(_, item)| item.as_object().into_iter().flatten());
    for (_, operation) in operations {
        references(&operation["requestBody"], document, &mut found);
    }
    found
}

fn references(value: &Value, document: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            let name = fields
                .get("$ref")
                .and_then(Value::as_str)
                .and_then(|target| target.strip_prefix("#/components/schemas/"));
            if let Some(name) = name.filter(|name| found.insert((*name).to_owned())) {
                references(&document["components"]["schemas"][name], document, found);
            }
            fields.values().for_each(|inner| references(inner, document, found));
        }
        Value::Array(entries) => entries.iter().for_each(|inner| references(inner, document, found)),
        _ => {}
    }
}
