//! `POST /api/v1/frameworks/{framework}/collection-cycles`.

use serde_json::{Value, json};

use crate::support::{Answer, App};

fn calendar() -> Value {
    json!({"year": "2025-26", "opens_after_days": 1, "due_after_days": 21, "locks_after_days": 35})
}

fn generate(app: &App, body: &Value) -> Answer {
    app.editor().post("frameworks/F/collection-cycles").send(body)
}

fn with(field: &str, value: Value) -> Value {
    let mut body = calendar();
    body[field] = value;
    body
}

/// Quarter, whether it is new, and its days.
fn told(answer: &Answer) -> Vec<String> {
    let items = answer.json()["items"].as_array().unwrap().clone();
    let line = |item: &Value| {
        let days = ["opens_on", "due_on", "locks_on", "committee_on"]
            .map(|day| item["cycle"][day].as_str().unwrap_or("-").to_owned());
        format!("{} {} {}", item["cycle"]["quarter"].as_str().unwrap(), item["new"], days.join(" "))
    };
    items.iter().map(line).collect()
}

#[test]
fn makes_the_four_of_a_year_on_working_days() {
    let app = App::with_framework();
    let made = generate(&app, &with("committee_after_days", json!(77))).must_be(200);
    assert_eq!((&made.json()["framework"], &made.json()["year"]), (&json!("F"), &json!("2025-26")));
    assert_eq!(
        told(&made),
        [
            "2025-26-Q1 true 2025-07-01 2025-07-21 2025-08-04 2025-09-15",
            "2025-26-Q2 true 2025-10-01 2025-10-21 2025-11-04 2025-12-16",
            "2025-26-Q3 true 2026-01-01 2026-01-21 2026-02-04 2026-03-18",
            "2025-26-Q4 true 2026-04-01 2026-04-21 2026-05-05 2026-06-16",
        ]
    );
    // 4 July 2026 is a Saturday.
    let weekend = generate(
        &app,
        &json!({"year": "2026-27", "opens_after_days": 4, "due_after_days": 24, "locks_after_days": 38}),
    );
    assert_eq!(told(&weekend.must_be(200))[0], "2026-27-Q1 true 2026-07-06 2026-07-24 2026-08-07 -");
    assert_eq!(app.sql().count("changes WHERE resource = 'collection_cycles' AND action = 'created'"), 8);
}

#[test]
fn leaves_what_is_there_and_is_safe_to_repeat() {
    let app = App::with_framework();
    let own = json!({"opens_on": "2025-10-06", "due_on": "2025-10-27", "locks_on": "2025-11-10"});
    let there = app.editor().put("collection-cycles/F/2025-26-Q2").send(&own).must_be(201);
    let made = generate(&app, &calendar()).must_be(200);
    assert_eq!(told(&made)[1], "2025-26-Q2 false 2025-10-06 2025-10-27 2025-11-10 -");
    assert_eq!(told(&made).iter().filter(|line| line.contains("true")).count(), 3);
    let again = app.storing_nothing(|| generate(&app, &calendar())).must_be(200);
    assert!(told(&again).iter().all(|line| line.contains("false")), "{again}");
    let kept = app.reader().get("collection-cycles/F/2025-26-Q2").call().must_be(200);
    assert_eq!((kept.json(), kept.etag()), (there.json(), there.etag()));
}

#[test]
fn refuses_a_calendar_that_makes_no_sense() {
    let app = App::with_framework();
    for (body, pointer, code) in [
        (with("due_after_days", json!(0)), "/due_after_days", "due_before_opening"),
        (with("locks_after_days", json!(10)), "/locks_after_days", "lock_before_due"),
        (with("committee_after_days", json!(34)), "/committee_after_days", "committee_before_lock"),
        (with("year", json!("2028-29")), "/year", "outside_framework"),
    ] {
        app.storing_nothing(|| generate(&app, &body)).problem(422, "validation_failed").only_fault(pointer, code);
    }
    for (body, pointer, code) in [
        (with("due_after_days", json!(731)), "/due_after_days", "out_of_range"),
        (with("opens_after_days", json!(-92)), "/opens_after_days", "out_of_range"),
        (with("year", json!("2025-27")), "/year", "wrong_form"),
        (with("colour", json!("red")), "/colour", "unknown_field"),
    ] {
        app.storing_nothing(|| generate(&app, &body)).problem(400, "invalid_body").only_fault(pointer, code);
    }
    let nowhere = app.editor().post("frameworks/NOWHERE/collection-cycles").send(&calendar());
    nowhere.problem(404, "not_found").says("NOWHERE");
}
