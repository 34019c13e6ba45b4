//! Callers with limited grants push what is theirs, and see their own receipts.

use serde_json::json;

use super::{app, outcomes, receipt_alone, row};

#[test]
fn rows_of_others_measures_are_as_if_they_did_not_exist() {
    let app = app();
    let grants = json!([{"role": "provider", "measure": "M-1"}]);
    let made = app.admin().post("keys").send(&json!({"name": "team", "grants": grants})).must_be(201).json();
    let team = app.anonymous().with_key(made["key"].as_str().unwrap());
    let rows = json!([row("M-1", "2024-25-Q1", 50), row("M-2", "2024-25-Q1", 50)]);
    let post = |query: &str| team.post(&format!("imports{query}")).send(&rows);
    receipt_alone(&app, || post("")).problem(422, "import_refused").only_fault("/1/measure", "unknown_reference");
    let answer = post("?mode=row_by_row").must_be(200);
    assert_eq!(outcomes(&answer), ["created", "refused"]);
    assert_eq!(app.sql().column("SELECT measure FROM quarterly_submissions"), ["M-1"]);
    let dry = receipt_alone(&app, || team.post("imports?dry_run=true").send(&json!([row("M-1", "2024-25-Q2", 5)])));
    assert_eq!(dry.must_be(200).json()["effect"]["measures"][0]["measure"], "M-1");
    // Their own receipts, and nobody else's.
    app.provider().post("imports").send(&json!([row("M-3", "2024-25-Q1", 50)])).must_be(200);
    let own = team.get("imports").call().must_be(200).json();
    assert_eq!(own["items"].as_array().unwrap().len(), 3);
    assert!(own["items"].as_array().unwrap().iter().all(|one| one["caller"] == "team"), "{own}");
    team.get("imports/1/rows").call().must_be(200);
    team.get("imports/4").call().problem(404, "not_found");
    team.get("imports/4/rows?format=csv").call().problem(404, "not_found");
    app.reader().get("imports/4").call().must_be(200);
}
