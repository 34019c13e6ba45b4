//! Breakdowns: parts that follow their submission, add up to it, and are shown to others no further than it may be.

use serde_json::{Value, json};

use crate::support::App;

fn parts(male: i64) -> Value {
    json!([
        {"dimension": "sex", "category": "Female", "numerator": 30, "denominator": 50},
        {"dimension": "sex", "category": "Male", "numerator": male, "denominator": 60}
    ])
}

fn whole(male: i64) -> Value {
    json!({"numerator": 70, "denominator": 110, "breakdowns": parts(male)})
}

#[test]
fn parts_come_out_as_they_went_in_with_their_values() {
    let app = App::with_measure();
    let made = app.submission("M-1", "2024-25-Q1").with(whole(40)).create().json();
    assert_eq!(made["breakdowns"][0]["value"], 60.0, "{made}");
    assert_eq!(made["breakdowns"][1]["value"], 66.7, "{made}");
    let before = app.sql().value("SELECT row_version FROM quarterly_submissions");
    app.submission("M-1", "2024-25-Q1").with(whole(40)).put().must_be(200);
    assert_eq!(
        app.sql().value("SELECT row_version FROM quarterly_submissions"),
        before,
        "the same content was written"
    );
    let note = json!({"breakdowns": [], "breakdown_note": null});
    let changed = app.provider().patch("quarterly-submissions/M-1/2024-25-Q1").send(&note).must_be(200).json();
    assert_eq!(changed["breakdowns"], json!([]));
}

#[test]
fn parts_that_do_not_add_up_are_refused_or_explained() {
    let app = App::with_measure();
    let refused = app.storing_nothing(|| app.submission("M-1", "2024-25-Q1").with(whole(39)).put());
    refused.problem(422, "validation_failed").says("the numerators by sex come to 69, but the whole is 70");
    assert_eq!(refused.json()["errors"][0]["pointer"], "/breakdowns");
    let explained = app.submission("M-1", "2024-25-Q1").with(whole(39)).set("breakdown_note", "One is not recorded.");
    explained.create();
    let twice = json!({"value": 60, "breakdowns": [
        {"dimension": "sex", "category": "Female", "value": 104},
        {"dimension": "sex", "category": "female", "value": 60}
    ], "breakdown_note": "Shares only."});
    let refused = app.submission("M-1", "2024-25-Q2").with(twice).put();
    let pointers: Vec<Value> =
        refused.must_be(422).json()["errors"].as_array().unwrap().iter().map(|one| one["pointer"].clone()).collect();
    assert_eq!(pointers, ["/breakdowns/0/value", "/breakdowns/1/category"]);
    let unknown = json!({"value": 60, "breakdowns": [{"dimension": "height", "category": "Tall", "value": 60}]});
    app.submission("M-1", "2024-25-Q2").with(unknown).put().problem(400, "invalid_body");
}

#[test]
fn an_approved_breakdown_is_never_edited() {
    let app = App::with_measure();
    app.submission("M-1", "2024-25-Q1").with(whole(40)).approved();
    app.submission("M-1", "2024-25-Q1")
        .with(whole(40))
        .set("breakdowns", json!([]))
        .put()
        .problem(409, "transition_not_allowed");
    let written = app.sql().try_run("UPDATE quarterly_submissions SET breakdowns = '[]'");
    assert!(written.is_err(), "the database lets an approved breakdown be edited");
    let revised = app.provider().post("quarterly-submissions/M-1/2024-25-Q1/revise").send(&json!({"reason": "Late."}));
    assert_eq!(revised.must_be(201).json()["breakdowns"].as_array().unwrap().len(), 2);
}

#[test]
fn a_small_part_hides_another_with_it() {
    let app = App::with_measure();
    app.meeting("MT-1").create();
    app.decision("D-1").create();
    app.editor().patch("frameworks/F").send(&json!({"status": "adopted", "adopted_by": "D-1"})).must_be(200);
    let by_area = json!([
        {"dimension": "locality", "category": "North", "numerator": 3, "denominator": 20},
        {"dimension": "locality", "category": "East", "numerator": 20, "denominator": 30},
        {"dimension": "locality", "category": "South", "numerator": 47, "denominator": 60}
    ]);
    let figure = json!({"numerator": 70, "denominator": 110, "breakdowns": by_area});
    app.submission("M-1", "2024-25-Q1").with(figure).published();
    let body = json!({"name": "anybody", "grants": [{"role": "public"}]});
    let key = app.admin().post("keys").send(&body).must_be(201).json()["key"].as_str().unwrap().to_owned();
    let public = app.anonymous().with_key(&key);
    let shown = public.get("quarterly-submissions/M-1/2024-25-Q1").call().must_be(200).json();
    assert_eq!((&shown["value"], &shown["numerator"]), (&json!(63.6), &json!(70)));
    let values: Vec<&Value> = shown["breakdowns"].as_array().unwrap().iter().map(|part| &part["value"]).collect();
    assert_eq!(values, [&json!(null), &json!(null), &json!(78.3)], "{shown}");
    assert_eq!(shown["breakdowns"][1]["numerator_symbol"], "c");
    let told = app.reader().get("quarterly-submissions/M-1/2024-25-Q1/disclosure").call().must_be(200).json();
    let reasons: Vec<&Value> = told["reasons"].as_array().unwrap().iter().map(|reason| &reason["code"]).collect();
    assert_eq!(reasons, ["small_number", "gives_away"], "{told}");
}
