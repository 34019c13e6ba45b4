//! `POST /api/v1/quarterly-submissions/{measure}/{quarter}/return`.

use serde_json::json;

use crate::support::App;

const PATH: &str = "quarterly-submissions/M-1/2024-25-Q1";
const RETURN: &str = "quarterly-submissions/M-1/2024-25-Q1/return";

#[test]
fn sends_it_back_with_a_reason_and_it_comes_again() {
    let app = App::with_measure();
    app.submission("M-1", "2024-25-Q1").set("value", 16.5).submitted();
    let returned = app.officer().post(RETURN).send(&json!({"reason": "The last week is missing."})).must_be(200).json();
    assert_eq!(
        (&returned["state"], &returned["return_reason"]),
        (&json!("returned"), &json!("The last week is missing."))
    );
    assert_eq!(app.submission("M-1", "2024-25-Q1").set("value", 17).put().must_be(200).json()["state"], "returned");
    let again = app.provider().post(&format!("{PATH}/submit")).call().must_be(200).json();
    assert_eq!((&again["state"], &again["value"]), (&json!("submitted"), &json!(17)));
}

#[test]
fn an_approved_figure_is_corrected_and_never_returned() {
    let app = App::with_measure();
    app.target("M-1", "2024-25", 55).create();
    app.approved("M-1", "2024-25-Q1", 16.5);
    let refused = app.storing_nothing(|| app.officer().post(RETURN).send(&json!({"reason": "Not yet."})));
    let problem = refused.problem(409, "transition_not_allowed");
    assert_eq!(
        (problem.member("state"), problem.member("allowed")),
        (&json!("approved"), &json!(["publish", "revise"]))
    );
    assert_eq!(app.card("M-1", "2024-25-Q1")["rag"]["status"], "red");
}

#[test]
fn needs_a_reason() {
    let app = App::with_measure();
    app.submission("M-1", "2024-25-Q1").set("value", 16.5).submitted();
    for (body, code) in
        [(json!({}), "required"), (json!({"reason": ""}), "too_short"), (json!({"reason": null}), "wrong_type")]
    {
        let refused = app.storing_nothing(|| app.officer().post(RETURN).send(&body));
        refused.problem(400, "invalid_body").only_fault("/reason", code);
    }
    app.storing_nothing(|| app.officer().post(RETURN).call()).problem(415, "unsupported_media_type");
}

#[test]
fn a_draft_is_not_returned() {
    let app = App::with_measure();
    app.submission("M-1", "2024-25-Q1").set("value", 16.5).create();
    let refused = app.storing_nothing(|| app.officer().post(RETURN).send(&json!({"reason": "No."})));
    assert_eq!(refused.problem(409, "transition_not_allowed").member("state"), "draft");
}
