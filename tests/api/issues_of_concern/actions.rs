//! `POST /api/v1/issues-of-concern/{issue}/{action}`.

use std::thread;

use serde_json::json;

use super::{ACTIONS, ISSUE, ask, take, with_issue};

/// A state, the steps to it, and where each action that is possible leads.
type State = (&'static str, &'static [&'static str], &'static [(&'static str, &'static str)]);

const STATES: &[State] = &[
    ("raised", &[], &[("accept", "accepted"), ("decline", "declined")]),
    ("accepted", &["accept"], &[("schedule", "scheduled")]),
    ("declined", &["decline"], &[]),
    ("scheduled", &["accept", "schedule"], &[("report", "reported")]),
    ("reported", &["accept", "schedule", "report"], &[("close", "closed")]),
    ("closed", &["accept", "schedule", "report", "close"], &[("reopen", "reopened")]),
    (
        "reopened",
        &["accept", "schedule", "report", "close", "reopen"],
        &[("schedule", "scheduled"), ("report", "reported")],
    ),
];

#[test]
fn every_action_does_its_step_or_is_refused_with_what_is_possible() {
    for (state, steps, possible) in STATES {
        let app = with_issue(steps);
        let allowed: Vec<&str> = possible.iter().map(|(action, _)| *action).collect();
        for (action, ..) in ACTIONS.iter().filter(|(action, ..)| !allowed.contains(action)) {
            let problem = app.storing_nothing(|| ask(&app, action)).problem(409, "transition_not_allowed");
            assert_eq!(
                (problem.member("state"), problem.member("allowed")),
                (&json!(state), &json!(allowed)),
                "{action}"
            );
        }
        if let Some((action, leads_to)) = possible.last() {
            assert_eq!(take(&app, action)["state"], *leads_to, "{action} of a {state} one");
        }
    }
}

#[test]
fn each_step_keeps_who_when_and_what() {
    let app = with_issue(&["accept", "schedule", "report", "close", "reopen"]);
    let issue = app.reader().get(ISSUE).call().json();
    for (by, at, who) in [
        ("accepted_by", "accepted_at", "editor"),
        ("scheduled_by", "scheduled_at", "editor"),
        ("reported_by", "reported_at", "editor"),
        ("closed_by", "closed_at", "officer"),
        ("reopened_by", "reopened_at", "editor"),
    ] {
        assert_eq!(issue[by], who, "{by}");
        assert!(issue[at].is_string(), "{at}");
    }
    let told = ["report_on", "answer", "close_reason", "reopen_reason"].map(|field| issue[field].as_str().unwrap());
    assert_eq!(told, ["2025-09-22", "It is better now.", "That is enough.", "It is worse again."]);
    assert_eq!((&issue["declined_by"], &issue["decline_reason"]), (&json!(null), &json!(null)));
    let declined = take(&with_issue(&[]), "decline");
    assert_eq!((&declined["declined_by"], &declined["decline_reason"]), (&json!("officer"), &json!("Not ours.")));
}

#[test]
fn the_newest_of_its_kind_is_kept_and_the_log_has_the_rest() {
    let app = with_issue(&["accept", "schedule", "report", "close", "reopen"]);
    let report = |answer: &str| app.editor().post(&format!("{ISSUE}/report")).send(&json!({"answer": answer}));
    assert_eq!(report("The second answer.").must_be(200).json()["answer"], "The second answer.");
    let answers = app.sql().column(
        "SELECT after ->> 'answer' FROM changes WHERE resource = 'issues_of_concern' AND after ->> 'state' = 'reported' ORDER BY sequence",
    );
    assert_eq!(answers, ["It is better now.", "The second answer."]);
}

#[test]
fn of_two_at_once_one_wins() {
    let app = with_issue(&[]);
    let mut statuses: Vec<u16> = thread::scope(|scope| {
        let threads = ["accept", "decline", "accept", "decline"].map(|action| scope.spawn(|| ask(&app, action).status));
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409, 409, 409]);
}

#[test]
fn honours_conditions_and_is_repeated_without_effect() {
    let app = with_issue(&[]);
    let accept = || app.editor().post(&format!("{ISSUE}/accept"));
    app.storing_nothing(|| accept().if_match("\"1\"").call()).problem(412, "precondition_failed");
    let first = accept().header("Idempotency-Key", "once").call().must_be(200);
    let again = app.storing_nothing(|| accept().header("Idempotency-Key", "once").call()).must_be(200);
    assert_eq!((again.json(), again.header("idempotent-replayed")), (first.json(), "true"));
    app.editor().post("issues-of-concern/I-2/accept").call().problem(404, "not_found").says("issue of concern `I-2`");
}

#[test]
fn names_what_is_wrong_in_a_body() {
    let app = with_issue(&["accept"]);
    for (action, body, pointer, code) in [
        ("schedule", json!({}), "/report_on", "required"),
        ("schedule", json!({"report_on": "soon"}), "/report_on", "wrong_form"),
        ("report", json!({"answer": " "}), "/answer", "wrong_pattern"),
        ("reopen", json!({"reason": null}), "/reason", "wrong_type"),
        ("schedule", json!({"report_on": "2025-09-22", "colour": "red"}), "/colour", "unknown_field"),
    ] {
        let refused = app.storing_nothing(|| app.editor().post(&format!("{ISSUE}/{action}")).send(&body));
        refused.problem(400, "invalid_body").only_fault(pointer, code);
    }
    let refused = app
        .storing_nothing(|| app.editor().post(&format!("{ISSUE}/schedule")).send(&json!({"report_on": "2205-09-22"})));
    refused.problem(422, "validation_failed").only_fault("/report_on", "issues_of_concern_report_on_range");
}

#[test]
fn a_state_comes_with_who_and_when_even_past_the_service() {
    let app = with_issue(&[]);
    for (state, constraint) in
        [("accepted", "issues_of_concern_accepted_signed"), ("declined", "issues_of_concern_declined_signed")]
    {
        let refused = app.sql().try_run(&format!("UPDATE issues_of_concern SET state = '{state}'")).unwrap_err();
        assert_eq!(refused.constraint, constraint);
    }
    take(&app, "accept");
    for (state, constraint) in
        [("scheduled", "issues_of_concern_scheduled_signed"), ("reported", "issues_of_concern_reported_signed")]
    {
        let refused = app.sql().try_run(&format!("UPDATE issues_of_concern SET state = '{state}'")).unwrap_err();
        assert_eq!(refused.constraint, constraint);
    }
}
