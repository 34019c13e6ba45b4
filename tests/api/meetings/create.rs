//! `POST /api/v1/meetings`.

use serde_json::json;

use super::sample;
use crate::support::App;
use crate::support::contract::create;

#[test]
fn makes_one() {
    create::makes_it(&sample(&App::start()));
}

#[test]
fn refuses_a_taken_code() {
    create::refuses_a_taken_key(&sample(&App::start()));
}

#[test]
fn refuses_a_body_without_its_code() {
    create::refuses_a_missing_key(&sample(&App::start()));
}

#[test]
fn names_every_wrong_field() {
    create::names_every_wrong_field(&sample(&App::start()));
}

#[test]
fn fills_in_its_defaults() {
    let app = App::start();
    let made = app.meeting("MT-1").create().json();
    assert_eq!((&made["kind"], &made["title"], &made["papers"]), (&json!("ordinary"), &json!(null), &json!(null)));
    assert_eq!(made["held_on"], "2025-06-16");
}

#[test]
fn refuses_what_is_no_day() {
    let app = App::start();
    for text in ["2025-02-29", "2025-6-16", "16/06/2025", "2025-06-16T10:00:00Z", "0000-01-01", ""] {
        let refused = app.storing_nothing(|| app.meeting("MT-1").set("held_on", text).put());
        refused.problem(400, "invalid_body").only_fault("/held_on", "wrong_form").says("is not a date");
    }
    for value in [json!(20_250_616), json!(null)] {
        let refused = app.storing_nothing(|| app.meeting("MT-1").set("held_on", &value).put());
        refused.problem(400, "invalid_body").only_fault("/held_on", "wrong_type");
    }
}

#[test]
fn refuses_a_year_beyond_its_range() {
    let app = App::start();
    for text in ["0205-06-16", "1989-12-31", "2100-01-01", "9999-12-31"] {
        let refused = app.storing_nothing(|| app.meeting("MT-1").set("held_on", text).put());
        let problem = refused.problem(422, "validation_failed").only_fault("/held_on", "meetings_held_on_range");
        problem.says("from 1990-01-01 to 2099-12-31");
    }
    app.meeting("MT-1").set("held_on", "1990-01-01").create();
    app.meeting("MT-2").set("held_on", "2099-12-31").create();
}

#[test]
fn refuses_a_kind_that_is_none() {
    let app = App::start();
    for kind in ["ordinary", "annual", "extraordinary", "urgent"] {
        app.meeting(&format!("MT-{}", kind.to_uppercase())).set("kind", kind).create();
    }
    let refused = app.storing_nothing(|| app.meeting("MT-1").set("kind", "special").put());
    refused.problem(400, "invalid_body").only_fault("/kind", "unknown_value").says("extraordinary");
}

#[test]
fn keeps_where_the_papers_are_as_plain_text() {
    let app = App::start();
    let papers = "https://council.example/papers?a=1&b=2\n\"Reading room\", first floor";
    assert_eq!(app.meeting("MT-1").set("papers", papers).create().json()["papers"], papers);
    let refused = app.storing_nothing(|| app.meeting("MT-2").set("papers", " ").put());
    refused.problem(400, "invalid_body").only_fault("/papers", "wrong_pattern");
}
