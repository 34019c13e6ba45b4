//! docs/security.md names the tests that hold each promise: each of them is there.

use std::fs;
use std::path::Path;

/// Names in back quotes that lead to a test: modules below `tests/api`, and the function.
fn tests_named(text: &str) -> Vec<Vec<&str>> {
    let quoted = text.split('`').skip(1).step_by(2);
    quoted.filter(|name| name.contains("::")).map(|name| name.split("::").collect()).collect()
}

#[test]
fn every_test_that_the_page_on_security_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("docs/security.md")).unwrap();
    let named = tests_named(&text);
    assert!(named.len() > 40, "only {} are named", named.len());
    for name in named {
        let (function, modules) = name.split_last().unwrap();
        let folder = root.join("tests/api").join(modules.join("/"));
        let file = [folder.with_extension("rs"), folder.join("mod.rs")].into_iter().find(|file| file.is_file());
        let source = file.and_then(|file| fs::read_to_string(file).ok()).unwrap_or_default();
        // Of a whole file, `*` stands for every test in it; of a folder, for those of its files.
        let there =
            if *function == "*" { source.contains("#[test]") } else { source.contains(&format!("fn {function}(")) };
        assert!(there, "{} is not there", name.join("::"));
    }
}
