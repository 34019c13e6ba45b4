//! Reading JSON strictly: one document, no name twice in an object, bounded depth, and no object taken for a number.

use std::collections::HashSet;
use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::problem::Problem;
use super::problems;

/// Most levels of objects and lists in one another.
pub const DEPTH: usize = 100;

/// Reads bytes as one JSON document.
///
/// # Errors
/// `malformed_json` with line and column: syntax, nesting beyond [`DEPTH`], a name that stands twice.
pub fn read(bytes: &[u8]) -> Result<Value, Problem> {
    if deeper_than(bytes, DEPTH) {
        return Err(Problem::new(problems::MALFORMED_JSON, format!("The body nests deeper than {DEPTH} levels.")));
    }
    parse(bytes)
        .map_err(|error| Problem::new(problems::MALFORMED_JSON, format!("The body is not valid JSON: {error}.")))
}

/// Reads a row that begins on this line of a content as one JSON document.
///
/// # Errors
/// As [`read`], with the line of the content and the column within the row.
pub fn read_row(bytes: &[u8], line: u32) -> Result<Value, Problem> {
    let malformed = |detail| Problem::new(problems::MALFORMED_JSON, detail);
    if deeper_than(bytes, DEPTH) {
        return Err(malformed(format!("The row on line {line} nests deeper than {DEPTH} levels.")));
    }
    parse(bytes).map_err(|error| {
        let told = error.to_string();
        let told = told.rsplit_once(" at line ").map_or(told.as_str(), |(what, _)| what);
        let line = line as usize + error.line().saturating_sub(1);
        malformed(format!("The row is not valid JSON: {told} at line {line}, column {} of the row.", error.column()))
    })
}

fn parse(bytes: &[u8]) -> Result<Value, serde_json::Error> {
    serde_json::from_slice::<Distinct>(bytes).and_then(|_| serde_json::from_slice(bytes))
}

/// Whether brackets open to more than this many levels, as far as texts are told from what stands outside them.
fn deeper_than(bytes: &[u8], levels: usize) -> bool {
    let (mut depth, mut in_text, mut escaped) = (0usize, false, false);
    for byte in bytes {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = in_text,
            b'"' => in_text = !in_text,
            b'[' | b'{' if !in_text => depth += 1,
            b']' | b'}' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > levels {
            return true;
        }
    }
    false
}

/// Any JSON whose objects have each name once. serde_json's own `Value` silently keeps the last of two.
struct Distinct;

impl<'de> Deserialize<'de> for Distinct {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DistinctVisitor)
    }
}

struct DistinctVisitor;

impl<'de> Visitor<'de> for DistinctVisitor {
    type Value = Distinct;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Distinct, E> {
        Ok(Distinct)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Distinct, E> {
        Ok(Distinct)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Distinct, E> {
        Ok(Distinct)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Distinct, E> {
        Ok(Distinct)
    }

    fn visit_str<E>(self, _: &str) -> Result<Distinct, E> {
        Ok(Distinct)
    }

    fn visit_unit<E>(self) -> Result<Distinct, E> {
        Ok(Distinct)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Distinct, A::Error> {
        while entries.next_element::<Distinct>()?.is_some() {}
        Ok(Distinct)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Distinct, A::Error> {
        let mut names = HashSet::new();
        while let Some(name) = fields.next_key::<String>()? {
            if name == NUMBER {
                fields.next_value::<Digits>()?;
            } else {
                fields.next_value::<Distinct>()?;
            }
            if names.contains(&name) {
                return Err(de::Error::custom(format!("the name `{name}` stands twice in one object")));
            }
            names.insert(name);
        }
        Ok(Distinct)
    }
}

/// Name under which serde_json hands over a number's digits, as a map of one entry: an object that has it would be
/// taken for a number.
pub(super) const NUMBER: &str = "$serde_json::private::Number";

/// The digits of a number, which serde_json made into a text of its own; a text of the document is only lent.
struct Digits;

impl<'de> Deserialize<'de> for Digits {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DigitsVisitor)
    }
}

struct DigitsVisitor;

impl Visitor<'_> for DigitsVisitor {
    type Value = Digits;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no name `{NUMBER}` in an object")
    }

    fn visit_str<E: de::Error>(self, told: &str) -> Result<Digits, E> {
        Err(de::Error::invalid_value(de::Unexpected::Str(told), &self))
    }

    fn visit_string<E>(self, _: String) -> Result<Digits, E> {
        Ok(Digits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nesting_ends_at_its_limit() {
        let nested = |levels: usize| format!("{}1{}", "[".repeat(levels), "]".repeat(levels));
        assert!(read(nested(DEPTH).as_bytes()).is_ok());
        assert!(read(nested(DEPTH + 1).as_bytes()).is_err());
        let text = format!("\"{}\\\"{}\"", "[".repeat(200), "{".repeat(200));
        assert!(read(text.as_bytes()).is_ok());
        assert!(read(format!("[{}]", vec!["{}"; 500].join(",")).as_bytes()).is_ok());
    }

    #[test]
    fn refuses_what_json_readers_let_pass() {
        let deep = "[".repeat(100_000);
        for bad in [
            "",
            "{",
            "{\"a\":1,\"a\":2}",
            "{\"a\":{\"b\":1,\"b\":1}}",
            "NaN",
            "{\"v\":NaN}",
            "1 2",
            "{\"a\":01}",
            "{\"a\":{\"$serde_json::private::Number\":\"1\"}}",
            "{\"a\":{\"\\u0024serde_json::private::Number\":\"\\u0031\"}}",
            "{\"a\":{\"$serde_json::private::Number\":1}}",
            deep.as_str(),
        ] {
            assert!(read(bad.as_bytes()).is_err(), "{}", &bad[..bad.len().min(20)]);
        }
        for good in ["{\"a\":1,\"b\":{\"a\":1e400}}", "[1,1.50,-0,\"\\u0000\"]", "null"] {
            assert!(read(good.as_bytes()).is_ok(), "{good}");
        }
    }
}
