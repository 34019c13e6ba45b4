//! Regular expressions that a text could keep busy: none of the service's can be, for its engine's time grows with the text alone.

use serde_json::{Value, json};

use super::{fields_of, schema_of, start};
use crate::support::document::{document, operations, resolve};

/// Texts on which engines that go back and try again take years.
fn hostile() -> Vec<String> {
    let long = 50_000;
    vec![
        format!("{}!", "a".repeat(long)),
        format!("{}\u{0}", "a ".repeat(long / 2)),
        format!("{}\u{0}", " ".repeat(long)),
        format!("{}-", "1-".repeat(long / 2)),
        format!("{}x", "2024-25-Q1".repeat(long / 10)),
        format!("{}:", ":1".repeat(long / 2)),
    ]
}

/// Every pattern of the document.
fn patterns(value: &Value) -> Vec<String> {
    match value {
        Value::Object(fields) => {
            let own = fields.get("pattern").and_then(Value::as_str).map(str::to_owned);
            own.into_iter().chain(fields.values().flat_map(patterns)).collect()
        }
        Value::Array(entries) => entries.iter().flat_map(patterns).collect(),
        _ => Vec::new(),
    }
}

/// Whether the engine that never goes back can do with a pattern.
fn is_regular(pattern: &str) -> bool {
    let options = jsonschema::options().with_pattern_options(jsonschema::PatternOptions::regex());
    options.build(&json!({"type": "string", "pattern": pattern})).is_ok()
}

#[test]
fn every_pattern_of_the_document_is_one_for_an_engine_that_never_goes_back() {
    let all = patterns(document());
    assert!(all.len() > 10, "{all:?}");
    for pattern in all {
        assert!(is_regular(&pattern), "{pattern}");
    }
    for needs_to_go_back in ["^(?=a)", "(?<!a)b", "^(a+)\\1$"] {
        assert!(!is_regular(needs_to_go_back), "{needs_to_go_back}");
    }
}

#[test]
fn no_field_is_kept_busy_by_its_text() {
    let (app, admin, id) = start();
    let before = app.everything();
    let with_pattern = |schema: &Value| !patterns(resolve(schema)).is_empty();
    let mut tried = 0;
    for operation in operations() {
        let Some(example) = operation.example() else { continue };
        for (name, _) in fields_of(schema_of(&operation)).into_iter().filter(|(_, schema)| with_pattern(schema)) {
            let text = &hostile()[tried % 6];
            let mut body = example.clone();
            body[name] = json!(text);
            operation.try_body(&admin, &id, body.to_string()).problem(400, "invalid_body");
            tried += 1;
        }
    }
    assert!(tried > 100, "only {tried} fields were tried");
    for text in hostile() {
        let encoded: String = form_urlencoded::byte_serialize(&text.as_bytes()[..text.len().min(30_000)]).collect();
        let query = admin.get(&format!("measures?framework={encoded}")).call();
        assert!([400, 414, 431].contains(&query.status), "{}", query.status);
    }
    assert_eq!(app.everything(), before);
}
