//! The rules of the house, proved by reading the source: who may use whom, how long a file may be, what is forbidden.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use performance_framework::resources;

use crate::support::document::{Operation, operations};

/// Most lines in a file; `schema.rs` is generated.
const LONGEST_FILE: usize = 300;

/// What each part of the source may use of the others. A part that is not here stands above all others.
const MAY_USE: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("http", &[]),
    ("db", &[]),
    ("config", &["access", "domain", "tls"]),
    ("clock", &["domain"]),
    ("tls", &[]),
    ("listing", &["db", "http"]),
    ("retry", &["db", "http"]),
    ("meta", &["db", "http"]),
    ("refusal", &["db", "http", "resources"]),
    ("access", &["clock", "db", "domain", "http", "listing", "retry"]),
    ("audit", &["access", "db", "http"]),
    ("bi", &["access", "audit", "clock", "db", "domain", "http", "limits", "reports", "resources"]),
    ("bulk", &["access", "audit", "clock", "db", "domain", "http", "listing", "reports", "resources", "retry"]),
    ("odata", &["access", "bi", "clock", "db", "http", "limits"]),
    ("limits", &["access", "bulk", "config", "db", "http", "retry"]),
    ("resources", &["access", "clock", "db", "domain", "http", "listing", "refusal", "retry"]),
    ("reports", &["access", "clock", "db", "domain", "http", "resources", "retry"]),
    ("webhooks", &["audit", "clock", "db", "domain", "resources"]),
    ("demo", &["domain", "http", "resources"]),
];

/// What the domain may use besides itself.
const OF_THE_DOMAIN: &[&str] =
    &["std", "chrono", "rust_decimal", "serde", "strum", "utoipa", "thiserror", "super", "self"];

/// The one test that the runner passes over: it is run by another one, in a process that is killed.
const MAY_BE_PASSED_OVER: &str = "src/db/embedded/tests.rs";

/// A source file: its path below the project, and its text.
struct File {
    path: String,
    text: String,
}

impl File {
    /// Its lines of code with their numbers: comments are left out.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate().map(|(at, line)| (at + 1, line));
        lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// The part of the source that it belongs to, such as `domain`.
    fn part(&self) -> &str {
        let below = self.path.strip_prefix("src/").unwrap_or(&self.path);
        below.split('/').next().unwrap_or_default().trim_end_matches(".rs")
    }

    /// Names of the macros that it exports, which are then named as if they stood at the root.
    fn exports(&self) -> impl Iterator<Item = String> {
        let after = self.text.split("#[macro_export]\nmacro_rules! ").skip(1);
        after.filter_map(|rest| rest.split(' ').next().map(str::to_owned))
    }

    /// Every part of ours that it names, with the line; macros by the part that exports them.
    fn uses(&self, macros: &BTreeMap<String, String>) -> BTreeSet<(usize, String)> {
        let mut found = BTreeSet::new();
        for (number, line) in self.code() {
            for (at, _) in line.match_indices("crate::") {
                let rest = &line[at + "crate::".len()..];
                let list = rest.strip_prefix('{').map(|rest| rest.split('}').next().unwrap_or_default());
                for name in list.unwrap_or(rest).split(',').take(if list.is_some() { usize::MAX } else { 1 }) {
                    let end = |c: char| !c.is_alphanumeric() && c != '_';
                    let name = name.trim().split(end).next().unwrap_or_default();
                    found.insert((number, macros.get(name).map_or(name, String::as_str).to_owned()));
                }
            }
        }
        found
    }
}

