//! Everything that is generated from the code and checked in; a test fails when a file and the code differ.

use std::fmt::Write;

use serde_json::Value;

use super::{document, matrix};
use crate::config::{SETTINGS, traffic, webhooks};
use crate::http::problems;

/// Every generated file, below the root of the project, with its text.
pub fn files() -> Vec<(&'static str, String)> {
    let document = &document();
    let json = serde_json::to_string_pretty(document).unwrap_or_default() + "\n";
    vec![
        ("openapi/openapi.json", json),
        ("openapi/openapi.yaml", yaml_serde::to_string(&yaml(document)).unwrap_or_default()),
        ("docs/access-matrix.txt", matrix::text(document)),
        ("docs/problems.md", problem_table()),
        ("docs/settings.md", setting_table()),
    ]
}

/// The same document for YAML, whose writer does not know serde_json's exact numbers.
fn yaml(value: &Value) -> yaml_serde::Value {
    use yaml_serde::Value as Yaml;
    match value {
        Value::Null => Yaml::Null,
        Value::Bool(flag) => Yaml::Bool(*flag),
        Value::String(text) => Yaml::String(text.clone()),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => Yaml::Number(whole.into()),
            (None, Some(fraction)) => Yaml::Number(fraction.into()),
            (None, None) => Yaml::Null,
        },
        Value::Array(entries) => Yaml::Sequence(entries.iter().map(yaml).collect()),
        Value::Object(fields) => {
            Yaml::Mapping(fields.iter().map(|(name, inner)| (Yaml::String(name.clone()), yaml(inner))).collect())
        }
    }
}

fn problem_table() -> String {
    let mut text = String::from(
        "# Problems\n\nEvery error is `application/problem+json` (RFC 9457). `code` is stable; its address is `/problems/{code}`. \
         Made by `performance-framework openapi` from `src/http/problems.rs`.\n\n| Code | Status | What it means | What to do |\n|---|---|---|---|\n",
    );
    for kind in problems::ALL {
        let _ =
            writeln!(text, "| `{}` | {} | {}. {} | {} |", kind.code, kind.status, kind.title, kind.meaning, kind.mend);
    }
    text
}

fn setting_table() -> String {
    let mut text = String::from(
        "# Settings\n\nAll by environment, checked at start: a wrong value is named with what would be right, and the exit code is 2. \
         Made by `performance-framework openapi` from `src/config.rs`, `src/config/traffic.rs` and `src/config/webhooks.rs`.\n\n| Setting | Default | Meaning |\n|---|---|---|\n",
    );
    for (name, default, meaning) in SETTINGS.iter().chain(traffic::SETTINGS).chain(webhooks::SETTINGS) {
        let _ = writeln!(text, "| `{name}` | {default} | {meaning} |");
    }
    text
}
