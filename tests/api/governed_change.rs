//! Governed change: in an adopted framework nothing that members see changes without a decision, past quarters keep what they
//! were judged by, and nothing goes around it.

use serde_json::{Value, json};

use crate::support::App;
use crate::support::client::Answer;

/// A service with the framework `F`, adopted with the measure `M-1` and its target of 55 for 2024-25, and decisions `D-1` to
/// `D-3` of meetings on 4 February, 16 June and 22 September 2025.
fn adopted() -> App {
    let app = App::with_measure();
    app.target("M-1", "2024-25", 55).create();
    for (number, day) in [(1, "2025-02-04"), (2, "2025-06-16"), (3, "2025-09-22")] {
        app.meeting(&format!("MEETING-{number}")).set("held_on", day).create();
        app.decision(&format!("D-{number}")).set("meeting", format!("MEETING-{number}")).create();
    }
    app.editor().patch("frameworks/F").send(&json!({"status": "adopted", "adopted_by": "D-1"})).must_be(200);
    app
}

fn patch(app: &App, path: &str, body: Value) -> Answer {
    app.editor().patch(path).send(&body)
}

#[test]
fn a_framework_is_adopted_by_a_decision_and_stays_so() {
    let app = App::with_framework();
    app.storing_nothing(|| patch(&app, "frameworks/F", json!({"status": "adopted"}))).problem(422, "decision_required");
    let unknown = json!({"status": "adopted", "adopted_by": "NOBODY"});
    app.storing_nothing(|| patch(&app, "frameworks/F", unknown)).problem(422, "unknown_reference");
    let app = adopted();
    for back in [json!({"status": "draft"}), json!({"adopted_by": "D-2"})] {
        let refused = app.storing_nothing(|| patch(&app, "frameworks/F", back.clone()));
        refused.problem(422, "validation_failed").only_fault("/status", "frameworks_adoption_kept");
    }
    // A system that puts the whole and knows nothing of decisions takes nothing away.
    let whole = app.framework("F").set("status", "closed").put().must_be(200).json();
    assert_eq!((&whole["status"], &whole["adopted_by"]), (&json!("closed"), &json!("D-1")));
    app.editor().delete("decisions/D-1").call().problem(409, "still_in_use");
}

#[test]
fn nothing_that_members_see_changes_without_a_decision() {
    let app = adopted();
    for change in [
        json!({"title": "Another title"}),
        json!({"definition": "Another definition."}),
        json!({"level": "service"}),
        json!({"level": "outcome"}),
        json!({"polarity": "low"}),
        json!({"decimal_places": 0}),
        json!({"status": "retired"}),
        json!({"status": "suspended"}),
        json!({"baseline_period": "2024-25-Q1", "baseline_value": 40}),
        json!({"stable_band": 1}),
    ] {
        let refused = app.storing_nothing(|| patch(&app, "measures/M-1", change.clone()));
        refused.problem(422, "decision_required").only_fault("/decision", "measures_decision_cited");
    }
    for change in [
        json!({"value": 50}),
        json!({"kind": "none", "value": null}),
        json!({"tolerance_kind": "absolute", "tolerance": 30}),
        json!({"source": "illustrative"}),
    ] {
        // What changes nothing is no change.
        if change == json!({"source": "illustrative"}) {
            patch(&app, "targets/M-1/2024-25", change).must_be(200);
            continue;
        }
        let refused = app.storing_nothing(|| patch(&app, "targets/M-1/2024-25", change.clone()));
        refused.problem(422, "decision_required").only_fault("/decision", "targets_decision_cited");
    }
    app.storing_nothing(|| app.measure("M-2").put()).problem(422, "decision_required");
    app.storing_nothing(|| app.target("M-1", "2025-26", 60).put()).problem(422, "decision_required");
    app.storing_nothing(|| app.editor().delete("measures/M-1").call()).problem(409, "still_in_use");
    app.measure("M-9").set("decision", "D-1").create();
    app.storing_nothing(|| app.editor().delete("measures/M-9").call())
        .problem(409, "still_in_use")
        .says("retired by a decision");
    // Not the committee's: how the figure is come by, what is only proposed, what is managed by the service alone.
    for free in [json!({"owner": "Head of SEND"}), json!({"provider": "SEND team"}), json!({"expected_lag_days": 30})] {
        patch(&app, "measures/M-1", free).must_be(200);
    }
    app.measure("M-2").set("status", "proposed").create();
    patch(&app, "measures/M-2", json!({"title": "Better worded"})).must_be(200);
    app.storing_nothing(|| patch(&app, "measures/M-2", json!({"status": "active"}))).problem(422, "decision_required");
    app.measure("M-3").set("level", "service").create();
    app.target("M-3", "2025-26", 60).create();
    patch(&app, "measures/M-3", json!({"definition": "What is counted now."})).must_be(200);
    app.storing_nothing(|| patch(&app, "measures/M-3", json!({"level": "committee"})))
        .problem(422, "decision_required");
}