/// Every Rust file below a folder of the project.
fn files(folder: &str) -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders = vec![root.join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push(File { path: path.strip_prefix(root).unwrap().to_str().unwrap().to_owned(), text });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// Every Rust file of the project.
fn all_files() -> Vec<File> {
    let mut all = files("src");
    all.extend(files("tests"));
    assert!(all.len() > 150, "only {} files are looked at", all.len());
    all
}

/// Stops the test and names every place.
#[track_caller]
fn none(what: &str, places: Vec<String>) {
    assert!(places.is_empty(), "{what}:\n{}", places.join("\n"));
}

#[test]
fn dependencies_point_one_way() {
    let all = files("src");
    let macros: BTreeMap<String, String> =
        all.iter().flat_map(|file| file.exports().map(|name| (name, file.part().to_owned()))).collect();
    let mut wrong = Vec::new();
    for file in &all {
        let Some((part, allowed)) = MAY_USE.iter().find(|(part, _)| *part == file.part()) else { continue };
        for (line, used) in file.uses(&macros) {
            if used != *part && !allowed.contains(&used.as_str()) {
                wrong.push(format!("{}:{line} uses {used}; {part} may use {allowed:?}", file.path));
            }
        }
    }
    none("dependencies against the grain", wrong);
}

#[test]
fn the_domain_knows_no_web_and_no_database() {
    let mut wrong = Vec::new();
    for file in files("src/domain") {
        let tests_begin = file.text.find("#[cfg(test)]").map_or(usize::MAX, |at| file.text[..at].lines().count());
        let is_test = file.path.ends_with("/tests.rs") || file.path.ends_with("/fixtures.rs");
        for (number, line) in file.code().filter(|(number, _)| !is_test && *number <= tests_begin) {
            let used =
                line.trim().trim_start_matches("pub ").strip_prefix("use ").and_then(|rest| rest.split("::").next());
            let known =
                |root: &str| OF_THE_DOMAIN.contains(&root) || root == "crate" || root.chars().all(char::is_uppercase);
            if used.is_some_and(|root| !known(root) && root.chars().next().is_some_and(char::is_lowercase)) {
                wrong.push(format!("{}:{number} {}", file.path, line.trim()));
            }
            for foreign in ["actix", "diesel", "tokio", "serde_json", "ureq"] {
                if line.contains(&format!("{foreign}::")) || line.contains(&format!("{foreign}_web")) {
                    wrong.push(format!("{}:{number} {}", file.path, line.trim()));
                }
            }
        }
    }
    none("the domain uses what it must not know", wrong);
}

#[test]
fn no_file_is_long_and_each_says_what_it_is() {
    let mut wrong = Vec::new();
    for file in all_files().iter().filter(|file| file.path != "src/db/schema.rs") {
        let lines = file.text.lines().count();
        if lines > LONGEST_FILE {
            wrong.push(format!("{} has {lines} lines, more than {LONGEST_FILE}", file.path));
        }
        if !file.text.starts_with("//! ") {
            wrong.push(format!("{} does not open with a sentence (`//!`) that says what it is", file.path));
        }
    }
    none("files out of order", wrong);
}

#[test]
fn what_is_forbidden_is_nowhere() {
    // Put together here, so that this file does not hold them itself.
    let everywhere = [
        concat!("#[", "allow"),
        concat!("#![", "allow"),
        concat!("todo", "!("),
        concat!("unimplemented", "!("),
        concat!("#[", "ignore"),
        concat!("dbg", "!("),
    ];
    let in_the_service =
        [concat!(".rou", "te("), concat!("Utc::", "now"), concat!("Local::", "now"), concat!("SystemTime::", "now")];
    let mut wrong = Vec::new();
    for file in all_files() {
        let clock = file.path == "src/clock.rs";
        for (number, line) in file.code() {
            let forbidden = everywhere.iter().chain(in_the_service.iter().filter(|_| !clock));
            let passed_over = |word: &str| word.ends_with("ignore") && file.path == MAY_BE_PASSED_OVER;
            for word in forbidden.filter(|word| line.contains(**word) && !passed_over(word)) {
                wrong.push(format!("{}:{number} has {word}", file.path));
            }
        }
    }
    none("forbidden words", wrong);
}

/// Who may have the database without a caller: the program itself, the search for who calls, the work that a caller left behind, the
/// question whether it is there, who delivers what callers did, and whether anything was written since and which measures that
/// touches. The log tells this of everything, also to callers who may not read it: what they are told of the answer is chosen by their
/// own database.
const PAST_A_CALLER: &[&str] = &[
    "src/access/authenticate.rs",
    "src/access/caller.rs",
    "src/app.rs",
    "src/bi/changed.rs",
    "src/bi/handlers.rs",
    "src/bi/version.rs",
    "src/bulk/worker.rs",
    "src/commands/direct.rs",
    "src/db/mod.rs",
    "src/meta/health.rs",
    "src/webhooks/deliverer.rs",
];

#[test]
fn no_handler_has_the_database_without_its_caller() {
    let named = |file: &&File| {
        file.code().any(|(_, line)| {
            (line.contains("Connections") && !line.contains("\"Connections")) || line.contains("Db::new(")
        })
    };
    let found: Vec<String> = files("src").iter().filter(named).map(|file| file.path.clone()).collect();
    assert_eq!(found, PAST_A_CALLER, "take `db: Db` after the caller: it reaches as far as the caller's grants");
}

/// What can be done at the addresses of a resource's collection and members, as its tests are called.
fn verbs(resource: &str) -> BTreeSet<&'static str> {
    let collection = format!("/api/v1/{}", resource.replace('_', "-"));
    let of = |operation: &Operation| {
        let below = operation.path.strip_prefix(&collection)?;
        let member = below.starts_with("/{") && below.split('/').skip(1).all(|part| part.starts_with('{'));
        match (operation.method.as_str(), below.is_empty(), member) {
            ("GET", true, _) => Some("list"),
            ("POST", true, _) => Some("create"),
            ("GET", _, true) => Some("get"),
            ("PUT", _, true) => Some("put"),
            ("PATCH", _, true) => Some("patch"),
            ("DELETE", _, true) => Some("delete"),
            _ => None,
        }
    };
    let found: BTreeSet<_> = operations().iter().filter_map(of).collect();
    assert!(found.contains("list") && found.contains("get"), "{resource} cannot be read");
    found
}

