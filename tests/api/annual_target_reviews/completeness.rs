//! Steps of a review are refused while it has gaps, and every gap is told.

use serde_json::{Value, json};

use super::six::{self, definition, patch, proposal};

/// The gaps of a review with these proposals.
fn gaps(proposals: Value) -> Vec<(String, String)> {
    let app = six::framework();
    app.review("2025-26").set("proposals", proposals).create();
    let refused = app.storing_nothing(|| patch(&app, json!({"status": "proposals_in"})));
    let problem = refused.problem(409, "review_incomplete");
    problem.faults().into_iter().map(|(pointer, code)| (pointer.to_owned(), code.to_owned())).collect()
}

#[track_caller]
fn has(gaps: &[(String, String)], pointer: &str, code: &str) {
    assert!(gaps.contains(&(pointer.to_owned(), code.to_owned())), "no {code} at {pointer}: {gaps:?}");
}

#[test]
fn every_measure_that_members_see_has_a_proposal() {
    let found = gaps(json!([proposal("M-1", "retain", json!({}))]));
    assert_eq!(found.len(), 5);
    assert!(found.iter().all(|(pointer, code)| pointer == "/proposals" && code == "proposal_missing"));
}

#[test]
fn every_proposal_has_what_its_action_needs() {
    let mut elsewhere = definition("Elsewhere");
    elsewhere["outcome"] = json!("NOWHERE");
    let found = gaps(json!([
        proposal("M-1", "retarget", json!({})),
        proposal("M-2", "retarget", json!({"target_kind": "at_most", "target_value": 5})),
        proposal("M-3", "amend", json!({"target_value": 60})),
        proposal("M-4", "replace", json!({"replacement": "N-4", "title": "Half of it"})),
        proposal("M-5", "amend", json!({"measure": {"polarity": "low"}})),
        proposal("M-6", "retarget", json!({"target_value": 5})),
        proposal("N-1", "add", json!({"measure": definition("Whole"), "target_kind": "band", "target_lower": 5})),
        proposal("N-2", "add", json!({"measure": {"outcome": "O-1"}})),
        proposal("N-5", "add", json!({"measure": elsewhere})),
        proposal("N-3", "add", json!({"measure": definition("Rate without a base"), "profile_q1": 4})),
    ]));
    has(&found, "/proposals/0/proposed/target_value", "required");
    has(&found, "/proposals/1/proposed/target_kind", "kind_against_polarity");
    has(&found, "/proposals/2/proposed/measure", "required");
    has(&found, "/proposals/3/proposed/measure/definition", "required");
    has(&found, "/proposals/3/proposed/measure/unit", "required");
    has(&found, "/proposals/4/proposed/target_kind", "kind_against_polarity");
    has(&found, "/proposals/5/proposed/target_kind", "required");
    has(&found, "/proposals/6/proposed/target_upper", "required");
    has(&found, "/proposals/7/proposed/measure/title", "required");
    has(&found, "/proposals/8/proposed/measure/outcome", "unknown_outcome");
    has(&found, "/proposals/9/proposed/target_kind", "required");
}

#[test]
fn codes_of_further_measures_are_new() {
    let found = gaps(json!([
        proposal("M-1", "replace", json!({"replacement": "M-2", "measure": definition("Taken")})),
        proposal("M-2", "replace", json!({"replacement": "N-1", "measure": definition("New")})),
        proposal("N-1", "add", json!({"measure": definition("The same")})),
    ]));
    has(&found, "/proposals/0/proposed/replacement", "code_used_before");
    has(&found, "/proposals/2/measure", "code_used_before");
    assert!(!found.iter().any(|(pointer, _)| pointer.starts_with("/proposals/1")), "{found:?}");
}

#[test]
fn the_older_way_to_name_a_definition_still_counts() {
    let app = six::framework();
    let amend =
        proposal("M-1", "amend", json!({"title": "Better words", "definition": "Better defined.", "level": "outcome"}));
    app.review("2025-26").set("proposals", json!([amend])).create();
    six::act(&app, "prefill").must_be(200);
    patch(&app, json!({"status": "proposals_in"})).must_be(200);
}

#[test]
fn a_step_and_its_last_proposal_can_come_together() {
    let app = six::framework();
    app.review("2025-26").create();
    let filled = six::act(&app, "prefill").must_be(200).json();
    patch(&app, json!({"status": "proposals_in"})).must_be(200);
    // Emptied again while the proposals are in: the next step is refused.
    patch(&app, json!({"proposals": []})).must_be(200);
    let refused = app.storing_nothing(|| patch(&app, json!({"status": "submitted"})));
    assert_eq!(refused.problem(409, "review_incomplete").faults().len(), 6);
    patch(&app, json!({"status": "submitted", "proposals": filled["proposals"]})).must_be(200);
}
