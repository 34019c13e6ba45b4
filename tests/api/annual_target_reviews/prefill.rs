//! `POST /api/v1/annual-target-reviews/{framework}/{year}/prefill`.

use serde_json::json;

use super::six::{self, REVIEW, act, patch};
use crate::support::App;

#[test]
fn proposes_to_retain_what_nothing_is_proposed_for() {
    let app = six::with_figures();
    let own = six::proposal("M-2", "retire", json!({}));
    app.measure("S-1").set("level", "service").create();
    app.review("2025-26").set("proposals", json!([own])).create();
    let filled = app.editor().post(&format!("{REVIEW}/prefill")).call().must_be(200);
    let body = filled.json();
    let proposals = body["proposals"].as_array().unwrap();
    let short: Vec<_> = proposals.iter().map(|one| [&one["measure"], &one["action"], &one["reason"]]).collect();
    assert_eq!(short[0], ["M-2", "retire", "progress"]);
    let retained = ["M-1", "M-3", "M-4", "M-5", "M-6"].map(|code| [code, "retain", "progress"]);
    assert_eq!(short[1..], retained);
    let told = "The target was met in 3 of 4 rated quarters of 2025-26. The newest figure is 60.0, of 2025-26-Q4.";
    assert_eq!(proposals[1]["rationale"], told);
    assert_eq!(proposals[5]["rationale"], "No quarter of 2025-26 could be rated. There is no figure yet.");
    // Those there already stay as they are.
    let again = app.storing_nothing(|| act(&app, "prefill"));
    assert_eq!(again.must_be(200).etag(), filled.etag());
}

#[test]
fn only_while_the_review_is_open() {
    let app = App::with_outcome();
    act(&app, "prefill").problem(404, "not_found");
    app.review("2025-26").create();
    let stale = app.editor().post(&format!("{REVIEW}/prefill")).if_match("\"1\"").call();
    stale.problem(412, "precondition_failed");
    patch(&app, json!({"status": "proposals_in"})).must_be(200);
    let refused = app.storing_nothing(|| act(&app, "prefill"));
    assert_eq!(refused.problem(409, "transition_not_allowed").member("state"), "proposals_in");
}
