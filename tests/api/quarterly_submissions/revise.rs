//! `POST /api/v1/quarterly-submissions/{measure}/{quarter}/revise`: the chain of revisions.

use serde_json::{Value, json};

use crate::support::{Answer, App};

const PATH: &str = "quarterly-submissions/M-1/2024-25-Q1";

fn revise(app: &App, reason: &str) -> Answer {
    app.provider().post(&format!("{PATH}/revise")).send(&json!({"reason": reason}))
}

/// The revision in hand brought up to this state.
fn step(app: &App, action: &str) {
    let client = if action == "submit" { app.provider() } else { app.officer() };
    client.post(&format!("{PATH}/{action}")).call().must_be(200);
}

fn states(app: &App) -> Vec<(i64, String, Value)> {
    let all = app.reader().get(&format!("{PATH}/revisions")).call().must_be(200).json();
    let all = all["items"].as_array().unwrap().clone();
    let state = |row: Value| {
        (row["revision"].as_i64().unwrap(), row["state"].as_str().unwrap().to_owned(), row["value"].clone())
    };
    all.into_iter().map(state).collect()
}

fn expected(rows: &[(i64, &str, f64)]) -> Vec<(i64, String, Value)> {
    rows.iter().map(|(revision, state, value)| (*revision, (*state).to_owned(), json!(value))).collect()
}

#[test]
fn begins_a_draft_with_the_same_content_and_the_reason() {
    let app = App::with_measure();
    let narrative = json!({"challenges": "Demand."});
    let submission = app.submission("M-1", "2024-25-Q1").set("value", 16.5);
    submission
        .with(json!({"numerator": 33, "denominator": 200, "quality_note": "N.", "narrative": narrative}))
        .published();
    let draft = revise(&app, "Three late records.").must_be(201);
    assert_eq!(draft.header("location"), format!("/api/v1/{PATH}"));
    let draft = draft.json();
    assert_eq!((&draft["revision"], &draft["state"]), (&json!(2), &json!("draft")));
    assert_eq!(
        (&draft["value"], &draft["numerator"], &draft["quality_note"]),
        (&json!(16.5), &json!(33), &json!("N."))
    );
    assert_eq!((&draft["revision_reason"], &draft["narrative"]), (&json!("Three late records."), &narrative));
    assert_eq!((&draft["submitted_by"], &draft["approved_at"]), (&json!(null), &json!(null)));
}

#[test]
fn the_figure_that_counts_stays_until_the_new_one_is_approved() {
    let app = App::with_measure();
    app.target("M-1", "2024-25", 55).create();
    let counts = |value: f64, revision: i64| {
        let figure = app.card("M-1", "2024-25-Q1")["figure"].clone();
        assert_eq!((&figure["value"], &figure["revision"]), (&json!(value), &json!(revision)));
        let reported = app.reader().get("quarterly-submissions?which=reported").call().must_be(200).json();
        assert_eq!(reported["items"][0]["revision"], revision);
    };
    app.submission("M-1", "2024-25-Q1").set("value", 16.5).published();
    revise(&app, "First correction.").must_be(201);
    counts(16.5, 1);
    app.submission("M-1", "2024-25-Q1").set("value", 17.5).put().must_be(200);
    step(&app, "submit");
    counts(16.5, 1);
    step(&app, "approve");
    counts(17.5, 2);
    assert_eq!(states(&app), expected(&[(1, "published", 16.5), (2, "approved", 17.5)]));
    step(&app, "publish");
    counts(17.5, 2);
    assert_eq!(states(&app), expected(&[(1, "superseded", 16.5), (2, "published", 17.5)]));
}

#[test]
fn every_revision_stays_readable_and_is_never_edited() {
    let app = App::with_measure();
    app.submission("M-1", "2024-25-Q1").set("value", 16.5).approved();
    for value in [17.5, 18.5] {
        revise(&app, "A correction.").must_be(201);
        app.submission("M-1", "2024-25-Q1").set("value", value).put().must_be(200);
        step(&app, "submit");
        step(&app, "approve");
    }
    assert_eq!(states(&app), expected(&[(1, "superseded", 16.5), (2, "superseded", 17.5), (3, "approved", 18.5)]));
    let first = app.reader().get(&format!("{PATH}/revisions/1")).call().must_be(200).json();
    assert_eq!((&first["value"], &first["approved_by"]), (&json!(16.5), &json!("officer")));
    let refused = app.sql().try_run("UPDATE quarterly_submissions SET value = 1 WHERE revision = 1").unwrap_err();
    assert_eq!(refused.constraint, "quarterly_submissions_approved_kept");
    assert_eq!(app.reader().get(PATH).call().must_be(200).json()["revision"], 3);
}

#[test]
fn a_correction_in_hand_can_be_dropped() {
    let app = App::with_measure();
    app.submission("M-1", "2024-25-Q1").set("value", 16.5).approved();
    revise(&app, "A correction.").must_be(201);
    let second = app.storing_nothing(|| revise(&app, "Another.")).problem(409, "transition_not_allowed");
    assert_eq!(second.member("state"), "draft");
    app.provider().delete(PATH).call().must_be(204);
    assert_eq!(states(&app), expected(&[(1, "approved", 16.5)]));
    assert_eq!(revise(&app, "Again.").must_be(201).json()["revision"], 2);
}

#[test]
fn only_approved_and_published_figures_are_corrected() {
    let app = App::with_measure();
    app.submission("M-1", "2024-25-Q1").set("value", 16.5).submitted();
    let refused = app.storing_nothing(|| revise(&app, "Too early.")).problem(409, "transition_not_allowed");
    assert_eq!(refused.member("state"), "submitted");
    let nobody_said_why = "INSERT INTO quarterly_submissions (measure, quarter, revision, data_period, value, stage, narrative, state) \
                           VALUES ('M-1', '2024-25-Q2', 2, '2024-25-Q2', 1, 'final', '{}', 'draft')";
    let refused = app.sql().try_run(nobody_said_why).unwrap_err();
    assert_eq!(refused.constraint, "quarterly_submissions_revision_explained");
}
