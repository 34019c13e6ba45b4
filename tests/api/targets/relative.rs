//! Targets relative to a comparator: what is taken, what is refused, and what they hold on to.

use serde_json::{Value, json};

use crate::support::App;

/// A service with the quarterly percentage `M-1`, the region `REGION`, the authority `A-1` and the group `G-1`.
fn app() -> App {
    let app = App::with_comparator();
    app.area("REGION").set("kind", "region").create();
    app
}

/// Terms of a target above the group's mean.
fn above_mean() -> Value {
    json!({"kind": "above", "comparator": "G-1", "comparator_statistic": "mean"})
}

#[test]
fn names_a_group_or_a_region_in_place_of_a_value() {
    let app = app();
    let group = app.target("M-1", "2024-25", json!(null)).with(above_mean()).set("comparator_margin", 2.5).create();
    let group = group.json();
    assert_eq!(
        [&group["value"], &group["comparator"], &group["comparator_statistic"], &group["comparator_margin"]],
        [&json!(null), &json!("G-1"), &json!("mean"), &json!(2.5)]
    );
    let region = json!({"comparator": "REGION", "comparator_statistic": "published"});
    let region = app.target("M-1", "2025-26", json!(null)).with(region).create().json();
    assert_eq!((&region["comparator"], &region["comparator_margin"]), (&json!("REGION"), &json!(null)));
    let versions = app.reader().get("targets/M-1/2024-25/versions").call().must_be(200).json();
    assert_eq!(versions["items"][0]["comparator"], "G-1");
}

#[test]
fn changes_from_a_value_to_a_comparator_and_back() {
    let app = app();
    app.target("M-1", "2024-25", 55).create();
    let to = json!({"value": null, "comparator": "G-1", "comparator_statistic": "median"});
    let changed = app.editor().patch("targets/M-1/2024-25").send(&to).must_be(200).json();
    assert_eq!((&changed["value"], &changed["comparator"]), (&json!(null), &json!("G-1")));
    let back = json!({"value": 60, "comparator": null, "comparator_statistic": null});
    let changed = app.editor().patch("targets/M-1/2024-25").send(&back).must_be(200).json();
    assert_eq!((&changed["value"], &changed["comparator"]), (&json!(60), &json!(null)));
}

#[test]
fn refuses_what_contradicts_itself_or_its_comparator() {
    let app = app();
    for (fields, pointer, code) in [
        (json!({"value": 55}), "/value", "not_allowed"),
        (json!({"comparator_statistic": null}), "/comparator_statistic", "required"),
        (json!({"comparator": null}), "/comparator", "required"),
        (json!({"tolerance_kind": "floor", "tolerance": 50}), "/tolerance_kind", "not_allowed"),
        (json!({"kind": "none"}), "/comparator", "not_allowed"),
        (json!({"kind": "below"}), "/kind", "kind_against_polarity"),
        (json!({"comparator_margin": 101}), "/comparator_margin", "out_of_range"),
        (json!({"comparator": "A-1", "comparator_statistic": "published"}), "/comparator", "not_a_comparator"),
        (json!({"comparator": "REGION"}), "/comparator_statistic", "published_only"),
    ] {
        let target = app.target("M-1", "2024-25", json!(null)).with(above_mean()).with(fields.clone());
        app.storing_nothing(|| target.put()).problem(422, "validation_failed").fault(pointer, code);
    }
    let target = app.target("M-1", "2024-25", json!(null)).with(above_mean());
    let unknown = app.storing_nothing(|| target.set("comparator", "NOWHERE").put());
    unknown.problem(422, "unknown_reference").only_fault("/comparator", "unknown_reference");
    let profile = json!({"profile_q1": 10, "profile_q2": 20, "profile_q3": 30, "profile_q4": 40});
    app.measure("M-2").with(json!({"accumulation": "cumulative"})).create();
    let target = app.target("M-2", "2024-25", json!(null)).with(above_mean()).with(profile);
    app.storing_nothing(|| target.put()).problem(422, "validation_failed").only_fault("/profile_q1", "not_allowed");
}

#[test]
fn the_database_refuses_the_same_past_the_service() {
    let app = app();
    let insert = |columns: &str, values: &str| {
        let columns = format!("measure, year, source, kind, {columns}");
        let statement = format!("INSERT INTO targets ({columns}) VALUES ('M-1', '2024-25', 'illustrative', {values})");
        app.sql().try_run(&statement).map_err(|refused| refused.constraint)
    };
    let group = "comparator, comparator_statistic";
    for (columns, values, constraint) in [
        (format!("value, {group}"), "'above', 5, 'G-1', 'mean'", "targets_value_for_points"),
        (group.to_owned(), "'none', 'G-1', 'mean'", "targets_value_for_points"),
        (group.to_owned(), "'above', 'A-1', 'published'", "targets_one_comparator"),
        (group.to_owned(), "'above', 'G-1', NULL", "targets_comparator_whole"),
        ("value, comparator_margin".to_owned(), "'above', 5, 1", "targets_comparator_whole"),
        (group.to_owned(), "'above', 'REGION', 'mean'", "targets_area_as_published"),
        (group.to_owned(), "'above', 'G-1', 'mode'", "targets_comparator_statistic_known"),
        (format!("{group}, comparator_margin"), "'above', 'G-1', 'mean', 1e14", "targets_comparator_margin_range"),
        (
            format!("{group}, tolerance_kind, tolerance"),
            "'above', 'G-1', 'mean', 'floor', 5",
            "targets_nothing_fixed_beside_comparator",
        ),
    ] {
        assert_eq!(insert(&columns, values), Err(constraint.to_owned()), "{columns}: {values}");
    }
}

#[test]
fn a_comparator_stays_while_a_version_of_a_target_names_it() {
    let app = app();
    app.target("M-1", "2024-25", json!(null)).with(above_mean()).create();
    let region = json!({"comparator": "REGION", "comparator_statistic": "published"});
    app.target("M-1", "2025-26", json!(null)).with(region).create();
    for path in ["comparator-groups/G-1", "areas/REGION"] {
        let refused = app.storing_nothing(|| app.editor().delete(path).call());
        refused.problem(409, "still_in_use").says("relative to");
    }
    // Also while an earlier version does, which past quarters are judged by.
    app.meeting("MT-1").create();
    app.decision("D-1").create();
    let anew = json!({
        "value": 50, "comparator": null, "comparator_statistic": null, "effective_from": "2024-25-Q3", "change_reason": "Fixed.",
        "decision": "D-1"
    });
    app.editor().patch("targets/M-1/2024-25").send(&anew).must_be(200);
    let refused = app.storing_nothing(|| app.editor().delete("comparator-groups/G-1").call());
    refused.problem(409, "still_in_use").says("or were, relative to");
}

#[test]
fn a_committees_comparator_changes_by_another_decision_only() {
    let app = app();
    app.meeting("MT-1").create();
    app.decision("D-1").create();
    app.target("M-1", "2024-25", json!(null)).with(above_mean()).create();
    app.editor().patch("frameworks/F").send(&json!({"status": "adopted", "adopted_by": "D-1"})).must_be(200);
    for change in [json!({"comparator_margin": 1}), json!({"comparator_statistic": "median"})] {
        let refused = app.storing_nothing(|| app.editor().patch("targets/M-1/2024-25").send(&change));
        refused.problem(422, "decision_required");
    }
}
