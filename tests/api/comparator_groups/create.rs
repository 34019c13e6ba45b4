//! `POST /api/v1/comparator-groups`.

use serde_json::json;

use super::sample;
use crate::support::App;
use crate::support::contract::create;

#[test]
fn makes_one() {
    create::makes_it(&sample(&App::with_area()));
}

#[test]
fn refuses_a_taken_code() {
    create::refuses_a_taken_key(&sample(&App::with_area()));
}

#[test]
fn refuses_a_body_without_its_code() {
    create::refuses_a_missing_key(&sample(&App::with_area()));
}

#[test]
fn names_every_wrong_field() {
    create::names_every_wrong_field(&sample(&App::with_area()));
}

#[test]
fn refuses_an_unknown_home() {
    let app = App::start();
    let refused = app.storing_nothing(|| app.group("G").set("home_area", "NOWHERE").put());
    refused.problem(422, "unknown_reference").only_fault("/home_area", "unknown_reference").says("no area");
    let refused = app.storing_nothing(|| app.group("G").set("kind", "friends").put());
    refused.problem(400, "invalid_body").only_fault("/kind", "unknown_value");
}

#[test]
fn shares_no_code_with_an_area() {
    let app = App::with_area();
    let refused = app.storing_nothing(|| app.group("A-1").put());
    refused.problem(409, "already_exists").says("share one line of codes");
    let apart = app.editor().post("comparator-groups").send(&json!({"code": "A-2", "title": "G", "kind": "other"}));
    assert_eq!(apart.must_be(201).json()["home_area"], json!(null));
}
