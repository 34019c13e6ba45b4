//! Every operation's own example, executed on the demonstration: each on a copy of its own.

use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;

use performance_framework::demo::{self, Keys};

use crate::support::db::Template;
use crate::support::document::{Operation, operations};
use crate::support::{App, Role};

/// The keys with which the demonstration was loaded stand for no example: these have one scope each.
const PROVIDER: &str = "example-provider";

/// A database with the demonstration loaded through the API.
fn demonstration() -> &'static Template {
    static LOADED: OnceLock<Template> = OnceLock::new();
    LOADED.get_or_init(|| {
        let app = App::start();
        let provider = app.key_of("case-system", &["read", "submit"]);
        let officer = app.key_of("performance-officer", &["read", "approve", "configure"]);
        app.key_of(PROVIDER, &["read"]);
        let loaded = demo::load(app.base(), &Keys { provider, officer }).unwrap_or_else(|error| panic!("{error}"));
        assert!(loaded.made > 500, "{loaded:?}");
        app.into_database().into_template()
    })
}

/// Executes one example on a copy of the demonstration.
fn execute(operation: &Operation) -> Result<(), String> {
    let app = App::copy_of(demonstration());
    let id = app.sql().value(&format!("SELECT id FROM api_keys WHERE name = '{PROVIDER}'"));
    let answer = operation.try_example(&app.by(Role::Admin), &id);
    let documented = operation.told["responses"][answer.status.to_string()].is_object();
    let good = (200..300).contains(&answer.status) && documented;
    if good { Ok(()) } else { Err(format!("{operation}: {answer}")) }
}

#[test]
fn every_example_can_be_executed_on_the_demonstration() {
    let waiting = Mutex::new(operations());
    let failed = Mutex::new(Vec::new());
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).pop();
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(operation) = next() {
                    if let Err(told) = execute(&operation) {
                        failed.lock().unwrap_or_else(PoisonError::into_inner).push(told);
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().unwrap_or_else(PoisonError::into_inner);
    assert!(failed.is_empty(), "examples that fail:\n{}", failed.join("\n"));
}

#[test]
fn the_demonstration_tells_what_it_should() {
    let app = App::copy_of(demonstration());
    let get = |quarter: &str| {
        let path = format!("frameworks/CSPF-2024-28/scorecard?quarter={quarter}");
        let card = app.reader().get(&path).call().must_be(200).json();
        let outcomes = card["outcomes"].as_array().unwrap().clone();
        let measures: Vec<_> =
            outcomes.iter().flat_map(|outcome| outcome["measures"].as_array().unwrap().clone()).collect();
        measures.into_iter().find(|measure| measure["code"] == "EDU-01").unwrap()
    };
    let before = get("2024-25-Q4");
    assert_eq!(before["rag"]["explanation"], "red because 16.5 is below the floor 49.5 = 55 less 10 %");
    let after = get("2025-26-Q1");
    assert_eq!((&after["rag"]["status"], &after["direction"]["short"]["result"]), (&"red".into(), &"improving".into()));
    assert_eq!(after["distance"]["percent_of_gap_closed"].to_string(), "19.5");
    assert_eq!((&before["target_source"], &after["target_source"]), (&"decision".into(), &"decision".into()));
    let path = "measures/EDU-01-CY/comparators?data_period=CY2024";
    let beside = app.reader().get(path).call().must_be(200).json();
    let standing = &beside["standing"];
    assert_eq!((&standing["rank"], &standing["out_of"], &standing["quartile"]), (&79.into(), &150.into(), &"C".into()));
    let neighbours = beside["groups"].as_array().unwrap().iter().find(|group| group["code"] == "SN-SHEFFIELD").unwrap();
    assert_eq!((&neighbours["contributors"], &neighbours["members"]), (&10.into(), &10.into()));
}

#[test]
fn the_demonstration_tells_the_story_of_ehc_plans() {
    let app = App::copy_of(demonstration());
    let read = |path: &str| app.reader().get(path).call().must_be(200).json();
    let plan = read("recovery-plans/EDU-01-2025-03");
    assert_eq!((&plan["state"], &plan["result"]["assessment"]), (&"ineffective".into(), &"no_effect".into()));
    let progress = read("recovery-plans/EDU-01-2025-03/progress");
    let point = &progress["points"][0];
    assert_eq!((point["expected"].to_string().as_str(), point["actual"].to_string().as_str()), ("50", "16.5"));
    assert_eq!((&point["standing"], &progress["newest_due_missed"]), (&"missed".into(), &true.into()));
    let issue = read("issues-of-concern/FP-2025-06-16-EHC");
    assert_eq!((&issue["state"], &issue["referred"]), (&"accepted".into(), &true.into()));
    assert_eq!((&issue["clause"], &issue["measures"]), (&"c".into(), &serde_json::json!(["EDU-01", "EDU-02"])));
}

#[test]
fn loading_the_demonstration_again_changes_nothing() {
    let app = App::copy_of(demonstration());
    let provider = app.key_of("case-system", &["read", "submit"]);
    let officer = app.key_of("performance-officer", &["read", "approve", "configure"]);
    let before = app.everything();
    let again = demo::load(app.base(), &Keys { provider, officer }).unwrap();
    assert_eq!(again.made, 0);
    assert_eq!(app.everything(), before);
}
