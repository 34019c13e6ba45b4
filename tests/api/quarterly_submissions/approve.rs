//! `POST /api/v1/quarterly-submissions/{measure}/{quarter}/approve`.

use std::thread;

use serde_json::json;

use crate::support::{App, Client};

const PATH: &str = "quarterly-submissions/M-1/2024-25-Q1";
const APPROVE: &str = "quarterly-submissions/M-1/2024-25-Q1/approve";

#[test]
fn approves_what_another_handed_in() {
    let app = App::with_measure();
    app.submission("M-1", "2024-25-Q1").set("value", 16.5).submitted();
    let approved = app.officer().post(APPROVE).call().must_be(200).json();
    assert_eq!((&approved["state"], &approved["approved_by"]), (&json!("approved"), &json!("officer")));
    assert_eq!(approved["submitted_by"], "provider");
    assert!(approved["approved_at"].is_string());
}

#[test]
fn nobody_approves_what_they_submitted() {
    let app = App::with_measure();
    let both = Client::new(app.base(), Some(&app.key_of("one-person", &["submit", "approve"])));
    app.submission("M-1", "2024-25-Q1").set("value", 16.5).create();
    both.post(&format!("{PATH}/submit")).call().must_be(200);
    app.storing_nothing(|| both.post(APPROVE).call()).problem(403, "four_eyes").says("one-person");
    // A second key of the same holder is the same caller.
    let second = Client::new(app.base(), Some(&app.key_of("one-person", &["approve"])));
    app.storing_nothing(|| second.post(APPROVE).call()).problem(403, "four_eyes");
    // Nor is another whose name only looks otherwise.
    let third = Client::new(app.base(), Some(&app.key_of("One-Person ", &["approve"])));
    app.storing_nothing(|| third.post(APPROVE).call()).problem(403, "four_eyes");
    let past_the_service =
        "UPDATE quarterly_submissions SET state = 'approved', approved_by = submitted_by, approved_at = now()";
    let refused = app.sql().try_run(past_the_service).unwrap_err();
    assert_eq!(refused.constraint, "quarterly_submissions_four_eyes");
    let refused =
        app.sql().try_run(&past_the_service.replace("= submitted_by", "= upper(submitted_by) || ' '")).unwrap_err();
    assert_eq!(refused.constraint, "quarterly_submissions_four_eyes");
    app.officer().post(APPROVE).call().must_be(200);
}

#[test]
fn who_hands_in_again_is_who_counts() {
    let app = App::with_measure();
    let both = Client::new(app.base(), Some(&app.key_of("one-person", &["submit", "approve"])));
    app.submission("M-1", "2024-25-Q1").set("value", 16.5).submitted();
    app.officer().post(&format!("{PATH}/return")).send(&json!({"reason": "Check it."})).must_be(200);
    both.post(&format!("{PATH}/submit")).call().must_be(200);
    app.storing_nothing(|| both.post(APPROVE).call()).problem(403, "four_eyes");
}

#[test]
fn every_other_state_refuses_and_says_what_is_possible() {
    let app = App::with_measure();
    let refused = |state: &str, allowed: serde_json::Value| {
        let problem = app.storing_nothing(|| app.officer().post(APPROVE).call()).problem(409, "transition_not_allowed");
        assert_eq!((problem.member("state"), problem.member("allowed")), (&json!(state), &allowed));
    };
    app.submission("M-1", "2024-25-Q1").set("value", 16.5).create();
    refused("draft", json!(["submit"]));
    app.provider().post(&format!("{PATH}/submit")).call().must_be(200);
    app.officer().post(&format!("{PATH}/return")).send(&json!({"reason": "Check it."})).must_be(200);
    refused("returned", json!(["submit"]));
    app.provider().post(&format!("{PATH}/submit")).call().must_be(200);
    app.officer().post(APPROVE).call().must_be(200);
    refused("approved", json!(["publish", "revise"]));
    app.officer().post(&format!("{PATH}/publish")).call().must_be(200);
    refused("published", json!(["revise"]));
}

#[test]
fn of_two_at_once_one_wins() {
    let app = App::with_measure();
    let other = Client::new(app.base(), Some(&app.key_of("second-officer", &["approve"])));
    app.submission("M-1", "2024-25-Q1").set("value", 16.5).submitted();
    let mut answers: Vec<_> = thread::scope(|scope| {
        let callers = [app.officer(), other.clone(), app.officer(), other];
        let threads = callers.map(|caller| scope.spawn(move || caller.post(APPROVE).call()));
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    answers.sort_by_key(|answer| answer.status);
    assert_eq!(answers[0].status, 200);
    for refused in &answers[1..] {
        let problem = refused.problem(409, "transition_not_allowed");
        assert_eq!(problem.member("state"), "approved");
    }
    assert_eq!(app.sql().count("changes WHERE after ->> 'state' = 'approved'"), 1);
}

#[test]
fn an_approved_figure_is_edited_by_nobody() {
    let app = App::with_measure();
    let approved = app.submission("M-1", "2024-25-Q1").set("value", 16.5).approved();
    for refused in [
        app.storing_nothing(|| app.submission("M-1", "2024-25-Q1").set("value", 17).put()),
        app.storing_nothing(|| app.provider().patch(PATH).send(&json!({"quality_note": "Better."}))),
        app.storing_nothing(|| app.provider().delete(PATH).call()),
    ] {
        let problem = refused.problem(409, "transition_not_allowed");
        assert_eq!(problem.member("allowed"), &json!(["publish", "revise"]));
    }
    let same = app.storing_nothing(|| app.submission("M-1", "2024-25-Q1").set("value", 16.5).put()).must_be(200);
    assert_eq!(same.etag(), approved.etag());
    for statement in [
        "UPDATE quarterly_submissions SET value = 17",
        "UPDATE quarterly_submissions SET narrative = '{\"results\": \"x\"}'",
        "UPDATE quarterly_submissions SET data_period = '2023-24-Q1'",
        "UPDATE quarterly_submissions SET submitted_by = 'somebody'",
        "DELETE FROM quarterly_submissions",
    ] {
        let refused = app.sql().try_run(statement).unwrap_err();
        assert_eq!(refused.constraint, "quarterly_submissions_approved_kept", "{statement}");
    }
}
