//! `changed_since`: what changed, and what is gone; nothing that was committed late is passed over.

use serde_json::{Value, json};

use super::{correct, council, get, keys, retarget, settle};
use crate::support::App;

/// The first text to ask by.
fn begin(app: &App) -> String {
    settle(app);
    get(app, "").must_be(200).json()["changed_since"].as_str().unwrap().to_owned()
}

/// All pages of what changed: rows, keys of what is gone, and the text for the next time.
fn changed(app: &App, since: &str, filter: &str) -> (Vec<String>, Vec<String>, String) {
    let mut page = get(app, &format!("?limit=2&changed_since={since}{filter}")).must_be(200).json();
    let (mut rows, mut gone) = (Vec::new(), Vec::new());
    let then = page["changed_since"].as_str().unwrap().to_owned();
    loop {
        rows.extend(keys(page["items"].as_array().unwrap()));
        gone.extend(keys(page["removed"].as_array().unwrap()));
        assert_eq!(page["changed_since"], then);
        let Some(next) = page["next"].as_str() else { break };
        page = app.reader().follow(next).call().must_be(200).json();
    }
    (rows, gone, then)
}

#[test]
fn what_changed_is_told_and_nothing_when_nothing_did() {
    let app = council();
    let since = begin(&app);
    assert_eq!(changed(&app, &since, ""), (vec![], vec![], since.clone()));
    app.submission("M-1", "2025-26-Q1").set("value", 50).approved();
    settle(&app);
    let (rows, gone, then) = changed(&app, &since, "");
    assert!(rows.contains(&"M-1 2025-26-Q1 total total".to_owned()) && gone.is_empty(), "{rows:?} {gone:?}");
    assert!(rows.iter().all(|row| row.starts_with("M-1 ")), "{rows:?}");
    assert_eq!(changed(&app, &then, "").0, Vec::<String>::new());
    app.target("M-2", "2024-25", 40).set("kind", "at_most").create();
    assert!(
        changed(&app, &then, "").0.contains(&"M-2 2024-25-Q1 total total".to_owned()),
        "a target changes the colour"
    );
    settle(&app);
    let (_, _, then) = changed(&app, &then, "");
    app.submission("M-1", "2025-26-Q2").set("value", 50).create();
    assert_eq!(changed(&app, &then, "").0, Vec::<String>::new(), "a draft is no row");
}

#[test]
fn what_is_gone_is_named() {
    let app = council();
    let since = begin(&app);
    let corrected = json!({"value": 30, "breakdowns": [{"dimension": "sex", "category": "Female", "value": 30}]});
    correct(&app, "M-2", "2024-25-Q1", &corrected);
    let (rows, gone, _) = changed(&app, &since, "");
    assert_eq!(rows, ["M-2 2024-25-Q1 sex Female", "M-2 2024-25-Q1 total total"]);
    assert_eq!(gone, ["M-2 2024-25-Q1 sex Male"]);
}

#[test]
fn a_row_that_no_longer_fits_the_filter_is_gone_for_whoever_asks_by_it() {
    let app = council();
    let since = begin(&app);
    let red = |since: &str| changed(&app, since, "&rag=red&measure=M-1");
    retarget(&app, 10);
    let (rows, gone, _) = red(&since);
    assert!(rows.is_empty() && gone.contains(&"M-1 2024-25-Q2 total total".to_owned()), "{rows:?} {gone:?}");
}

#[test]
fn two_writers_interleave_and_neither_is_passed_over() {
    let app = council();
    let (slow, fast) = (app.another_sql(), app.another_sql());
    let since = begin(&app);
    slow.run("BEGIN");
    slow.run("UPDATE targets SET value = 41 WHERE measure = 'M-1'");
    fast.run("UPDATE measures SET title = 'Fast' WHERE code = 'M-2'");
    let (rows, _, then) = changed(&app, &since, "");
    assert!(rows.iter().all(|row| row.starts_with("M-2 ")) && !rows.is_empty(), "{rows:?}");
    slow.run("COMMIT");
    settle(&app);
    let (rows, _, last) = changed(&app, &then, "");
    assert!(rows.contains(&"M-1 2024-25-Q4 total total".to_owned()), "the late one is passed over: {rows:?}");
    assert_eq!(changed(&app, &last, "").0, Vec::<String>::new());
    let told: Value = get(&app, "?measure=M-1&quarter=2024-25-Q4").must_be(200).json()["items"][0]["target"].clone();
    assert_eq!(told, 41);
}

#[test]
fn it_is_of_now_in_pages_of_json() {
    let app = council();
    let since = begin(&app);
    for query in ["&format=csv", "&sort=value", "&as_of=2025-01-01T00:00:00Z"] {
        get(&app, &format!("?changed_since={since}{query}")).must_be(400);
    }
}
