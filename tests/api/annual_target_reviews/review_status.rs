//! `GET /api/v1/frameworks/{framework}/review-status`.

use serde_json::{Value, json};

use super::six::{self, decided};
use crate::support::App;

fn standing(app: &App) -> Value {
    app.reader().get("frameworks/F/review-status").call().must_be(200).json()
}

#[test]
fn a_draft_that_was_never_reviewed_is_due_for_nothing() {
    let found = standing(&App::with_framework());
    assert_eq!(
        (&found["adopted_on"], &found["last_review"], &found["next_due_on"]),
        (&Value::Null, &Value::Null, &Value::Null)
    );
    assert_eq!((&found["overdue"], &found["days_overdue"]), (&json!(false), &json!(0)));
    App::start().reader().get("frameworks/F/review-status").call().problem(404, "not_found");
}

#[test]
fn the_next_review_is_due_a_year_after_the_last_or_the_adoption() {
    let app = six::framework();
    let before = standing(&app);
    assert_eq!((&before["adopted_on"], &before["next_due_on"]), (&json!("2025-04-01"), &json!("2026-04-01")));
    assert_eq!(before["last_review"], Value::Null);
    decided(&app);
    let after = standing(&app);
    assert_eq!(after["last_review"], json!({"year": "2025-26", "decision": "D-2", "decided_on": "2026-03-16"}));
    assert_eq!(after["next_due_on"], "2027-03-16");
    for found in [before, after] {
        let day = |field: &str| found[field].as_str().unwrap().parse::<chrono::NaiveDate>().unwrap();
        let late = (day("reckoned_on") - day("next_due_on")).num_days().max(0);
        assert_eq!((&found["overdue"], &found["days_overdue"]), (&json!(late > 0), &json!(late)));
    }
}
