//! Where green, amber and red begin, and the reason in words.

use serde_json::{Value, json};

use super::{ehcp, ehcp_by_calendar_year, number};
use crate::support::App;

/// The rating of each value in a quarter of its own, for the measure and target with these terms.
fn ratings(measure: Value, target: Value, values: &[&str]) -> Vec<(String, String)> {
    let app = App::with_outcome();
    app.measure("M-1").with(measure).create();
    for year in ["2020-21", "2021-22", "2022-23"] {
        app.target("M-1", year, json!(null)).with(target.clone()).create();
    }
    let quarters = (0..).map(|n| format!("20{}-{}-Q{}", 20 + n / 4, 21 + n / 4, n % 4 + 1));
    let rating = |(value, quarter): (&&str, String)| {
        app.approved("M-1", &quarter, number(value));
        let rag = &app.card("M-1", &quarter)["rag"];
        (rag["status"].as_str().unwrap().to_owned(), rag["explanation"].as_str().unwrap().to_owned())
    };
    values.iter().zip(quarters).map(rating).collect()
}

fn colours(measure: Value, target: Value, values: &[(&str, &str)]) {
    let given: Vec<&str> = values.iter().map(|(value, _)| *value).collect();
    for ((status, told), (value, expected)) in ratings(measure, target, &given).iter().zip(values) {
        assert_eq!(status, expected, "{value}: {told}");
    }
}

#[test]
fn red_because_16_5_is_below_the_floor() {
    let app = ehcp(&["2024-25"]);
    app.approved("EDU-01", "2024-25-Q4", 16.5);
    let rag = app.card("EDU-01", "2024-25-Q4")["rag"].clone();
    let expected = json!({
        "status": "red", "reason": "below_floor", "rule_set_version": 2, "value": 16.5, "target": 55, "lower": null, "upper": null,
        "explanation": "red because 16.5 is below the floor 49.5 = 55 less 10 %", "floor": 49.5, "ceiling": null,
        "tolerance": "10 % of the target"
    });
    assert_eq!(rag, expected);
}

#[test]
fn amber_and_red_by_calendar_year() {
    let app = ehcp_by_calendar_year();
    for (period, quarter, value, status) in
        [("CY2023", "2023-24-Q4", 53.1, "amber"), ("CY2024", "2024-25-Q4", 49.0, "red")]
    {
        app.submission("EDU-01", quarter).with(json!({"data_period": period, "value": value})).approved();
        assert_eq!(app.card("EDU-01", quarter)["rag"]["status"], status);
    }
}

#[test]
fn boundaries_count_in_and_rounding_comes_first() {
    let target = json!({"kind": "at_least", "value": 55});
    let values = [
        ("55", "green"),
        ("54.95", "green"),
        ("54.94", "amber"),
        ("49.5", "amber"),
        ("49.45", "amber"),
        ("49.44", "red"),
        ("100", "green"),
        ("0", "red"),
    ];
    colours(json!({}), target, &values);
}

#[test]
fn low_is_good_mirrors_it() {
    let values = [("20", "green"), ("20.1", "amber"), ("22", "amber"), ("22.1", "red")];
    colours(json!({"polarity": "low"}), json!({"kind": "at_most", "value": 20}), &values);
    let told = ratings(json!({"polarity": "low"}), json!({"kind": "at_most", "value": 20}), &["22.1"]);
    assert_eq!(told[0].1, "red because 22.1 is above the ceiling 22 = 20 plus 10 %");
}

#[test]
fn strict_targets_leave_the_boundary_out() {
    let below = json!({"kind": "below", "value": 85, "tolerance_kind": "absolute", "tolerance": 5});
    let values = [("84.9", "green"), ("85", "amber"), ("90", "amber"), ("90.1", "red")];
    colours(json!({"polarity": "low"}), below, &values);
    let above = json!({"kind": "above", "value": 85, "tolerance_kind": "absolute", "tolerance": 0});
    // Without a tolerance there is no amber: the boundary that is left out is red.
    colours(json!({}), above, &[("85.1", "green"), ("85", "red"), ("84.9", "red")]);
}