#[test]
fn the_database_refuses_it_as_well() {
    let app = adopted();
    for past_the_service in [
        "UPDATE measures SET polarity = 'low' WHERE code = 'M-1'",
        "UPDATE targets SET value = 1",
        "UPDATE targets SET source = 'decision', decision_reference = 'None', value = 1",
        "UPDATE frameworks SET status = 'draft'",
    ] {
        let refused = app.sql().try_run(past_the_service).map_err(|refused| refused.constraint);
        assert!(refused.is_err(), "{past_the_service}");
    }
}

#[test]
fn a_target_changes_by_a_new_version_and_past_quarters_keep_theirs() {
    let app = adopted();
    for (quarter, value) in [("2024-25-Q1", 50), ("2024-25-Q3", 50), ("2024-25-Q4", 50)] {
        app.approved("M-1", quarter, value);
    }
    let change = json!({"value": 40, "source": "decision", "decision": "D-1", "effective_from": "2024-25-Q4"});
    let refused = app.storing_nothing(|| patch(&app, "targets/M-1/2024-25", change.clone()));
    refused.problem(422, "validation_failed").only_fault("/change_reason", "targets_change_explained");
    let mut change = change;
    change["change_reason"] = json!("Demand is half as high again.");
    let changed = patch(&app, "targets/M-1/2024-25", change.clone()).must_be(200).json();
    assert_eq!((&changed["version"], &changed["set_in_arrears"]), (&json!(2), &json!(false)));
    for (quarter, colour, version) in
        [("2024-25-Q1", "amber", 1), ("2024-25-Q3", "amber", 1), ("2024-25-Q4", "green", 2)]
    {
        let card = app.card("M-1", quarter);
        assert_eq!((&card["rag"]["status"], &card["target_version"]), (&json!(colour), &json!(version)), "{quarter}");
    }
    // The same again is no further change; nor does it come before the version that it follows.
    let tag = patch(&app, "targets/M-1/2024-25", change.clone()).must_be(200);
    assert_eq!(tag.json()["version"], 2);
    change["value"] = json!(30);
    app.storing_nothing(|| patch(&app, "targets/M-1/2024-25", change.clone())).problem(422, "decision_required");
    change["decision"] = json!("D-2");
    change["effective_from"] = json!("2024-25-Q3");
    let early = app.storing_nothing(|| patch(&app, "targets/M-1/2024-25", change.clone()));
    early.problem(422, "validation_failed").only_fault("/effective_from", "targets_effective_in_order");
    change["effective_from"] = json!("2025-26-Q1");
    let outside = app.storing_nothing(|| patch(&app, "targets/M-1/2024-25", change.clone()));
    outside.problem(422, "validation_failed").only_fault("/effective_from", "targets_effective_from_in_year");
    change["effective_from"] = json!("2024-25-Q4");
    let late = patch(&app, "targets/M-1/2024-25", change).must_be(200).json();
    assert_eq!(
        (&late["version"], &late["set_in_arrears"]),
        (&json!(3), &json!(true)),
        "decided in June for the year to March"
    );
    assert_eq!(app.card("M-1", "2024-25-Q4")["target_set_in_arrears"], true);
    let versions = app.reader().get("targets/M-1/2024-25/versions").call().must_be(200).json();
    let values: Vec<_> = versions["items"].as_array().unwrap().iter().map(|version| &version["value"]).collect();
    assert_eq!(values, [55, 40, 30]);
    app.storing_nothing(|| app.editor().delete("targets/M-1/2024-25").call()).problem(409, "still_in_use");
}

