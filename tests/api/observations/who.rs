//! Who sees which rows, in every form: limited callers theirs, members and the public what is published, the past what was known.

use serde_json::{Value, json};

use super::{council, get, items, keys, retarget, settle};
use crate::support::App;

/// A caller with this grant.
pub fn caller(app: &App, grant: Value) -> crate::support::Client {
    let body = json!({"name": format!("a caller with {grant}"), "grants": [grant]});
    let made = app.admin().post("keys").send(&body).must_be(201).json();
    app.anonymous().with_key(made["key"].as_str().unwrap())
}

#[test]
fn a_limited_caller_sees_its_own_rows_in_every_form() {
    let app = council();
    let limited = caller(&app, json!({"role": "provider", "measure": "M-2"}));
    let rows = limited.get("observations?count=true").call().must_be(200).json();
    assert_eq!(
        keys(rows["items"].as_array().unwrap()),
        ["M-2 2024-25-Q1 sex Female", "M-2 2024-25-Q1 sex Male", "M-2 2024-25-Q1 total total"]
    );
    assert_eq!(rows["total"], 3);
    for form in ["csv", "ndjson", "jsonstat", "ees"] {
        let told = limited.get(&format!("observations?format={form}")).call().must_be(200).text();
        assert!(told.contains("M-2") && !told.contains("M-1"), "{form}");
    }
    assert_eq!(limited.get("observations?measure=M-1&sort=rag").call().must_be(200).json()["items"], json!([]));
}

#[test]
fn whose_answer_it_is_shows_in_the_tag() {
    let app = council();
    settle(&app);
    let tag =
        |client: &crate::support::Client| client.get("observations").call().must_be(200).header("etag").to_owned();
    let first = caller(&app, json!({"role": "provider", "measure": "M-1"}));
    let second = caller(&app, json!({"role": "provider", "measure": "M-2"}));
    let tags = [tag(&app.reader()), tag(&first), tag(&second)];
    assert!(tags[0] != tags[1] && tags[1] != tags[2] && tags[0] != tags[2], "{tags:?}");
    let told = second.get("observations").header("If-None-Match", &tags[0]).call().must_be(200);
    assert!(!told.text().contains("M-1"));
}

#[test]
fn the_public_sees_what_is_published_and_is_told_of_nothing_else() {
    let app = council();
    app.meeting("MT-1").create();
    app.decision("D-1").create();
    app.editor().patch("frameworks/F").send(&json!({"status": "adopted", "adopted_by": "D-1"})).must_be(200);
    app.officer().post("quarterly-submissions/M-1/2024-25-Q2/publish").call().must_be(200);
    let public = caller(&app, json!({"role": "public"}));
    let shown = || public.get("observations").call().must_be(200);
    let before = shown();
    assert_eq!(keys(before.json()["items"].as_array().unwrap()), ["M-1 2024-25-Q2 total total"]);
    assert_eq!(before.json()["items"][0]["owner"], json!(null));
    assert_eq!(before.json()["changed_since"], json!(null));
    public.get("observations?changed_since=MS4x").call().must_be(403);
    app.submission("M-1", "2025-26-Q1").set("value", 50).approved();
    assert_eq!(shown().header("etag"), before.header("etag"), "a hidden write shows in the tag");
    app.officer().post("quarterly-submissions/M-1/2025-26-Q1/publish").call().must_be(200);
    let after = shown();
    assert_ne!(after.header("etag"), before.header("etag"));
    assert_eq!(after.json()["items"].as_array().unwrap().len(), 2);
}

/// Puts a report's exempt parts in the place of those before.
fn exempt(app: &App, parts: &[Value]) {
    let part = |part: &Value| {
        let mut part = part.clone();
        part["paragraph"] = json!(3);
        part["public_interest"] = json!("It names a firm.");
        part
    };
    let parts: Vec<Value> = parts.iter().map(part).collect();
    let path = "quarterly-reports/F/2024-25-Q1/exempt";
    app.clerk().post(path).send(&json!({"parts": parts})).must_be(200);
}

