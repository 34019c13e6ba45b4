//! `POST /api/v1/targets`.

use serde_json::json;

use super::sample;
use crate::support::App;
use crate::support::contract::create;

#[test]
fn makes_one() {
    create::makes_it(&sample(&App::with_measure()));
}

#[test]
fn refuses_a_taken_key() {
    create::refuses_a_taken_key(&sample(&App::with_measure()));
}

#[test]
fn refuses_a_body_without_its_key() {
    create::refuses_a_missing_key(&sample(&App::with_measure()));
}

#[test]
fn names_every_wrong_field() {
    create::names_every_wrong_field(&sample(&App::with_measure()));
}

#[test]
fn refuses_an_unknown_measure() {
    let app = App::with_measure();
    let refused = app.storing_nothing(|| app.target("NOWHERE", "2024-25", 55).put());
    refused
        .problem(422, "unknown_reference")
        .only_fault("/measure", "unknown_reference")
        .says("no measure with this code");
}

#[test]
fn refuses_what_contradicts_itself_or_its_measure() {
    let app = App::with_measure();
    for (fields, pointer, code) in [
        (json!({"kind": "at_most"}), "/kind", "kind_against_polarity"),
        (json!({"kind": "band", "lower": 1, "upper": 2}), "/kind", "kind_against_polarity"),
        (json!({"kind": "none"}), "/value", "not_allowed"),
        (json!({"value": null}), "/value", "required"),
        (json!({"value": 100.1}), "/value", "out_of_range"),
        (json!({"value": -1}), "/value", "out_of_range"),
        (json!({"value": 0.12345}), "/value", "too_many_decimal_places"),
        (json!({"lower": 1}), "/lower", "not_allowed"),
        (json!({"tolerance_kind": "absolute"}), "/tolerance", "required"),
        (json!({"tolerance_kind": "floor"}), "/tolerance", "required"),
        (json!({"tolerance_kind": "floor", "tolerance": 56}), "/tolerance", "floor_on_wrong_side"),
        (json!({"tolerance_kind": "asymmetric", "tolerance_below": 2}), "/tolerance_above", "required"),
        (json!({"tolerance_kind": "absolute", "tolerance": -2}), "/tolerance", "negative"),
        (json!({"tolerance": 101}), "/tolerance", "out_of_range"),
        (json!({"tolerance_below": 2}), "/tolerance_below", "not_allowed"),
        (json!({"source": "decision"}), "", "decision_not_cited"),
    ] {
        let refused = app.storing_nothing(|| app.target("M-1", "2024-25", 55).with(fields.clone()).put());
        refused.problem(422, "validation_failed").fault(pointer, code);
    }
}

#[test]
fn refuses_a_relative_tolerance_on_zero() {
    let app = App::with_outcome();
    app.measure("M-1").set("polarity", "low").create();
    let target = || app.target("M-1", "2024-25", 0).set("kind", "at_most");
    for fields in
        [json!({}), json!({"tolerance_kind": "relative"}), json!({"tolerance_kind": "relative", "tolerance": 20})]
    {
        let refused = app.storing_nothing(|| target().with(fields.clone()).put());
        let problem = refused.problem(422, "validation_failed");
        problem.only_fault("/tolerance_kind", "relative_tolerance_on_zero").says("give tolerance_kind `absolute`");
    }
    target().with(json!({"tolerance_kind": "absolute", "tolerance": 2})).create();
}

#[test]
fn tells_every_fault_at_once() {
    let app = App::with_measure();
    let wrong = json!({"kind": "at_most", "tolerance": 101, "lower": 1, "profile_q1": 10});
    let refused = app.storing_nothing(|| app.target("M-1", "2024-25", 155).with(wrong).put());
    let problem = refused.problem(422, "validation_failed").says("faults were found");
    let problem = problem.fault("/kind", "kind_against_polarity").fault("/tolerance", "out_of_range");
    problem
        .fault("/lower", "not_allowed")
        .fault("/profile_q1", "profile_not_cumulative")
        .fault("/value", "out_of_range");
}

#[test]
fn a_profile_belongs_to_a_running_total_and_ends_at_the_target() {
    let app = App::with_outcome();
    app.measure("M-1").with(json!({"accumulation": "cumulative", "unit": "count", "decimal_places": 0})).create();
    let profile = |points: [Option<i32>; 4]| {
        let fields = ["profile_q1", "profile_q2", "profile_q3", "profile_q4"];
        fields
            .into_iter()
            .zip(points)
            .map(|(field, point)| (field.to_owned(), json!(point)))
            .collect::<serde_json::Map<_, _>>()
    };
    for (points, pointer, code) in [
        ([Some(10), Some(20), None, Some(40)], "/profile_q3", "profile_incomplete"),
        ([Some(10), Some(30), Some(20), Some(40)], "/profile_q1", "profile_not_monotone"),
        ([Some(10), Some(20), Some(30), Some(39)], "/profile_q4", "profile_not_ending_at_target"),
    ] {
        let refused = app.storing_nothing(|| app.target("M-1", "2024-25", 40).with(json!(profile(points))).put());
        refused.problem(422, "validation_failed").only_fault(pointer, code);
    }
    app.target("M-1", "2024-25", 40).with(json!(profile([Some(10), Some(20), Some(30), Some(40)]))).create();
    app.target("M-1", "2025-26", 40).create();
}

#[test]
fn a_band_has_two_edges_in_order() {
    let app = App::with_outcome();
    app.measure("M-1").set("polarity", "band").create();
    let band = |fields: serde_json::Value| app.target("M-1", "2024-25", json!(null)).set("kind", "band").with(fields);
    for (fields, pointer, code) in [
        (json!({"lower": 20}), "/upper", "required"),
        (json!({"lower": 20, "upper": 10}), "/lower", "lower_not_below_upper"),
        (json!({"lower": 10, "upper": 20, "value": 15}), "/value", "not_allowed"),
        (json!({"lower": 0, "upper": 20}), "/tolerance_kind", "relative_tolerance_on_zero"),
        (
            json!({"lower": 10, "upper": 20, "tolerance_kind": "floor", "tolerance": 5}),
            "/tolerance_kind",
            "not_allowed",
        ),
    ] {
        let refused = app.storing_nothing(|| band(fields.clone()).put());
        refused.problem(422, "validation_failed").fault(pointer, code);
    }
    band(json!({"lower": 10, "upper": 20})).create();
}
