//! The document as it is checked in and served.

use std::fs;
use std::path::Path;

use performance_framework::openapi::generated;
use serde_json::json;

use crate::support::App;
use crate::support::document::document;

#[test]
fn what_is_generated_and_checked_in_is_what_the_code_makes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (path, text) in generated::files() {
        let kept = fs::read_to_string(root.join(path)).unwrap_or_default();
        let line = kept.lines().zip(text.lines()).position(|(kept, made)| kept != made).unwrap_or_default() + 1;
        assert!(kept == text, "{path} is not what the code makes, from line {line} on: run `cargo run -- openapi`");
    }
}

#[test]
fn the_document_is_served_to_everybody() {
    let app = App::start();
    let served = app.anonymous().get("/openapi.json").call().must_be(200);
    assert_eq!((served.header("content-type"), &served.json()), ("application/json", document()));
}

#[test]
fn the_document_names_its_version_licence_and_scheme() {
    let document = document();
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(document["info"]["version"], env!("CARGO_PKG_VERSION"));
    assert!(document["info"]["license"]["name"].is_string());
    let scheme = &document["components"]["securitySchemes"]["api_key"];
    assert_eq!((&scheme["type"], &scheme["scheme"]), (&json!("http"), &json!("bearer")));
}
