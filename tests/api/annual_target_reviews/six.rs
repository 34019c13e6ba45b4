//! An adopted framework of six measures with a year of figures, and a review with every kind of proposal.

use serde_json::{Value, json};

use crate::support::App;
use crate::support::client::Answer;

/// Address of the review, below `/api/v1/`.
pub const REVIEW: &str = "annual-target-reviews/F/2025-26";

/// The framework `F`, adopted by `D-1` of 1 April 2025, with `M-1` to `M-6`, each with a target of 55 for 2025-26 but `M-6`; and
/// the decision `D-2` of 16 March 2026, with the clauses `a` and `b`.
pub fn framework() -> App {
    let app = App::with_outcome();
    for n in 1..=6 {
        app.measure(&format!("M-{n}")).create();
    }
    for n in 1..=5 {
        app.target(&format!("M-{n}"), "2025-26", 55).create();
    }
    for (number, day) in [(1, "2025-04-01"), (2, "2026-03-16")] {
        app.meeting(&format!("MT-{number}")).set("held_on", day).create();
        let clauses =
            json!([{"clause": "a", "verb": "agree", "text": "A."}, {"clause": "b", "verb": "note", "text": "B."}]);
        app.decision(&format!("D-{number}")).set("meeting", format!("MT-{number}")).set("clauses", clauses).create();
    }
    app.editor().patch("frameworks/F").send(&json!({"status": "adopted", "adopted_by": "D-1"})).must_be(200);
    app
}

/// The same with figures: 60 in every quarter but the third, which has 50, of `M-1` to `M-5`.
pub fn with_figures() -> App {
    let app = framework();
    for n in 1..=5 {
        for (quarter, value) in [(1, 60), (2, 60), (3, 50), (4, 60)] {
            app.approved(&format!("M-{n}"), &format!("2025-26-Q{quarter}"), value);
        }
    }
    app
}

/// A proposal.
pub fn proposal(measure: &str, action: &str, proposed: Value) -> Value {
    json!({"measure": measure, "action": action, "reason": "progress", "rationale": format!("Why {measure}."), "proposed": proposed})
}

/// The whole definition of a new measure.
pub fn definition(title: &str) -> Value {
    json!({
        "outcome": "O-1", "level": "committee", "title": title, "definition": "What is counted.", "unit": "percent", "decimal_places": 1,
        "polarity": "high", "frequency": "quarterly", "calendar": "financial", "accumulation": "in_period"
    })
}

/// A proposal of every kind; nothing for `M-1`, which is left to `prefill`.
pub fn proposals() -> Value {
    json!([
        proposal("M-2", "retarget", json!({"target_value": 65, "tolerance_kind": "absolute", "tolerance": 3})),
        proposal("M-3", "amend", json!({"measure": {"title": "Counted anew", "unit": "score"}, "target_value": 300})),
        proposal(
            "M-4",
            "replace",
            json!({"replacement": "N-4", "measure": definition("In its place"), "target_kind": "at_least", "target_value": 70})
        ),
        proposal("M-5", "retire", json!({})),
        proposal("M-6", "retarget", json!({"target_kind": "at_least", "target_value": 99})),
        proposal(
            "N-1",
            "add",
            json!({"measure": definition("A further one"), "target_kind": "at_least", "target_value": 40})
        ),
    ])
}

/// What is decided on them: all agreed by clause `a`, but `M-6`.
pub fn decision() -> Value {
    let outcome = |measure: &str| {
        let rejected = measure == "M-6";
        json!({"measure": measure, "clause": if rejected { "b" } else { "a" }, "outcome": if rejected { "rejected" } else { "agreed" }})
    };
    let outcomes = ["M-1", "M-2", "M-3", "M-4", "M-5", "M-6", "N-1"].map(outcome);
    json!({"decision": "D-2", "outcomes": outcomes})
}

/// A change of the review.
pub fn patch(app: &App, body: Value) -> Answer {
    app.editor().patch(REVIEW).send(&body)
}

/// An action on the review, by whoever may do everything.
pub fn act(app: &App, action: &str) -> Answer {
    app.admin().post(&format!("{REVIEW}/{action}")).call()
}

/// The review, open and with every kind of proposal.
pub fn open(app: &App) {
    app.review("2025-26").set("proposals", proposals()).create();
    act(app, "prefill").must_be(200);
}

/// The review, put to the committee.
pub fn submitted(app: &App) {
    open(app);
    patch(app, json!({"status": "proposals_in"})).must_be(200);
    patch(app, json!({"status": "submitted"})).must_be(200);
}

/// The review, decided.
pub fn decided(app: &App) {
    submitted(app);
    app.officer().post(&format!("{REVIEW}/decide")).send(&decision()).must_be(200);
}
