//! A retired measure announces itself to whoever reads it, whichever way, and to nobody else.

use serde_json::json;

use super::who::caller;
use super::{council, settle};
use crate::support::{Answer, App, Client};

const SUNSET: &str = "Sat, 31 Mar 2035 23:00:00 GMT";

/// The council, in which `M-2` will be retired.
fn retiring() -> App {
    let app = council();
    let retired = json!({"status": "retired", "effective_from": "2035-36-Q1", "change_reason": "Replaced."});
    app.editor().patch("measures/M-2").send(&retired).must_be(200);
    settle(&app);
    app
}

/// What an answer tells of retired measures: since when, until when, and which.
fn told(answer: &Answer) -> (String, String, Vec<String>) {
    let links = answer.all("link").into_iter().filter(|link| link.contains("rel=\"deprecation\"")).collect();
    (answer.header("deprecation").to_owned(), answer.header("sunset").to_owned(), links)
}

fn nothing() -> (String, String, Vec<String>) {
    (String::new(), String::new(), Vec::new())
}

/// What is to be told of `M-2`.
fn of_it(app: &App) -> (String, String, Vec<String>) {
    let since = "SELECT '@' || floor(extract(epoch FROM created_at)) FROM measure_versions WHERE measure = 'M-2' AND version = 2";
    let link = "<https://performance.example.gov.uk/council/api/v1/measures/M-2>; rel=\"deprecation\"; type=\"application/json\"";
    (app.sql().value(since), SUNSET.to_owned(), vec![link.to_owned()])
}

/// Asks twice, so that the second may come from memory, and once with what is known.
fn each_way(client: &Client, path: &str) -> [(String, String, Vec<String>); 3] {
    let first = client.get(path).call().must_be(200);
    let second = client.get(path).call().must_be(200);
    let third = client.get(path).header("If-None-Match", first.header("etag")).call().must_be(304);
    [told(&first), told(&second), told(&third)]
}

#[test]
fn every_answer_that_it_can_be_in_says_so() {
    let app = retiring();
    let wanted = of_it(&app);
    for path in [
        "measures/M-2",
        "observations",
        "observations?limit=1",
        "observations?measure=M-2&format=json",
        "observations?format=csv",
        "observations?format=ndjson&measure=M-1,M-2",
        "observations?format=parquet&framework=F",
        "observations?format=csv&rag=not_rated",
        "/odata/v1/Observations",
        "/odata/v1/Observations?$filter=measure%20eq%20'M-2'%20and%20value%20gt%201",
        "/odata/v1/Observations/$count",
    ] {
        for way in each_way(&app.reader(), path) {
            assert_eq!(way, wanted, "{path}");
        }
    }
    for path in ["frameworks/F/scorecard?quarter=2024-25-Q1", "frameworks/F/scorecard?quarter=2024-25-Q1&format=csv"] {
        assert_eq!(told(&app.reader().get(path).call().must_be(200)), wanted, "{path}");
    }
    let first = app.reader().get("observations?limit=1").call().must_be(200);
    assert!(first.all("link").iter().any(|link| link.contains("rel=\"next\"")), "the next page is linked to as well");
}

#[test]
fn no_other_answer_does() {
    let app = retiring();
    for path in [
        "measures/M-1",
        "observations?measure=M-1",
        "observations?measure=M-1&format=csv",
        "observations?quarter=2024-25-Q2",
        "/odata/v1/Observations?$filter=measure%20eq%20'M-1'",
        "/odata/v1/Frameworks",
        "dimensions/frameworks",
    ] {
        for way in each_way(&app.reader(), path) {
            assert_eq!(way, nothing(), "{path}");
        }
    }
}

#[test]
fn nobody_is_told_of_a_measure_out_of_reach() {
    let app = retiring();
    let (other, own) = (json!({"role": "provider", "measure": "M-1"}), json!({"role": "provider", "measure": "M-2"}));
    let (other, own) = (caller(&app, other), caller(&app, own));
    let (public, member) = (caller(&app, json!({"role": "public"})), caller(&app, json!({"role": "member"})));
    settle(&app);
    let wanted = of_it(&app);
    let card = "frameworks/F/scorecard?quarter=2024-25-Q1";
    assert_eq!(told(&own.get(card).call().must_be(200)), wanted);
    assert_eq!(told(&other.get(card).call().must_be(200)), nothing());
    for path in ["observations", "observations?format=csv", "/odata/v1/Observations"] {
        for way in each_way(&own, path) {
            assert_eq!(way, wanted, "{path}");
        }
        // Its figures are approved, but not published.
        for client in [&other, &public, &member] {
            for way in each_way(client, path) {
                assert_eq!(way, nothing(), "{path}");
            }
        }
    }
}

#[test]
fn it_says_so_from_the_moment_of_the_decision_and_until_it_is_taken_back() {
    let app = council();
    let asked = || told(&app.reader().get("observations?measure=M-2").call().must_be(200));
    let before = app.sql().value("SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')");
    assert_eq!(asked(), nothing());
    let change = |body: serde_json::Value| drop(app.editor().patch("measures/M-2").send(&body).must_be(200));
    change(json!({"status": "retired", "effective_from": "2035-36-Q1", "change_reason": "Replaced."}));
    let wanted = of_it(&app);
    assert_eq!(asked(), wanted);
    // What is no part of the definition does not make it another day.
    change(json!({"owner": "Head of Something Else"}));
    assert_eq!(asked(), wanted);
    // What was known before is told as it was known.
    let then = app.reader().get(&format!("observations?measure=M-2&as_of={before}")).call().must_be(200);
    assert_eq!(told(&then), nothing());
    change(json!({"status": "active", "effective_from": "2036-37-Q1", "change_reason": "Kept after all."}));
    assert_eq!(asked(), nothing());
}

#[test]
fn of_several_the_earliest_dates_are_told() {
    let app = retiring();
    let at_once = json!({"status": "retired", "effective_from": "2024-25-Q1", "change_reason": "No longer asked for."});
    app.editor().patch("measures/M-1").send(&at_once).must_be(200);
    let (since, until, links) = told(&app.reader().get("observations").call().must_be(200));
    assert_eq!(since, of_it(&app).0);
    // Never before it was said.
    let said = "SELECT to_char(created_at AT TIME ZONE 'UTC', 'Dy, DD Mon YYYY HH24:MI:SS \"GMT\"') FROM measure_versions WHERE measure = 'M-1' AND version = 2";
    assert_eq!(until, app.sql().value(said));
    assert_eq!(links.len(), 2, "{links:?}");
}