#[test]
fn a_definition_changes_by_a_new_version_and_past_quarters_keep_theirs() {
    let app = adopted();
    app.approved("M-1", "2024-25-Q3", 41);
    app.approved("M-1", "2024-25-Q4", 60);
    let change = json!({"title": "New words", "decimal_places": 0, "decision": "D-2", "effective_from": "2025-26-Q1", "change_reason": "Clearer."});
    let changed = patch(&app, "measures/M-1", change).must_be(200).json();
    assert_eq!((&changed["version"], &changed["series"]), (&json!(2), &json!(1)));
    app.approved("M-1", "2025-26-Q1", "61.4".parse::<f64>().unwrap());
    let (before, after) = (app.card("M-1", "2024-25-Q4"), app.card("M-1", "2025-26-Q1"));
    assert_eq!((&before["title"], &before["definition_version"]), (&json!("Measure M-1"), &json!(1)));
    assert_eq!((&after["title"], &after["definition_version"]), (&json!("New words"), &json!(2)));
    assert_eq!(after["figure"]["value"], 61, "rounded to the places of its own version");
    assert_eq!(after["direction"]["short"]["result"], "improving", "still one series");
    assert_eq!(after["figure"]["break_symbol"], Value::Null);
    let versions = app.reader().get("measures/M-1/versions").call().must_be(200).json();
    assert_eq!(versions["items"].as_array().unwrap().len(), 2);
}

#[test]
fn a_change_that_ends_comparison_begins_a_new_series() {
    let app = App::with_outcome();
    app.measure("M-1").with(json!({"baseline_period": "2024-25-Q1", "baseline_value": 40})).create();
    app.target("M-1", "2024-25", 55).create();
    app.approved("M-1", "2024-25-Q1", 40);
    app.approved("M-1", "2024-25-Q2", 45);
    let change = json!({"unit": "score", "series": 2, "effective_from": "2024-25-Q3", "change_reason": "Counted person by person."});
    assert_eq!(patch(&app, "measures/M-1", change).must_be(200).json()["series"], 2);
    app.approved("M-1", "2024-25-Q3", 300);
    app.approved("M-1", "2024-25-Q4", 310);
    let (last, first, second) =
        (app.card("M-1", "2024-25-Q2"), app.card("M-1", "2024-25-Q3"), app.card("M-1", "2024-25-Q4"));
    assert_eq!((&last["unit"], &last["series"]), (&json!("percent"), &json!(1)));
    assert_eq!((&first["unit"], &first["series"]), (&json!("score"), &json!(2)));
    assert_eq!(first["figure"]["break_symbol"], "b");
    assert_eq!(first["direction"]["short"]["result"], "not_comparable");
    assert_eq!(first["distance"]["reason"], "rebaseline_required");
    assert_eq!(second["figure"]["break_symbol"], Value::Null);
    assert_eq!(second["direction"]["short"]["result"], "improving");
    // A late figure for a quarter before the break is still a percentage.
    let refused = app.submission("M-1", "2024-25-Q2").set("value", 300).put();
    assert_ne!(refused.status, 200, "{refused}");
    for wrong in [
        json!({"series": 4, "effective_from": "2025-26-Q1", "change_reason": "x"}),
        json!({"series": 3}),
        json!({"series": 1}),
    ] {
        let refused = app.storing_nothing(|| patch(&app, "measures/M-1", wrong.clone()));
        refused.problem(422, "validation_failed").only_fault("/series", "measures_series_in_order");
    }
}

