//! A whole review, from its opening to the scorecard of the next year.

use serde_json::{Value, json};

use super::six::{self, REVIEW, act, decision, open, patch};
use crate::support::App;

/// The measures of a scorecard: code, version of the definition, series and target.
fn reported(app: &App, quarter: &str) -> Vec<String> {
    let card = app.scorecard(quarter);
    let outcomes = card["outcomes"].as_array().unwrap().iter();
    let measures = outcomes.flat_map(|outcome| outcome["measures"].as_array().unwrap());
    let shown = |card: &Value| {
        let code = card["code"].as_str().unwrap();
        format!(
            "{code} v{} s{} {} {}",
            card["definition_version"], card["series"], card["target_decision"], card["rag"]["status"]
        )
        .replace('"', "")
    };
    measures.map(shown).collect()
}

#[test]
fn from_open_to_the_next_years_scorecard() {
    let app = six::with_figures();
    let before = app.scorecard("2025-26-Q4");
    open(&app);
    patch(&app, json!({"status": "proposals_in"})).must_be(200);
    patch(&app, json!({"status": "submitted"})).must_be(200);
    app.officer().post(&format!("{REVIEW}/decide")).send(&decision()).must_be(200);
    act(&app, "apply").must_be(200);
    // The year under review stays as members saw it.
    let mut after = app.scorecard("2025-26-Q4");
    after["as_of"] = before["as_of"].clone();
    assert_eq!(after, before);
    for (measure, value) in [("M-1", 60), ("M-2", 60), ("M-3", 310), ("N-1", 60), ("N-4", 60)] {
        app.approved(measure, "2026-27-Q1", value);
    }
    assert_eq!(
        reported(&app, "2026-27-Q1"),
        [
            "M-1 v1 s1 D-2 green",
            "M-2 v1 s1 D-2 red",
            "M-3 v2 s2 D-2 green",
            "M-6 v1 s1 null no_data",
            "N-1 v1 s1 D-2 green",
            "N-4 v1 s1 D-2 red",
        ]
    );
    let amended = app.card("M-3", "2026-27-Q1");
    assert_eq!((&amended["title"], &amended["unit"]), (&json!("Counted anew"), &json!("score")));
    assert_eq!(amended["figure"]["break_symbol"], "b");
    assert_eq!(amended["direction"]["short"]["result"], "not_comparable");
    // The next review finds what this one made.
    app.review("2026-27").create();
    let next = app.admin().post("annual-target-reviews/F/2026-27/prefill").call().must_be(200).json();
    let codes: Vec<_> = next["proposals"].as_array().unwrap().iter().map(|one| &one["measure"]).collect();
    assert_eq!(codes, ["M-1", "M-2", "M-3", "M-6", "N-1", "N-4"]);
}