/// A council that published three figures of a quarter, with a report of it, and nobody's name but an owner's.
fn with_report() -> App {
    let app = council();
    app.measure("M-3").create();
    app.submission("M-3", "2024-25-Q1").set("value", 60).approved();
    app.meeting("MT-1").create();
    app.decision("D-1").create();
    app.editor().patch("frameworks/F").send(&json!({"status": "adopted", "adopted_by": "D-1"})).must_be(200);
    app.editor().patch("measures/M-1").send(&json!({"owner": "Ada Adams"})).must_be(200);
    for measure in ["M-1", "M-2", "M-3"] {
        app.officer().post(&format!("quarterly-submissions/{measure}/2024-25-Q1/publish")).call().must_be(200);
    }
    app.editor().put("quarterly-reports/F/2024-25-Q1").send(&json!({"overview": "All is well."})).must_be(201);
    app
}

#[test]
fn what_is_exempt_is_hidden_at_once() {
    let app = with_report();
    let public = caller(&app, json!({"role": "public"}));
    let mut tags = Vec::new();
    for (measure, hidden) in [("M-1", 0), ("M-3", 1), ("M-1", 0)] {
        exempt(&app, &[json!({"part": "measure", "measure": measure})]);
        let told = public.get("observations?quarter=2024-25-Q1&measure=M-1,M-3").call().must_be(200);
        let rows = told.json()["items"].take();
        let symbols = [&rows[0]["value_symbol"], &rows[1]["value_symbol"]];
        assert_eq!((symbols[hidden], symbols[1 - hidden]), (&json!("c"), &Value::Null), "{measure} is exempt");
        tags.push(told.header("etag").to_owned());
    }
    assert_ne!(tags[0], tags[1], "the public keeps what is no longer shown");
}

#[test]
fn pages_in_memory_are_of_one_audience_each() {
    let app = with_report();
    exempt(
        &app,
        &[
            json!({"part": "narrative", "measure": "M-2", "section": "challenges"}),
            json!({"part": "measure", "measure": "M-1"}),
        ],
    );
    let eyes = [app.reader(), caller(&app, json!({"role": "member"})), caller(&app, json!({"role": "public"}))];
    settle(&app);
    let told = |client: &crate::support::Client| {
        let answer = client.get("observations?quarter=2024-25-Q1&dimension=total").call().must_be(200);
        (answer.text(), answer.header("etag").to_owned())
    };
    let first: Vec<_> = eyes.iter().map(told).collect();
    let shown = |(text, _): &(String, String)| {
        let rows: Value = serde_json::from_str(text).unwrap();
        ["/items/0/owner", "/items/0/value", "/items/1/narrative_challenges"]
            .map(|place| rows.pointer(place).is_some_and(|told| !told.is_null()))
    };
    let wanted = [[true, true, true], [false, true, true], [false, false, false]];
    assert_eq!(first.iter().map(shown).collect::<Vec<_>>(), wanted, "{first:?}");
    for round in 0..3 {
        for at in [2, 0, 1, 1, 0, 2] {
            assert_eq!(told(&eyes[at]), first[at], "round {round}");
        }
    }
    for (at, client) in eyes.iter().enumerate() {
        for (other, (_, tag)) in first.iter().enumerate() {
            let asked = client.get("observations?quarter=2024-25-Q1&dimension=total").header("If-None-Match", tag);
            asked.call().must_be(if at == other { 304 } else { 200 });
        }
    }
}

#[test]
fn the_past_is_as_it_was_known() {
    let app = council();
    let then = app.sql().value("SELECT clock_timestamp()").replace(' ', "T").replace("+00", "Z");
    let before = items(&app, "");
    retarget(&app, 10);
    app.submission("M-1", "2025-26-Q1").set("value", 50).approved();
    assert_ne!(items(&app, ""), before);
    assert_eq!(items(&app, &format!("?limit=2&as_of={then}")), before);
    let told = get(&app, &format!("?format=csv&as_of={then}")).must_be(200);
    assert_eq!(told.text().lines().filter(|line| line.starts_with("F,")).count(), before.len());
    assert!(!told.header("memento-datetime").is_empty());
    get(&app, "?as_of=2999-01-01T00:00:00Z").must_be(422);
}
