//! An approved or published figure is never overwritten: the row is refused, or a revision is proposed.

use chrono::TimeDelta;
use performance_framework::clock;
use serde_json::json;

use super::{app, errors, outcomes, receipt_alone, row, send, stored};
use crate::support::App;
use crate::support::collecting::last_quarter;

#[test]
fn a_row_that_differs_is_refused_unless_revisions_are_asked_for() {
    let app = app();
    app.approved("M-1", "2024-25-Q1", 50);
    app.submission("M-2", "2024-25-Q1").set("value", 50).published();
    let rows = [row("M-1", "2024-25-Q1", 51), row("M-2", "2024-25-Q1", 51), row("M-3", "2024-25-Q1", 51)];
    let refused = receipt_alone(&app, || send(&app, "", &rows));
    refused.problem(422, "import_refused").fault("/0", "transition_not_allowed").fault("/1", "transition_not_allowed");
    let told = refused.json()["errors"][0]["detail"].as_str().unwrap().to_owned();
    for words in ["it has the value 50, and the row has the value 51", "`approved=revise` and a `reason`"] {
        assert!(told.contains(words), "{told}");
    }
    // Without a reason nothing is proposed.
    let unexplained = receipt_alone(&app, || send(&app, "?approved=revise", &rows));
    unexplained
        .problem(422, "import_refused")
        .fault("/0/reason", "reason_missing")
        .fault("/1/reason", "reason_missing");
    let mut rows = rows;
    rows[1]["reason"] = json!("A reason of its own.");
    let proposed = send(&app, "?approved=revise&reason=A+late+return.", &rows).must_be(200);
    assert_eq!(outcomes(&proposed), ["proposed", "proposed", "created"]);
    assert_eq!(proposed.json()["rows"][0]["revision"], 2);
    assert_eq!(
        (stored(&app, "M-1", "2024-25-Q1"), stored(&app, "M-2", "2024-25-Q1")),
        ("2 draft 51".into(), "2 draft 51".into())
    );
    let reasons =
        app.sql().column("SELECT revision_reason FROM quarterly_submissions WHERE revision = 2 ORDER BY measure");
    assert_eq!(reasons, ["A late return.", "A reason of its own."]);
    // The figure that counts stays until the new one is approved.
    assert_eq!(app.card("M-1", "2024-25-Q1")["figure"]["value"].to_string(), "50.0");
    let again = receipt_alone(&app, || send(&app, "?approved=revise&reason=A+late+return.", &rows));
    assert_eq!(outcomes(&again.must_be(200)), ["unchanged", "unchanged", "unchanged"]);
}

#[test]
fn what_says_the_same_as_an_approved_figure_is_unchanged() {
    let app = app();
    app.approved("M-1", "2024-25-Q1", 50);
    let same = receipt_alone(&app, || send(&app, "", &[row("M-1", "2024-25-Q1", 50)]));
    assert_eq!(outcomes(&same.must_be(200)), ["unchanged"]);
}

#[test]
fn what_was_handed_in_and_what_is_locked_is_refused_as_for_a_single_push() {
    let app = App::collecting();
    let quarter = last_quarter().to_string();
    for code in ["M-2", "M-3"] {
        app.measure(code).create();
    }
    app.approved("M-1", &quarter, 50);
    app.submission("M-2", &quarter).set("value", 50).submitted();
    app.collection([-20, -10, -3]);
    let rows = [row("M-1", &quarter, 51), row("M-2", &quarter, 51), row("M-3", &quarter, 51)];
    let answer = send(&app, "?mode=row_by_row&approved=revise&reason=Late.", &rows).must_be(200);
    // A correction goes on after the lock, a first figure does not.
    assert_eq!(outcomes(&answer), ["proposed", "refused", "refused"]);
    assert_eq!(errors(&answer, 1)[0].1, "transition_not_allowed");
    assert_eq!(errors(&answer, 2)[0].1, "cycle_locked");
    let since = (clock::today() - TimeDelta::days(3)).to_string();
    assert!(answer.json()["rows"][2]["errors"][0]["detail"].as_str().unwrap().contains(&since), "{answer}");
}

#[test]
fn a_new_reason_of_a_correction_in_hand_is_kept() {
    let app = app();
    app.approved("M-1", "2024-25-Q1", 50);
    let send_with = |value: u8, reason: &str| {
        let mut row = row("M-1", "2024-25-Q1", value);
        row["reason"] = json!(reason);
        send(&app, "?approved=revise&reason=Of+all+rows.", &[row]).must_be(200)
    };
    let reason = || app.sql().value("SELECT revision_reason FROM quarterly_submissions WHERE revision = 2");
    for (value, why, outcome) in [
        (51, "A late return.", "proposed"),
        (52, "A later one.", "updated"),
        (52, "Not late: it was miscounted.", "updated"),
        (52, "Not late: it was miscounted.", "unchanged"),
    ] {
        let answer = send_with(value, why);
        assert_eq!((outcomes(&answer), reason()), (vec![outcome.to_owned()], why.to_owned()), "{answer}");
    }
    // The parameter explains what is proposed by it, and nothing that has a reason.
    assert_eq!(outcomes(&send(&app, "?approved=revise&reason=Other.", &[row("M-1", "2024-25-Q1", 53)])), ["updated"]);
    assert_eq!(reason(), "Not late: it was miscounted.");
}