#[test]
fn a_tolerance_may_be_stated_in_four_ways() {
    let high = |tolerance: Value| {
        let mut target = json!({"kind": "at_least", "value": 80});
        target.as_object_mut().unwrap().extend(tolerance.as_object().unwrap().clone());
        target
    };
    let relative = high(json!({"tolerance_kind": "relative", "tolerance": 5}));
    colours(json!({}), relative, &[("76", "amber"), ("75.9", "red")]);
    let absolute = high(json!({"tolerance_kind": "absolute", "tolerance": 2}));
    colours(json!({}), absolute, &[("78", "amber"), ("77.9", "red")]);
    let floor = high(json!({"tolerance_kind": "floor", "tolerance": 70}));
    colours(json!({}), floor, &[("70", "amber"), ("69.9", "red")]);
    let lincolnshire = json!({"tolerance_kind": "asymmetric", "tolerance_below": 2, "tolerance_above": 1});
    colours(json!({}), high(lincolnshire.clone()), &[("78", "amber"), ("77.9", "red")]);
    let mut low = lincolnshire;
    low.as_object_mut().unwrap().extend(json!({"kind": "at_most", "value": 20}).as_object().unwrap().clone());
    colours(json!({"polarity": "low"}), low, &[("21", "amber"), ("21.1", "red")]);
}

#[test]
fn a_band_is_green_inside_and_amber_near_its_edges() {
    let band = json!({"kind": "band", "lower": 40, "upper": 60});
    let values = [
        ("40", "green"),
        ("60", "green"),
        ("39.9", "amber"),
        ("36", "amber"),
        ("35.9", "red"),
        ("66", "amber"),
        ("66.1", "red"),
    ];
    colours(json!({"polarity": "band"}), band.clone(), &values);
    let told = ratings(json!({"polarity": "band"}), band, &["66.1"]);
    assert_eq!(told[0].1, "red because 66.1 is above the ceiling 66 = 60 plus 10 %");
}

#[test]
fn a_target_of_zero_has_an_absolute_tolerance() {
    let measure = json!({"unit": "count", "decimal_places": 0, "polarity": "low"});
    let target = json!({"kind": "at_most", "value": 0, "tolerance_kind": "absolute", "tolerance": 2});
    colours(measure, target, &[("0", "green"), ("2", "amber"), ("3", "red")]);
}

#[test]
fn what_nothing_judges_has_no_colour() {
    let app = App::with_outcome();
    for (code, terms, reason) in [
        ("NEUTRAL", json!({"polarity": "neutral"}), "neutral_polarity"),
        ("ACTIVITY", json!({"kind": "activity", "expected_lower": 40, "expected_upper": 60}), "activity"),
        ("FREE", json!({}), "no_target"),
        ("NONE", json!({}), "no_target"),
    ] {
        app.measure(code).with(terms).create();
        app.approved(code, "2024-25-Q4", 55);
        if code != "FREE" {
            let kind = if code == "NONE" { json!({"kind": "none", "value": null}) } else { json!({}) };
            app.target(code, "2024-25", 55).with(kind).create();
        }
        let rag = app.card(code, "2024-25-Q4")["rag"].clone();
        assert_eq!((&rag["status"], &rag["reason"]), (&json!("not_rated"), &json!(reason)), "{code}");
        assert_eq!((&rag["target"], &rag["floor"]), (&json!(null), &json!(null)), "{code}");
    }
}

#[test]
fn activity_signals_against_its_expected_range() {
    let app = App::with_outcome();
    let terms =
        json!({"kind": "activity", "unit": "count", "decimal_places": 0, "expected_lower": 400, "expected_upper": 500});
    app.measure("M-1").with(terms).create();
    for (quarter, value, signal) in [
        ("2024-25-Q1", 399, "below"),
        ("2024-25-Q2", 400, "within"),
        ("2024-25-Q3", 500, "within"),
        ("2024-25-Q4", 501, "above"),
    ] {
        app.approved("M-1", quarter, value);
        assert_eq!(app.card("M-1", quarter)["signal"], signal, "{value}");
    }
}

#[test]
fn a_target_of_another_year_does_not_judge() {
    let app = ehcp(&["2024-25"]);
    app.approved("EDU-01", "2025-26-Q1", 24);
    assert_eq!(app.card("EDU-01", "2025-26-Q1")["rag"]["reason"], "no_target");
}
