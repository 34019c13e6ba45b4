//! `DELETE /api/v1/quarterly-reports/{framework}/{quarter}`.

use serde_json::{Value, json};

use super::sample;
use crate::support::App;
use crate::support::contract::delete;

#[test]
fn deletes_one() {
    delete::deletes_it(&sample(&App::with_framework()));
}

#[test]
fn what_is_checked_or_sealed_stays() {
    let app = App::with_framework();
    let delete = |quarter: &str| app.editor().delete(&format!("quarterly-reports/F/{quarter}")).call();
    app.report("2024-25-Q2");
    app.step("2024-25-Q2", "review", &Value::Null).must_be(200);
    app.storing_nothing(|| delete("2024-25-Q2")).problem(409, "transition_not_allowed");
    app.step("2024-25-Q2", "sign-off", &Value::Null).must_be(200);
    app.storing_nothing(|| delete("2024-25-Q2")).problem(409, "transition_not_allowed");
    // A correction that is given up leaves what was sealed.
    app.step("2024-25-Q2", "correct", &json!({"reason": "A late return."})).must_be(201);
    delete("2024-25-Q2").must_be(204);
    assert_eq!(app.reader().get("quarterly-reports/F/2024-25-Q2").call().json()["state"], "signed_off");
    let past_the_service = app.sql().try_run("DELETE FROM quarterly_reports").map_err(|refused| refused.constraint);
    assert_eq!(past_the_service, Err("quarterly_reports_sealed_kept".to_owned()));
}
