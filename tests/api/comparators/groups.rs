//! What the members of a group come to, and which members count.

use serde_json::json;

use super::{app, comparators};

#[test]
fn mean_and_median_stand_on_the_members_that_have_a_value() {
    let app = app();
    app.benchmark("M-1", "A-1", "2024-25", 40).create();
    app.benchmark("M-1", "A-2", "2024-25", 45.5).create();
    app.benchmark("M-1", "A-3", "2024-25", json!(null)).set("value_symbol", "c").create();
    app.benchmark("M-1", "A-4", "2024-25", 99).create();
    let group = comparators(&app, "data_period=2024-25")["groups"][0].clone();
    assert_eq!((group["mean"].to_string(), group["median"].to_string()), ("42.8".to_owned(), "42.8".to_owned()));
    assert_eq!((&group["contributors"], &group["members"]), (&json!(2), &json!(3)));
    assert_eq!((&group["without_value"], &group["gap"]), (&json!(["A-3"]), &json!(null)));
    app.benchmark("M-1", "A-3", "2024-25", 10).put().must_be(200);
    let group = comparators(&app, "data_period=2024-25")["groups"][0].clone();
    assert_eq!((group["mean"].to_string(), group["median"].to_string()), ("31.8".to_owned(), "40.0".to_owned()));
}

#[test]
fn members_are_those_of_the_last_day_of_the_period() {
    let app = app();
    for year in ["2023-24", "2024-25", "2025-26"] {
        app.benchmark("M-1", "A-1", year, 40).create();
        app.benchmark("M-1", "A-4", year, 80).create();
    }
    app.membership("G", "A-1", "2021-04-01").set("valid_to", "2025-03-30").put().must_be(200);
    app.membership("G", "A-4", "2025-04-01").create();
    let members = |year: &str| {
        let group = comparators(&app, &format!("data_period={year}"))["groups"][0].clone();
        (group["members"].clone(), group["mean"].to_string(), group["without_value"].clone())
    };
    assert_eq!(members("2023-24"), (json!(3), "40.0".to_owned(), json!(["A-2", "A-3"])));
    assert_eq!(members("2024-25"), (json!(2), "null".to_owned(), json!(["A-2", "A-3"])));
    assert_eq!(members("2025-26"), (json!(3), "80.0".to_owned(), json!(["A-2", "A-3"])));
}

#[test]
fn what_is_published_for_the_whole_group_stands_beside_with_its_method() {
    let app = app();
    let published = json!({"method": "median", "contributors": 9, "members": 10, "release_date": "2025-11-20"});
    app.benchmark("M-1", "G", "2024-25", 36.57).with(published).create();
    let group = comparators(&app, "data_period=2024-25")["groups"][0].clone();
    let benchmark = &group["benchmark"];
    assert_eq!((benchmark["value"].to_string(), &benchmark["method"]), ("36.6".to_owned(), &json!("median")));
    assert_eq!((&benchmark["contributors"], &benchmark["members"]), (&json!(9), &json!(10)));
    assert_eq!((&benchmark["lag_days"], &benchmark["lag_gap"]), (&json!(234), &json!(null)));
    assert_eq!((&group["mean"], &group["gap"]), (&json!(null), &json!("no_member_has_a_value")));
}

#[test]
fn shows_the_groups_of_the_area_and_those_that_are_nobodys_own() {
    let app = app();
    app.group("CITIES").set("kind", "core_cities").create();
    app.membership("CITIES", "HOME", "2021-04-01").create();
    app.group("OTHERS").set("home_area", "A-4").create();
    let groups = |query: &str| {
        let answer = comparators(&app, &format!("data_period=2024-25{query}"));
        let groups = answer["groups"].as_array().unwrap().clone();
        groups.iter().map(|group| group["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(groups("&area=HOME"), "CITIES G");
    assert_eq!(groups("&area=A-4"), "CITIES OTHERS");
    assert_eq!(groups("&area=A-1"), "CITIES");
    assert_eq!(groups("&group=G"), "G");
    assert_eq!(comparators(&app, "data_period=2024-25&group=OTHERS")["area"]["code"], "A-4");
}
