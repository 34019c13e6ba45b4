//! Whatever is missing says why, and no other period stands in its place.

use serde_json::json;

use super::{app, comparators};
use crate::support::App;

#[test]
fn nothing_recorded_is_told_part_by_part() {
    let app = app();
    let answer = comparators(&app, "data_period=2024-25");
    assert_eq!((&answer["area"]["code"], &answer["area"]["gap"]), (&json!("HOME"), &json!("no_value")));
    assert_eq!((&answer["published"], &answer["published_gap"]), (&json!([]), &json!("no_value")));
    assert_eq!(answer["standing"]["rank_gap"], "no_value");
    let group = &answer["groups"][0];
    assert_eq!((&group["gap"], &group["benchmark_gap"]), (&json!("no_member_has_a_value"), &json!("no_value")));
    let empty = comparators(&app, "data_period=2019-20")["groups"][0].clone();
    assert_eq!((&empty["gap"], &empty["members"]), (&json!("no_members"), &json!(0)));
}

#[test]
fn only_the_very_period_counts() {
    let app = app();
    for comparator in ["HOME", "A-1", "NATION", "REGION", "G"] {
        app.benchmark("M-1", comparator, "2023-24", 40).create();
    }
    let answer = comparators(&app, "data_period=2024-25");
    assert_eq!((&answer["area"]["value"], &answer["published"]), (&json!(null), &json!([])));
    assert_eq!((&answer["groups"][0]["mean"], &answer["groups"][0]["benchmark"]), (&json!(null), &json!(null)));
    let before = comparators(&app, "data_period=2023-24");
    let codes: Vec<_> = before["published"].as_array().unwrap().iter().map(|side| side["code"].clone()).collect();
    assert_eq!(codes, ["NATION", "REGION"]);
    for period in ["CY2024", "2024-25-Q4", "AY2023-24"] {
        let refused = app.reader().get(&format!("measures/M-1/comparators?data_period={period}")).call();
        refused.problem(422, "period_kind_mismatch").says("takes a financial year");
    }
}

#[test]
fn a_symbol_says_why_there_is_no_value() {
    let app = app();
    for comparator in ["HOME", "NATION"] {
        app.benchmark("M-1", comparator, "2024-25", json!(null)).set("value_symbol", "c").create();
    }
    let answer = comparators(&app, "data_period=2024-25");
    let area = &answer["area"];
    assert_eq!((&area["value"], &area["value_symbol"], &area["gap"]), (&json!(null), &json!("c"), &json!("symbol")));
    let nation = &answer["published"][0]["benchmark"];
    assert_eq!((&nation["value"], &nation["value_symbol"]), (&json!(null), &json!("c")));
    assert_eq!((&nation["lag_days"], &nation["lag_gap"]), (&json!(null), &json!("release_date_unknown")));
    assert_eq!(answer["standing"]["rank_gap"], "symbol");
}

#[test]
fn the_councils_own_figure_stands_in_where_none_is_published() {
    let app = app();
    let submission = || app.submission("M-1", "2024-25-Q4").with(json!({"data_period": "2024-25", "value": 50.04}));
    submission().submitted();
    assert_eq!(comparators(&app, "data_period=2024-25")["area"]["gap"], "no_value");
    app.officer().post("quarterly-submissions/M-1/2024-25-Q4/approve").call().must_be(200);
    let area = comparators(&app, "data_period=2024-25")["area"].clone();
    assert_eq!((area["value"].to_string(), &area["benchmark"]), ("50.0".to_owned(), &json!(null)));
    assert_eq!((&area["figure"]["quarter"], &area["figure"]["state"]), (&json!("2024-25-Q4"), &json!("approved")));
    app.benchmark("M-1", "HOME", "2024-25", 51).set("release_date", "2025-04-30").create();
    let area = comparators(&app, "data_period=2024-25")["area"].clone();
    assert_eq!((area["value"].to_string(), &area["benchmark"]["lag_days"]), ("51.0".to_owned(), &json!(30)));
    assert_eq!(area["figure"]["value"].to_string(), "50.0");
    // It is the council's, and nobody else's.
    assert_eq!(comparators(&app, "data_period=2024-25&area=A-1")["area"]["figure"], json!(null));
}

#[test]
fn an_area_must_be_known_or_asked_for() {
    let app = App::with_outcome();
    app.measure("M-1").set("frequency", "annual").create();
    app.area("NATION").set("kind", "country").create();
    app.benchmark("M-1", "NATION", "2024-25", 46.4).create();
    let none = comparators(&app, "data_period=2024-25");
    assert_eq!((&none["area"]["code"], &none["area"]["gap"]), (&json!(null), &json!("no_home_area")));
    assert_eq!(none["published"][0]["benchmark"]["value"].to_string(), "46.4");
    assert_eq!(none["standing"]["rank_gap"], "no_home_area");
    for code in ["A-1", "A-2"] {
        app.area(code).create();
    }
    app.group("G-1").set("home_area", "A-1").create();
    app.group("G-2").set("home_area", "A-2").create();
    assert_eq!(comparators(&app, "data_period=2024-25")["area"]["gap"], "several_home_areas");
    assert_eq!(comparators(&app, "data_period=2024-25&group=G-2")["area"]["code"], "A-2");
    for (query, told) in [("area=NOWHERE", "area `NOWHERE`"), ("group=NOWHERE", "comparator group `NOWHERE`")] {
        let missing = app.reader().get(&format!("measures/M-1/comparators?data_period=2024-25&{query}")).call();
        missing.problem(404, "not_found").says(told);
    }
    let missing = app.reader().get("measures/NOWHERE/comparators?data_period=2024-25").call();
    missing.problem(404, "not_found").says("measure `NOWHERE`");
    app.reader().get("measures/M-1/comparators").call().problem(400, "invalid_parameter").says("data_period");
}
