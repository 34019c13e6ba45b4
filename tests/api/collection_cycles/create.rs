//! `POST /api/v1/collection-cycles`.

use serde_json::json;

use super::sample;
use crate::support::App;
use crate::support::contract::create;

#[test]
fn makes_one() {
    create::makes_it(&sample(&App::with_framework()));
}

#[test]
fn refuses_a_taken_key() {
    create::refuses_a_taken_key(&sample(&App::with_framework()));
}

#[test]
fn refuses_a_body_without_its_key() {
    create::refuses_a_missing_key(&sample(&App::with_framework()));
}

#[test]
fn names_every_wrong_field() {
    create::names_every_wrong_field(&sample(&App::with_framework()));
}

#[test]
fn refuses_an_unknown_framework() {
    let app = App::with_framework();
    let whole = json!({"framework": "NOWHERE", "quarter": "2025-26-Q1", "opens_on": "2025-07-01", "due_on": "2025-07-21", "locks_on": "2025-08-04"});
    let refused = app.storing_nothing(|| app.editor().post("collection-cycles").send(&whole));
    refused.problem(422, "unknown_reference").only_fault("/framework", "unknown_reference");
}

#[test]
fn refuses_dates_that_contradict_one_another_or_their_quarter() {
    let app = App::with_framework();
    let post = |quarter: &str, fields: serde_json::Value| {
        let mut whole = json!({"framework": "F", "quarter": quarter, "opens_on": "2025-07-01", "due_on": "2025-07-21", "locks_on": "2025-08-04"});
        for (field, value) in fields.as_object().unwrap() {
            whole[field] = value.clone();
        }
        app.storing_nothing(|| app.editor().post("collection-cycles").send(&whole))
    };
    for (fields, pointer, code) in [
        (json!({"opens_on": "2025-07-22"}), "/due_on", "due_before_opening"),
        (json!({"due_on": "2025-08-05"}), "/locks_on", "lock_before_due"),
        (json!({"committee_on": "2025-08-03"}), "/committee_on", "committee_before_lock"),
        (json!({"opens_on": "2025-03-01", "due_on": "2025-04-01"}), "/due_on", "due_before_quarter"),
        (json!({"locks_on": "2205-08-04"}), "/locks_on", "far_from_quarter"),
    ] {
        post("2025-26-Q1", fields).problem(422, "validation_failed").only_fault(pointer, code);
    }
    let outside =
        post("2028-29-Q1", json!({"opens_on": "2028-07-01", "due_on": "2028-07-21", "locks_on": "2028-08-04"}));
    outside.problem(422, "validation_failed").only_fault("/quarter", "outside_framework").says("2024-25 to 2027-28");
    let both = post("2025-26-Q1", json!({"opens_on": "2025-07-22", "due_on": "2025-07-21", "locks_on": "2025-07-20"}));
    both.problem(422, "validation_failed").fault("/due_on", "due_before_opening").fault("/locks_on", "lock_before_due");
    post("2025-26-Q1", json!({"due_on": "2025-07-32"}))
        .problem(400, "invalid_body")
        .only_fault("/due_on", "wrong_form");
}

#[test]
fn the_database_refuses_the_same_past_the_service() {
    let app = App::with_framework();
    let insert = |quarter: &str, opens: &str, due: &str, locks: &str, committee: &str| {
        app.sql().try_run(&format!(
            "INSERT INTO collection_cycles (framework, quarter, opens_on, due_on, locks_on, committee_on) \
             VALUES ('F', '{quarter}', '{opens}', '{due}', '{locks}', '{committee}')"
        ))
    };
    for (quarter, days, constraint) in [
        ("2025-26-Q5", ["2025-07-01", "2025-07-21", "2025-08-04", "2025-09-22"], "quarter_form"),
        ("2025-26-Q1", ["2025-07-22", "2025-07-21", "2025-08-04", "2025-09-22"], "due_not_before_opening"),
        ("2025-26-Q1", ["2025-07-01", "2025-07-21", "2025-07-20", "2025-09-22"], "lock_not_before_due"),
        ("2025-26-Q1", ["2025-07-01", "2025-07-21", "2025-08-04", "2025-08-03"], "committee_not_before_lock"),
        ("2025-26-Q4", ["2025-07-01", "2026-01-01", "2026-08-04", "2026-09-22"], "due_after_first_day"),
        ("2025-26-Q1", ["2025-07-01", "2025-07-21", "2025-08-04", "2028-04-01"], "near_the_quarter"),
        ("2025-26-Q1", ["2024-03-31", "2025-07-21", "2025-08-04", "2025-09-22"], "near_the_quarter"),
    ] {
        let [opens, due, locks, committee] = days;
        let refused = insert(quarter, opens, due, locks, committee).unwrap_err();
        assert_eq!(refused.constraint, format!("collection_cycles_{constraint}"), "{quarter} {days:?}");
    }
    insert("2025-26-Q4", "2026-01-01", "2026-01-02", "2026-01-02", "2026-01-02").unwrap();
}
