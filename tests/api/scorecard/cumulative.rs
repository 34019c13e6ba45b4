//! Running totals: judged by the profiled target of their quarter, never by a share of the year's.

use serde_json::{Value, json};

use crate::support::App;

/// Children adopted in the year so far, with a target of 40 and this profile.
fn adoptions(profile: Value) -> App {
    let app = App::with_outcome();
    app.measure("M-1").with(json!({"unit": "count", "decimal_places": 0, "accumulation": "cumulative"})).create();
    for year in ["2023-24", "2024-25"] {
        app.target("M-1", year, 40).with(profile.clone()).create();
    }
    app
}

fn profile() -> Value {
    json!({"profile_q1": 5, "profile_q2": 20, "profile_q3": 30, "profile_q4": 40})
}

#[test]
fn each_quarter_has_its_own_target() {
    let app = adoptions(profile());
    for (quarter, value, status, told) in [
        ("2024-25-Q1", 5, "green", "green because 5 meets the Q1 target of at least 5"),
        ("2024-25-Q2", 19, "amber", "amber because 19 is within 10 % of the Q2 target 20 (floor 18)"),
        ("2024-25-Q3", 26, "red", "red because 26 is below the floor 27 = 30 less 10 %"),
        ("2024-25-Q4", 40, "green", "green because 40 meets the Q4 target of at least 40"),
    ] {
        app.approved("M-1", quarter, value);
        let rag = app.card("M-1", quarter)["rag"].clone();
        assert_eq!((&rag["status"], &rag["explanation"]), (&json!(status), &json!(told)));
    }
}

#[test]
fn without_a_profile_nothing_is_divided_by_four() {
    let app = adoptions(json!({}));
    for quarter in ["2024-25-Q1", "2024-25-Q4"] {
        app.approved("M-1", quarter, 10);
        let rag = app.card("M-1", quarter)["rag"].clone();
        assert_eq!((&rag["status"], &rag["reason"]), (&json!("not_rated"), &json!("profile_missing")));
        assert_eq!(rag["target"], json!(null));
    }
}

#[test]
fn travel_is_since_the_same_point_last_year_only() {
    let app = adoptions(profile());
    app.approved("M-1", "2023-24-Q2", 25);
    app.approved("M-1", "2024-25-Q1", 5);
    app.approved("M-1", "2024-25-Q2", 12);
    let direction = app.card("M-1", "2024-25-Q2")["direction"].clone();
    let (short, long) = (&direction["short"], &direction["long"]);
    assert_eq!(
        (&short["result"], &short["reason"]),
        (&json!("not_comparable"), &json!("cumulative_compares_with_last_year"))
    );
    assert_eq!(
        (&long["result"], &long["change"], &long["basis"]),
        (&json!("worsening"), &json!(-13), &json!("same_quarter_last_year"))
    );
    // The short direction is silent, so the long one decides.
    assert_eq!(app.scorecard("2024-25-Q2")["red_and_worsening"], json!(["M-1"]));
}
