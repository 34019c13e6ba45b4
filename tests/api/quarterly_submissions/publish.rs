//! `POST /api/v1/quarterly-submissions/{measure}/{quarter}/publish`.

use serde_json::json;

use crate::support::App;

const PATH: &str = "quarterly-submissions/M-1/2024-25-Q1";

#[test]
fn makes_an_approved_figure_public() {
    let app = App::with_measure();
    let approved = app.submission("M-1", "2024-25-Q1").set("value", 16.5).approved();
    let publish = format!("{PATH}/publish");
    let published = app.officer().post(&publish).if_match(&approved.etag()).call().must_be(200).json();
    assert_eq!((&published["state"], &published["published_by"]), (&json!("published"), &json!("officer")));
    assert_eq!(published["approved_at"], approved.json()["approved_at"]);
    let again = app.storing_nothing(|| app.officer().post(&publish).call()).problem(409, "transition_not_allowed");
    assert_eq!((again.member("state"), again.member("allowed")), (&json!("published"), &json!(["revise"])));
}

#[test]
fn refuses_what_is_not_approved() {
    let app = App::with_measure();
    app.submission("M-1", "2024-25-Q1").set("value", 16.5).submitted();
    let refused = app.storing_nothing(|| app.officer().post(&format!("{PATH}/publish")).call());
    let problem = refused.problem(409, "transition_not_allowed").says("`approve` or `return`");
    assert_eq!(problem.member("state"), "submitted");
}

#[test]
fn a_public_figure_is_returned_or_edited_by_nobody() {
    let app = App::with_measure();
    app.submission("M-1", "2024-25-Q1").set("value", 16.5).published();
    for refused in [
        app.storing_nothing(|| app.officer().post(&format!("{PATH}/return")).send(&json!({"reason": "Oh."}))),
        app.storing_nothing(|| app.submission("M-1", "2024-25-Q1").set("value", 17).put()),
        app.storing_nothing(|| app.provider().delete(PATH).call()),
    ] {
        assert_eq!(refused.problem(409, "transition_not_allowed").member("allowed"), &json!(["revise"]));
    }
}