#[test]
fn measures_are_reported_for_the_quarters_between_addition_and_retirement() {
    let app = adopted();
    app.measure("M-2").set("decision", "D-2").create();
    let codes = |quarter: &str| {
        let card = app.scorecard(quarter);
        let outcomes = card["outcomes"].as_array().unwrap().iter();
        let cards = outcomes.flat_map(|outcome| outcome["measures"].as_array().unwrap());
        cards.map(|card| card["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let retire =
        json!({"status": "retired", "decision": "D-3", "effective_from": "2025-26-Q3", "change_reason": "Replaced."});
    patch(&app, "measures/M-1", retire).must_be(200);
    // Decided on 16 June 2025, in the first quarter of 2025-26.
    assert_eq!(app.reader().get("measures/M-2").call().json()["effective_from"], "2025-26-Q1");
    for (quarter, expected) in [
        ("2024-25-Q4", &["M-1"][..]),
        ("2025-26-Q1", &["M-1", "M-2"]),
        ("2025-26-Q2", &["M-1", "M-2"]),
        ("2025-26-Q3", &["M-2"]),
    ] {
        assert_eq!(codes(quarter), expected, "{quarter}");
    }
}

#[test]
fn a_target_that_no_longer_fits_its_measure_is_told_apart_from_none() {
    let app = adopted();
    app.approved("M-1", "2024-25-Q4", 50);
    let change = json!({"polarity": "low", "decision": "D-1", "effective_from": "2024-25-Q4", "change_reason": "Less is better."});
    patch(&app, "measures/M-1", change).must_be(200);
    let rag = app.card("M-1", "2024-25-Q4")["rag"].clone();
    assert_eq!((&rag["status"], &rag["reason"]), (&json!("not_rated"), &json!("target_unfit")));
}

#[test]
fn of_two_changes_at_once_one_wins() {
    let app = adopted();
    let tag = app.reader().get("targets/M-1/2024-25").call().etag();
    let change = |decision: &str, value: i32| {
        let body = json!({"value": value, "source": "decision", "decision": decision, "effective_from": "2024-25-Q4", "change_reason": "x"});
        app.editor().patch("targets/M-1/2024-25").if_match(&tag).send(&body).status
    };
    let mut answers: Vec<u16> = std::thread::scope(|scope| {
        let hands = [scope.spawn(|| change("D-1", 40)), scope.spawn(|| change("D-2", 30))];
        hands.into_iter().map(|hand| hand.join().unwrap()).collect()
    });
    answers.sort_unstable();
    assert_eq!(answers, [200, 412]);
    assert_eq!(app.reader().get("targets/M-1/2024-25").call().json()["version"], 2);
}

#[test]
fn what_a_committee_decided_stays_when_the_measure_becomes_the_services_own() {
    let app = adopted();
    let set = json!({"source": "decision", "decision": "D-1"});
    app.target("M-1", "2025-26", 55).with(set).create();
    let moved = json!({"level": "service", "decision": "D-2", "effective_from": "2025-26-Q3", "change_reason": "Managed by the service."});
    patch(&app, "measures/M-1", moved).must_be(200);
    // The first half of the year was the committee's, and is on its scorecard.
    let refused = app.storing_nothing(|| patch(&app, "targets/M-1/2025-26", json!({"value": 40})));
    refused.problem(422, "decision_required").only_fault("/decision", "targets_decision_cited");
    app.storing_nothing(|| app.editor().delete("targets/M-1/2025-26").call()).problem(409, "still_in_use");
    app.storing_nothing(|| app.target("M-1", "2023-24", 55).put()).problem(422, "decision_required");
    // The second half, and the years after it, are the service's.
    let late = json!({"value": 40, "source": "illustrative", "decision": null, "effective_from": "2025-26-Q3", "change_reason": "Its own."});
    assert_eq!(patch(&app, "targets/M-1/2025-26", late).must_be(200).json()["version"], 2);
    app.target("M-1", "2026-27", 40).create();
    assert_eq!(app.card("M-1", "2025-26-Q2")["target_version"], 1);
}
