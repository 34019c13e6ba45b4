//! An unlikely figure is approved by whoever says why it is right.

use serde_json::{Value, json};

use crate::imports::plausible::steady;
use crate::support::App;

const PATH: &str = "quarterly-submissions/M-1/2024-25-Q1";
const APPROVE: &str = "quarterly-submissions/M-1/2024-25-Q1/approve";

/// A figure of 93 % after eight of 50 to 53 %, handed in.
fn unlikely() -> App {
    let app = App::with_measure();
    steady(&app, "M-1");
    app.submission("M-1", "2024-25-Q1").set("numerator", 279).set("denominator", 300).submitted();
    app
}

#[test]
fn an_unlikely_figure_is_approved_with_a_note() {
    let app = unlikely();
    let refused = app.storing_nothing(|| app.officer().post(APPROVE).call()).problem(422, "note_required");
    let refused = refused.says("the median of the 8 earlier figures").says("out of 300");
    let faults: Vec<_> =
        refused.member("errors").as_array().unwrap().iter().map(|one| one["pointer"].clone()).collect();
    assert_eq!(faults, ["/value", "/denominator"]);
    for empty in [json!({}), json!({"note": null})] {
        app.storing_nothing(|| app.officer().post(APPROVE).send(&empty)).problem(422, "note_required");
    }
    let note = json!({"note": "A second team began in January."});
    let approved = app.officer().post(APPROVE).send(&note).must_be(200).json();
    assert_eq!((&approved["state"], &approved["approval_note"]), (&json!("approved"), &note["note"]));
    // It is read in the history of the submission, in the log, and as at an instant.
    let revisions = app.reader().get(&format!("{PATH}/revisions")).call().must_be(200).json();
    assert_eq!(revisions["items"][0]["approval_note"], note["note"]);
    let logged = app
        .sql()
        .value("SELECT after ->> 'approval_note' FROM changes ORDER BY transaction_number DESC, sequence DESC LIMIT 1");
    assert_eq!(logged, note["note"].as_str().unwrap());
    let then = approved["updated_at"].as_str().unwrap();
    app.provider().post(&format!("{PATH}/revise")).send(&json!({"reason": "Late."})).must_be(201);
    let as_of = app.reader().get(&format!("{PATH}?as_of={}", then.replace('+', "%2B"))).call().must_be(200).json();
    assert_eq!(as_of["approval_note"], note["note"]);
}

#[test]
fn the_note_stays_and_is_the_revisions_own() {
    let app = unlikely();
    let note = json!({"note": "A second team began in January."});
    app.officer().post(APPROVE).send(&note).must_be(200);
    let past_the_service = "UPDATE quarterly_submissions SET approval_note = 'Another.' WHERE quarter = '2024-25-Q1'";
    assert_eq!(app.sql().try_run(past_the_service).unwrap_err().constraint, "quarterly_submissions_approved_kept");
    let revised = app.provider().post(&format!("{PATH}/revise")).send(&json!({"reason": "Late."})).must_be(201).json();
    assert_eq!(revised["approval_note"], Value::Null);
    // The figure that it corrects is none of its history.
    app.provider().post(&format!("{PATH}/submit")).call().must_be(200);
    app.storing_nothing(|| app.officer().post(APPROVE).call()).problem(422, "note_required");
    let unapproved = "UPDATE quarterly_submissions SET approval_note = 'Mine.' WHERE state = 'submitted'";
    assert_eq!(app.sql().try_run(unapproved).unwrap_err().constraint, "quarterly_submissions_note_of_approval");
}

#[test]
fn a_likely_figure_needs_none_and_may_have_one() {
    let app = App::with_measure();
    steady(&app, "M-1");
    app.submission("M-1", "2024-25-Q1").set("numerator", 52).set("denominator", 100).submitted();
    let post = || app.officer().post(APPROVE);
    app.storing_nothing(|| post().send(&json!({"reason": "Fine."}))).problem(400, "invalid_body");
    app.storing_nothing(|| post().send(&Value::Null)).problem(400, "invalid_body");
    app.storing_nothing(|| post().send(&json!({"note": ""}))).problem(400, "invalid_body");
    app.storing_nothing(|| post().raw("text/plain", "Fine.")).problem(415, "unsupported_media_type");
    assert_eq!(post().call().must_be(200).json()["approval_note"], Value::Null);
    app.submission("M-1", "2024-25-Q2").set("numerator", 53).set("denominator", 100).submitted();
    let post = app.officer().post("quarterly-submissions/M-1/2024-25-Q2/approve");
    assert_eq!(post.send(&json!({"note": "Seen."})).must_be(200).json()["approval_note"], "Seen.");
}

#[test]
fn members_and_the_public_read_no_note() {
    let app = unlikely();
    app.meeting("MT-1").create();
    app.decision("D-1").create();
    app.editor().patch("frameworks/F").send(&json!({"status": "adopted", "adopted_by": "D-1"})).must_be(200);
    app.officer().post(APPROVE).send(&json!({"note": "9 of them are one family."})).must_be(200);
    app.officer().post(&format!("{PATH}/publish")).call().must_be(200);
    for role in ["member", "public"] {
        let body = json!({"name": role, "grants": [{"role": role}]});
        let key = app.admin().post("keys").send(&body).must_be(201).json()["key"].as_str().unwrap().to_owned();
        let answer = app.anonymous().with_key(&key).get(PATH).call().must_be(200);
        assert_eq!(answer.json()["approval_note"], Value::Null, "{role}");
        assert!(!answer.text().contains("family"), "{role}");
    }
}
