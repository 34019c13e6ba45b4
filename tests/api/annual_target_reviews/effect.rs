//! `GET /api/v1/annual-target-reviews/{framework}/{year}/effect`.

use serde_json::{Value, json};

use super::six::{self, REVIEW, open};
use crate::support::App;

fn effect(app: &App) -> Value {
    app.reader().get(&format!("{REVIEW}/effect")).call().must_be(200).json()
}

fn measure<'a>(effect: &'a Value, code: &str) -> &'a Value {
    let mut measures = effect["measures"].as_array().unwrap().iter();
    measures.find(|measure| measure["code"] == code).unwrap_or_else(|| panic!("no {code}: {effect}"))
}

/// Colour now and then, quarter by quarter.
fn colours(effect: &Value, code: &str) -> Vec<String> {
    let quarters = measure(effect, code)["quarters"].as_array().unwrap();
    let colour = |rag: &Value| rag["status"].as_str().unwrap_or("-").to_owned();
    quarters.iter().map(|one| format!("{} {} {}", colour(&one["now"]), colour(&one["then"]), one["changed"])).collect()
}

#[test]
fn colours_the_year_again_under_what_is_proposed() {
    let app = six::with_figures();
    open(&app);
    let found = app.storing_nothing(|| app.reader().get(&format!("{REVIEW}/effect")).call()).must_be(200).json();
    let effects: Vec<_> = found["measures"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{} {} {}", one["code"], one["action"], one["effect"]).replace('"', ""))
        .collect();
    assert_eq!(
        effects,
        [
            "M-1 retain rejudged",
            "M-2 retarget rejudged",
            "M-3 amend not_comparable",
            "M-4 replace drops_out",
            "M-5 retire drops_out",
            "M-6 retarget rejudged",
            "N-1 add no_figures",
            "N-4 replace no_figures"
        ]
    );
    assert_eq!(
        colours(&found, "M-1"),
        ["green green false", "green green false", "amber amber false", "green green false"]
    );
    assert_eq!(colours(&found, "M-2"), ["green red true", "green red true", "amber red true", "green red true"]);
    assert_eq!(colours(&found, "M-5"), ["green - true", "green - true", "amber - true", "green - true"]);
    assert_eq!(colours(&found, "N-1"), [""; 0]);
    let then = &measure(&found, "M-2")["quarters"][0]["then"];
    assert_eq!(then["explanation"], "red because 60.0 is below the floor 62 = 65 less 3");
    let (now, then) = (&found["summary"]["now"], &found["summary"]["then"]);
    assert_eq!([&now["green"], &now["amber"], &now["red"], &now["measures"]], [15, 5, 0, 24]);
    assert_eq!([&then["green"], &then["amber"], &then["red"], &then["measures"]], [3, 1, 4, 12]);
    assert_eq!(found["summary"]["changed"], 16);
    let third = &found["quarters"][2];
    assert_eq!(
        (&third["quarter"], &third["summary"]["now"]["amber"], &third["summary"]["then"]["amber"]),
        (&json!("2025-26-Q3"), &json!(5), &json!(1))
    );
}

#[test]
fn what_nothing_is_proposed_for_keeps_its_present_target() {
    let app = six::with_figures();
    let amend = six::proposal(
        "M-2",
        "amend",
        json!({"measure": {"polarity": "low"}, "target_kind": "at_most", "target_value": 55}),
    );
    let unfit = six::proposal("M-3", "retarget", json!({"target_kind": "at_most", "target_value": 55}));
    app.review("2025-26").set("proposals", json!([amend, unfit])).create();
    let found = effect(&app);
    assert_eq!(measure(&found, "M-1")["action"], Value::Null);
    assert_eq!(colours(&found, "M-1")[0], "green green false");
    assert_eq!(
        colours(&found, "M-2"),
        ["green amber true", "green amber true", "amber green true", "green amber true"]
    );
    let then = &measure(&found, "M-3")["quarters"][0]["then"];
    assert_eq!((&then["status"], &then["reason"]), (&json!("not_rated"), &json!("target_unfit")));
}
