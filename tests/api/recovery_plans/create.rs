//! `POST /api/v1/recovery-plans`.

use serde_json::{Value, json};

use super::{intervention, sample};
use crate::support::App;
use crate::support::contract::create;

#[test]
fn makes_one() {
    create::makes_it(&sample(&App::with_measure()));
}

#[test]
fn refuses_a_taken_code() {
    create::refuses_a_taken_key(&sample(&App::with_measure()));
}

#[test]
fn refuses_a_body_without_its_code() {
    create::refuses_a_missing_key(&sample(&App::with_measure()));
}

#[test]
fn names_every_wrong_field() {
    create::names_every_wrong_field(&sample(&App::with_measure()));
}

#[test]
fn begins_as_an_empty_draft() {
    let app = App::with_measure();
    let body = json!({"measure": "M-1", "title": "A plan", "owner": "An owner", "reason": "Why."});
    let made = app.editor().put("recovery-plans/P-1").send(&body).must_be(201).json();
    assert_eq!((&made["state"], &made["result"]), (&json!("drafted"), &json!(null)));
    assert_eq!((&made["interventions"], &made["trajectory"]), (&json!([]), &json!([])));
}

#[test]
fn a_measure_has_one_plan_that_is_not_closed() {
    let app = App::with_measure();
    app.measure("M-2").create();
    app.plan("P-1").create();
    app.storing_nothing(|| app.plan("P-2").put()).problem(409, "already_exists").says("not closed already");
    app.plan("P-2").set("measure", "M-2").create();
    app.editor().delete("recovery-plans/P-1").call().must_be(204);
    app.plan("P-3").create();
}

#[test]
fn refuses_what_it_refers_to_in_vain() {
    let app = App::with_measure();
    for field in ["measure", "decision"] {
        let refused = app.storing_nothing(|| app.plan("P-1").set(field, "NOWHERE").put());
        refused.problem(422, "unknown_reference").only_fault(&format!("/{field}"), "unknown_reference");
    }
}

#[test]
fn what_it_refers_to_stays() {
    let app = App::with_measure();
    app.meeting("MT-1").create();
    app.decision("D-1").create();
    app.plan("P-1").set("decision", "D-1").create();
    for path in ["measures/M-1", "decisions/D-1"] {
        app.storing_nothing(|| app.editor().delete(path).call()).problem(409, "still_in_use").says("recovery plan");
    }
}

#[test]
fn tells_every_broken_rule_at_once() {
    let app = App::with_measure();
    let mut early = intervention("A rota");
    (early["starts_on"], early["due_on"]) = (json!("2025-03-17"), json!("2025-03-16"));
    let points = json!([
        {"quarter": "2025-26-Q1", "expected": 50}, {"quarter": "2024-25-Q4", "expected": 0.12345}
    ]);
    let wrong = json!({"interventions": [intervention("Another"), early], "trajectory": points});
    let refused = app.storing_nothing(|| app.plan("P-1").with(wrong.clone()).put());
    assert_eq!(
        refused.problem(422, "validation_failed").says("before it starts on 2025-03-17").faults(),
        [
            ("/interventions/1/due_on", "before_start"),
            ("/trajectory/1/expected", "too_many_decimal_places"),
            ("/trajectory/1/quarter", "not_ascending")
        ]
    );
}

#[test]
fn names_what_is_wrong_in_its_parts() {
    let app = App::with_measure();
    let with = |part: Value, field: &str, value: &Value| {
        let mut part = part;
        part[field] = value.clone();
        json!([part])
    };
    for (field, value, code) in [
        ("title", json!(null), "wrong_type"),
        ("delivery", json!("soon"), "unknown_value"),
        ("due_on", json!("17 March"), "wrong_form"),
        ("colour", json!("red"), "unknown_field"),
    ] {
        let parts = with(intervention("A rota"), field, &value);
        let refused = app.storing_nothing(|| app.plan("P-1").set("interventions", &parts).put());
        refused.problem(400, "invalid_body").only_fault(&format!("/interventions/0/{field}"), code);
    }
    for (field, value, code) in [
        ("quarter", json!("2024"), "wrong_form"),
        ("expected", json!("50"), "wrong_type"),
        ("expected", json!(null), "wrong_type"),
    ] {
        let parts = with(json!({"quarter": "2024-25-Q4", "expected": 50}), field, &value);
        let refused = app.storing_nothing(|| app.plan("P-1").set("trajectory", &parts).put());
        refused.problem(400, "invalid_body").only_fault(&format!("/trajectory/0/{field}"), code);
    }
}

#[test]
fn a_measure_needs_a_way_to_recover() {
    let app = App::with_measure();
    app.measure("M-2").set("polarity", "neutral").create();
    app.measure("M-3").set("polarity", "band").create();
    let refused = app.storing_nothing(|| app.plan("P-2").set("measure", "M-2").put());
    refused.problem(422, "validation_failed").only_fault("/measure", "no_good_direction");
    let refused = app.storing_nothing(|| app.plan("P-3").set("measure", "M-3").put());
    refused.problem(422, "validation_failed").only_fault("/trajectory", "goes_nowhere");
}

#[test]
fn keeps_numbers_as_they_were_sent() {
    let app = App::with_measure();
    let sent = r#"[{"expected":50.50,"quarter":"2024-25-Q4"},{"expected":0.0001,"quarter":"2025-26-Q1"}]"#;
    let body = format!(
        r#"{{"measure": "M-1", "title": "A plan", "owner": "An owner", "reason": "Why.", "trajectory": {sent}}}"#
    );
    let made = app.editor().put("recovery-plans/P-1").raw("application/json", body).must_be(201);
    assert!(made.text().contains("50.50") && made.text().contains("0.0001"), "{made}");
    assert!(app.reader().get("recovery-plans/P-1").call().text().contains("50.50"));
}

#[test]
fn the_database_repeats_what_a_trajectory_is() {
    let app = App::with_measure();
    app.plan("P-1").create();
    for wrong in [
        "{}",
        "null",
        "[50]",
        "[{\"quarter\": \"2024-25-Q4\"}]",
        "[{\"quarter\": \"2024-25-Q5\", \"expected\": 50}]",
        "[{\"quarter\": \"2024-25-Q4\", \"expected\": \"50\"}]",
        "[{\"quarter\": \"2024-25-Q4\", \"expected\": 50}, {\"quarter\": \"2024-25-Q4\", \"expected\": 50}]",
        "[{\"quarter\": \"2025-26-Q1\", \"expected\": 50}, {\"quarter\": \"2024-25-Q4\", \"expected\": 50}]",
    ] {
        let refused = app.sql().try_run(&format!("UPDATE recovery_plans SET trajectory = '{wrong}'")).unwrap_err();
        assert_eq!(refused.constraint, "recovery_plans_trajectory_form", "{wrong}");
    }
    let refused = app.sql().try_run("UPDATE recovery_plans SET interventions = '{}'").unwrap_err();
    assert_eq!(refused.constraint, "recovery_plans_interventions_list");
}
