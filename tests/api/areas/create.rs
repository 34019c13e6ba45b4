//! `POST /api/v1/areas`.

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
fn refuses_what_cannot_be() {
    let app = App::start();
    for (fields, pointer, code) in [
        (json!({"valid_from": "2025-04-01", "valid_to": "2025-03-31"}), "/valid_to", "areas_validity_in_order"),
        (json!({"successor": "A-1"}), "/successor", "areas_successor_is_another"),
    ] {
        let refused = app.storing_nothing(|| app.area("A-1").with(fields.clone()).put());
        refused.problem(422, "validation_failed").only_fault(pointer, code);
    }
    let refused = app.storing_nothing(|| app.area("A-1").set("successor", "NOWHERE").put());
    refused.problem(422, "unknown_reference").only_fault("/successor", "unknown_reference").says("Create it first");
    app.area("A-1").with(json!({"valid_from": "2025-03-31", "valid_to": "2025-03-31"})).create();
}

#[test]
fn refuses_days_that_are_none_in_words() {
    let app = App::start();
    for (day, told) in [
        (json!("2025-02-29"), "there is no such day"),
        (json!("2025-4-1"), "write it like `2025-06-16`"),
        (json!("01/04/2025"), "write it like `2025-06-16`"),
    ] {
        let refused = app.storing_nothing(|| app.area("A-1").set("valid_from", &day).put());
        refused.problem(400, "invalid_body").only_fault("/valid_from", "wrong_form").says(told);
    }
}

#[test]
fn shares_no_code_with_a_group() {
    let app = App::start();
    app.group("SHARED").create();
    let refused = app.storing_nothing(|| app.area("SHARED").put());
    refused.problem(409, "already_exists").says("share one line of codes");
    app.editor().delete("comparator-groups/SHARED").call().must_be(204);
    app.storing_nothing(|| app.area("SHARED").put()).problem(409, "code_used_before");
}
