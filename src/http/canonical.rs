//! Canonical bytes and their hash: the same content always has the same bytes, whoever writes it.

use std::cmp::Ordering;

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::problem::Problem;

/// Content as canonical JSON: names sorted by their UTF-16 code units as RFC 8785 sorts them, no space between, numbers with the
/// digits that they have. RFC 8785 would write numbers as binary floats, which would change figures.
///
/// # Errors
/// `internal_error` if the content cannot be written as JSON.
pub fn canonical(content: &impl Serialize) -> Result<String, Problem> {
    Ok(text(&serde_json::to_value(content).map_err(Problem::internal)?))
}

/// The same of a value that is JSON already.
pub fn text(value: &Value) -> String {
    let mut text = String::new();
    append(value, &mut text);
    text
}

/// SHA-256 in hexadecimal.
pub fn hash(text: &str) -> String {
    hexadecimal(&Sha256::digest(text.as_bytes()))
}

/// Bytes as two hexadecimal digits each.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn append(value: &Value, text: &mut String) {
    match value {
        Value::Array(items) => {
            text.push('[');
            for (at, item) in items.iter().enumerate() {
                text.push_str(if at > 0 { "," } else { "" });
                append(item, text);
            }
            text.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<(&String, &Value)> = members.iter().collect();
            members.sort_unstable_by(|(a, _), (b, _)| in_order(a, b));
            text.push('{');
            for (at, (name, value)) in members.into_iter().enumerate() {
                text.push_str(if at > 0 { "," } else { "" });
                text.push_str(&Value::from(name.as_str()).to_string());
                text.push(':');
                append(value, text);
            }
            text.push('}');
        }
        plain => text.push_str(&plain.to_string()),
    }
}

/// The order of names by their UTF-16 code units, which is that of their bytes but for some that nobody names anything by.
fn in_order(a: &str, b: &str) -> Ordering {
    if a.is_ascii() && b.is_ascii() { a.cmp(b) } else { a.encode_utf16().cmp(b.encode_utf16()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_content_has_the_same_bytes() -> Result<(), Box<dyn std::error::Error>> {
        for (text, bytes) in [
            (r#"{"b": 1, "a": [ {"d": null, "c": true} ]}"#, r#"{"a":[{"c":true,"d":null}],"b":1}"#),
            (r#"{"value": 16.50}"#, r#"{"value":16.50}"#),
            (r#"{"value": 0.10000000000000000000001}"#, r#"{"value":0.10000000000000000000001}"#),
            // U+E000 comes after the surrogates of U+1F600, as RFC 8785 sorts them.
            ("{\"\u{e000}\": 1, \"\u{1f600}\": 2}", "{\"\u{1f600}\":2,\"\u{e000}\":1}"),
        ] {
            let value: Value = serde_json::from_str(text)?;
            assert_eq!(canonical(&value).map_err(|problem| problem.to_string())?, bytes);
        }
        Ok(())
    }

    #[test]
    fn the_hash_is_sha_256() {
        assert_eq!(hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