#[test]
fn every_resource_is_registered_and_tested() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = fs::read_dir(root.join("src/resources")).unwrap().map(|entry| entry.unwrap().path());
    let folders: BTreeSet<String> = folders
        .filter(|path| path.is_dir())
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    let registered: BTreeSet<String> = resources::ALL.iter().map(|resource| resource.name.replace('-', "_")).collect();
    assert_eq!(folders, registered, "folders under src/resources, and resources::ALL");
    for resource in &registered {
        for verb in verbs(resource) {
            let tests = format!("tests/api/{resource}/{verb}.rs");
            let text = fs::read_to_string(root.join(&tests)).unwrap_or_default();
            assert!(text.contains("#[test]"), "there are no tests in {tests}");
        }
    }
}

#[test]
fn every_file_of_tests_is_compiled() {
    let mut wrong = Vec::new();
    let all = files("tests/api");
    for file in &all {
        let path = Path::new(&file.path);
        let name = path.file_stem().unwrap().to_str().unwrap();
        let (name, folder) = if name == "mod" {
            (path.parent().unwrap().file_name().unwrap().to_str().unwrap(), path.parent().unwrap().parent().unwrap())
        } else {
            (name, path.parent().unwrap())
        };
        let parents = [folder.join("mod.rs"), folder.join("main.rs")];
        let declared =
            all.iter().filter(|other| parents.iter().any(|parent| Path::new(&other.path) == parent)).any(|parent| {
                ["mod", "pub mod"].iter().any(|word| {
                    parent.text.contains(&format!("\n{word} {name};"))
                        || parent.text.contains(&format!("\n{word} r#{name};"))
                })
            });
        if file.path != "tests/api/main.rs" && !declared {
            wrong.push(format!("{} is declared by no `mod`", file.path));
        }
    }
    none("tests that never run", wrong);
}
