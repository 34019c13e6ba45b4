//! Reviews and comparators: evidence shows them, and a proposed target may be relative to one.

use serde_json::{Value, json};

use super::six::{self, REVIEW, act, patch, proposal};
use crate::support::App;

/// The six measures with their figures, and the group `G` whose only member had 62, 58, nothing and 60 in `M-1`.
fn app() -> App {
    let app = six::with_figures();
    app.area("A-1").create();
    app.area("NATION").set("kind", "country").create();
    app.group("G").create();
    app.membership("G", "A-1", "2021-04-01").create();
    for (quarter, value) in [(1, 62), (2, 58), (4, 60)] {
        app.benchmark("M-1", "A-1", &format!("2025-26-Q{quarter}"), value).create();
    }
    app
}

fn read(app: &App, path: &str) -> Value {
    app.reader().get(&format!("{REVIEW}/{path}")).call().must_be(200).json()
}

/// A proposal to be above the mean of `G`.
fn above_mean() -> Value {
    proposal("M-1", "retarget", json!({"target_kind": "above", "comparator": "G", "comparator_statistic": "mean"}))
}

#[test]
fn evidence_shows_others_for_the_period_of_the_newest_figure() {
    let app = app();
    app.benchmark("M-1", "NATION", "2025-26-Q4", 46.4).create();
    app.benchmark("M-1", "NATION", "2025-26-Q3", 1).create();
    app.review("2025-26").create();
    let found = read(&app, "evidence");
    let comparators = &found["measures"][0]["comparators"];
    assert_eq!(comparators["published"][0]["benchmark"]["value"].to_string(), "46.4");
    let group = &comparators["groups"][0];
    assert_eq!((group["mean"].to_string(), &group["contributors"]), ("60.0".to_owned(), &json!(1)));
    assert_eq!(comparators["standing"]["out_of"], 2);
    let (without_others, without_figure) = (&found["measures"][1], &found["measures"][5]);
    assert_eq!(without_others["comparators"]["groups"][0]["gap"], "no_member_has_a_value");
    assert_eq!(without_figure["comparators"], Value::Null);
}

#[test]
fn effect_judges_each_quarter_by_what_the_comparator_came_to_in_it() {
    let app = app();
    app.review("2025-26").set("proposals", json!([above_mean()])).create();
    let found = read(&app, "effect");
    let quarters = found["measures"][0]["quarters"].as_array().unwrap();
    let then: Vec<_> =
        quarters.iter().map(|one| format!("{} {}", one["then"]["status"], one["then"]["target"])).collect();
    assert_eq!(then, ["\"amber\" 62", "\"green\" 58", "\"not_rated\" null", "\"amber\" 60"]);
    assert_eq!(quarters[2]["then"]["reason"], "benchmark_unavailable");
    assert_eq!(quarters[1]["then"]["explanation"], "green because 60.0 is above 58, the mean of G for 2025-26-Q2");
}

#[test]
fn a_review_with_a_comparator_that_has_no_such_figure_is_not_complete() {
    for (comparator, pointer, code) in [
        ("NOWHERE", "/proposals/0/proposed/comparator", "unknown_reference"),
        ("A-1", "/proposals/0/proposed/comparator", "not_a_comparator"),
        ("NATION", "/proposals/0/proposed/comparator_statistic", "published_only"),
    ] {
        let app = app();
        let mut proposed = above_mean();
        proposed["proposed"]["comparator"] = json!(comparator);
        app.review("2025-26").set("proposals", json!([proposed])).create();
        act(&app, "prefill").must_be(200);
        let refused = app.storing_nothing(|| patch(&app, json!({"status": "proposals_in"})));
        refused.problem(409, "review_incomplete").only_fault(pointer, code);
    }
}

#[test]
fn applying_makes_the_relative_target_and_evidence_judges_by_it_later() {
    let app = app();
    app.review("2025-26").set("proposals", json!([above_mean()])).create();
    let filled = act(&app, "prefill").must_be(200).json();
    patch(&app, json!({"status": "proposals_in"})).must_be(200);
    patch(&app, json!({"status": "submitted"})).must_be(200);
    let each = filled["proposals"].as_array().unwrap().iter();
    let outcomes: Vec<_> =
        each.map(|one| json!({"measure": one["measure"], "clause": "a", "outcome": "agreed"})).collect();
    let decision = json!({"decision": "D-2", "outcomes": outcomes});
    app.officer().post(&format!("{REVIEW}/decide")).send(&decision).must_be(200);
    act(&app, "apply").must_be(200);
    let target = app.reader().get("targets/M-1/2026-27").call().must_be(200).json();
    assert_eq!(
        [
            &target["kind"],
            &target["value"],
            &target["comparator"],
            &target["comparator_statistic"],
            &target["decision"]
        ],
        [&json!("above"), &json!(null), &json!("G"), &json!("mean"), &json!("D-2")]
    );
    // What nothing is proposed for keeps a relative target; it too is resolved, quarter by quarter.
    let kept = json!({"source": "decision", "decision": "D-2", "effective_from": "2025-26-Q1", "change_reason": "Late.",
        "kind": "above", "value": null, "comparator": "G", "comparator_statistic": "mean"});
    app.editor().patch("targets/M-1/2025-26").send(&kept).must_be(200);
    let found = read(&app, "evidence");
    let first = &found["measures"][0];
    assert_eq!(first["target_met"], json!({"met": 1, "rated": 3}));
    assert_eq!(first["target"]["comparator"], "G");
}

#[test]
fn a_review_settled_before_comparators_could_be_proposed_is_still_put_into_words() {
    let app = six::framework();
    six::decided(&app);
    // As it was stored then, without the parts that a proposal can name since.
    app.sql().run("UPDATE annual_target_reviews SET proposals = jsonb_strip_nulls(proposals)");
    patch(&app, json!({"summary": "Decided without questions."})).must_be(200);
    let another =
        "UPDATE annual_target_reviews SET proposals = jsonb_set(proposals, '{0,proposed,target_value}', '66')";
    let refused = app.sql().try_run(another).map_err(|refused| refused.constraint);
    assert_eq!(refused, Err("annual_target_reviews_proposals_settled".to_owned()));
}
