//! `POST /api/v1/outcomes`.

use serde_json::json;

use super::sample;
use crate::support::App;
use crate::support::contract::create;

#[test]
fn makes_one() {
    create::makes_it(&sample(&App::with_framework()));
}

#[test]
fn refuses_a_taken_code() {
    create::refuses_a_taken_key(&sample(&App::with_framework()));
}

#[test]
fn refuses_a_body_without_its_code() {
    create::refuses_a_missing_key(&sample(&App::with_framework()));
}

#[test]
fn names_every_wrong_field() {
    create::names_every_wrong_field(&sample(&App::with_framework()));
}

#[test]
fn fills_in_its_defaults() {
    let made = App::with_framework();
    let made = made.outcome("O-1").create().json();
    assert_eq!((&made["position"], &made["status"], &made["priority"]), (&json!(0), &json!("active"), &json!(null)));
}

#[test]
fn refuses_an_unknown_framework() {
    let app = App::with_framework();
    let refused = app.storing_nothing(|| app.outcome("O-1").set("framework", "NOWHERE").put());
    refused.problem(422, "unknown_reference").only_fault("/framework", "unknown_reference").says("Create it first");
}

#[test]
fn refuses_a_position_beyond_its_range() {
    let app = App::with_framework();
    for position in [json!(-1), json!(10_000), json!(99_999_999_999_i64), json!(1.5), json!("1")] {
        let refused = app.storing_nothing(|| app.outcome("O-1").set("position", &position).put());
        assert_eq!(refused.problem(400, "invalid_body").faults()[0].0, "/position", "{position}");
    }
    app.outcome("O-1").set("position", 9999).create();
}
