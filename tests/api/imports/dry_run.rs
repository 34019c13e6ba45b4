//! A dry run does everything but store, and tells what would come of it.

use serde_json::json;

use super::{app, outcomes, receipt_alone, row, send};

#[test]
fn nothing_is_stored_but_the_receipt() {
    let app = app();
    let rows = [row("M-1", "2024-25-Q1", 50), row("M-2", "2024-25-Q1", 104)];
    let refused = receipt_alone(&app, || send(&app, "?dry_run=true", &rows));
    refused.problem(422, "import_refused").only_fault("/1/value", "out_of_range");
    let tried = receipt_alone(&app, || send(&app, "?dry_run=true&mode=row_by_row", &rows)).must_be(200);
    assert_eq!(outcomes(&tried), ["created", "refused"]);
    let body = tried.json();
    assert_eq!(
        (&body["dry_run"], &body["counts"]["stored"], &body["counts"]["valid"]),
        (&json!(true), &json!(0), &json!(1))
    );
    assert_eq!(body["effect"]["measures"].as_array().unwrap().len(), 1);
    let key = || app.provider().post("imports?dry_run=true").header("Idempotency-Key", "dry").send(&json!([rows[0]]));
    let first = app
        .provider()
        .post("imports?dry_run=true")
        .header("Idempotency-Key", "dry")
        .send(&json!([rows[0]]))
        .must_be(200);
    let again = app.storing_nothing(key).must_be(200);
    assert_eq!((first.body.clone(), again.header("idempotent-replayed")), (again.body.clone(), "true"));
}

#[test]
fn the_effect_is_told_by_the_rules_of_the_scorecard() {
    let app = app();
    app.target("M-1", "2024-25", 50).create();
    app.approved("M-1", "2024-25-Q4", 47);
    let query = "?dry_run=true&approved=revise&reason=Late.";
    let tried = receipt_alone(&app, || send(&app, query, &[row("M-1", "2024-25-Q4", 20), row("M-2", "2024-25-Q4", 1)]));
    let effect = tried.must_be(200).json()["effect"].clone();
    assert_eq!((&effect["moved"], &effect["further"]), (&json!(2), &json!(0)));
    let first = &effect["measures"][0];
    assert_eq!((&first["before"], &first["after"]), (&json!("amber"), &json!("red")), "{effect}");
    assert_eq!(first["told"], "M-1 2024-25-Q4 moves amber to red; narrative required");
    let same = receipt_alone(&app, || send(&app, query, &[row("M-1", "2024-25-Q4", 46)])).must_be(200).json();
    assert_eq!(same["effect"]["moved"], 0);
    // What was foreseen comes true.
    send(&app, "?approved=revise&reason=Late.", &[row("M-1", "2024-25-Q4", 20)]).must_be(200);
    app.provider().post("quarterly-submissions/M-1/2024-25-Q4/submit").call().must_be(200);
    app.officer().post("quarterly-submissions/M-1/2024-25-Q4/approve").call().must_be(200);
    assert_eq!(app.card("M-1", "2024-25-Q4")["rag"]["status"], "red");
}
