//! `POST /api/v1/decisions`.

use serde_json::json;

use super::{clause, sample};
use crate::support::App;
use crate::support::contract::create;

#[test]
fn makes_one() {
    create::makes_it(&sample(&App::with_meeting()));
}

#[test]
fn refuses_a_taken_code() {
    create::refuses_a_taken_key(&sample(&App::with_meeting()));
}

#[test]
fn refuses_a_body_without_its_code() {
    create::refuses_a_missing_key(&sample(&App::with_meeting()));
}

#[test]
fn names_every_wrong_field() {
    create::names_every_wrong_field(&sample(&App::with_meeting()));
}

#[test]
fn fills_in_its_defaults() {
    let app = App::with_meeting();
    let made = app.decision("D-1").create().json();
    for field in ["key_decision", "subject_to_call_in", "called_in"] {
        assert_eq!(made[field], false, "{field}");
    }
    assert_eq!((&made["reasons"], &made["alternatives_rejected"]), (&json!(null), &json!(null)));
    assert_eq!(made["clauses"], json!([clause("a", "agree", None)]));
}

#[test]
fn refuses_an_unknown_meeting() {
    let app = App::start();
    let refused = app.storing_nothing(|| app.decision("D-1").put());
    refused.problem(422, "unknown_reference").only_fault("/meeting", "unknown_reference").says("Create it first");
}

#[test]
fn has_a_clause_and_at_most_fifty() {
    let app = App::with_meeting();
    let many = |count: usize| (0..count).map(|n| clause(&format!("c{n}"), "note", None)).collect::<Vec<_>>();
    for (clauses, code) in [(json!([]), "too_few"), (json!(many(51)), "too_many"), (json!({}), "wrong_type")] {
        let refused = app.storing_nothing(|| app.decision("D-1").set("clauses", &clauses).put());
        refused.problem(400, "invalid_body").only_fault("/clauses", code);
    }
    app.decision("D-1").set("clauses", many(50)).create();
}

#[test]
fn names_what_is_wrong_in_a_clause() {
    let app = App::with_meeting();
    for (field, value, code) in [
        ("clause", json!(""), "too_short"),
        ("clause", json!("a\nb"), "wrong_pattern"),
        ("clause", json!("a".repeat(21)), "too_long"),
        ("verb", json!("resolve"), "unknown_value"),
        ("text", json!(null), "wrong_type"),
        ("committee", json!(" "), "wrong_pattern"),
        ("colour", json!("red"), "unknown_field"),
    ] {
        let mut wrong = clause("b", "note", None);
        wrong[field] = value;
        let clauses = json!([clause("a", "agree", None), wrong]);
        let refused = app.storing_nothing(|| app.decision("D-1").set("clauses", &clauses).put());
        refused.problem(400, "invalid_body").only_fault(&format!("/clauses/1/{field}"), code);
    }
}

#[test]
fn tells_every_broken_rule_at_once() {
    let app = App::with_meeting();
    let wrong = json!({
        "clauses": [
            clause("a", "note", None),
            clause("a", "refer", None),
            clause("b", "include", Some("Another committee"))
        ],
        "called_in": true
    });
    let refused = app.storing_nothing(|| app.decision("D-1").with(wrong.clone()).put());
    let problem = refused.problem(422, "validation_failed").says("two clauses `a`").says("is a `refer`");
    let problem = problem.says("names Another committee").says("subject_to_call_in");
    assert_eq!(
        problem.faults(),
        [
            ("/clauses/1/clause", "clause_twice"),
            ("/clauses/1/committee", "required"),
            ("/clauses/2/committee", "not_allowed"),
            ("/called_in", "not_subject_to_call_in")
        ]
    );
}

#[test]
fn a_request_and_a_referral_go_to_a_committee() {
    let app = App::with_meeting();
    let to = Some("Another committee");
    let clauses = json!([clause("a", "request", to), clause("b", "refer", to), clause("c", "include", None)]);
    assert_eq!(app.decision("D-1").set("clauses", &clauses).create().json()["clauses"], clauses);
}

#[test]
fn the_database_repeats_what_must_hold_even_past_the_service() {
    let app = App::with_meeting();
    app.decision("D-1").with(json!({"subject_to_call_in": true, "called_in": true})).create();
    for (change, constraint) in [
        ("subject_to_call_in = false", "decisions_called_in_where_subject"),
        ("clauses = '[]'", "decisions_clauses_list"),
        ("clauses = '{}'", "decisions_clauses_list"),
        ("meeting = 'NOWHERE'", "decisions_meeting_fkey"),
    ] {
        let refused = app.sql().try_run(&format!("UPDATE decisions SET {change}")).unwrap_err();
        assert_eq!(refused.constraint, constraint, "{change}");
    }
}
