//! Direction of travel, short and long: apart from the colour, and honest about what cannot be compared.

use serde_json::{Value, json};

use super::{ehcp, number};
use crate::support::App;

/// Result, movement and change since the earlier period.
fn since(card: &Value, which: &str) -> (String, Value, Value) {
    let direction = &card["direction"][which];
    (direction["result"].as_str().unwrap().to_owned(), direction["movement"].clone(), direction["change"].clone())
}

/// A yearly measure with these two figures of consecutive academic years, in the autumn after each.
fn two_years(terms: Value, earlier: &str, later: &str) -> Value {
    let app = App::with_outcome();
    app.measure("M-1")
        .with(json!({"frequency": "annual", "calendar": "academic", "decimal_places": 2}))
        .with(terms)
        .create();
    for (period, quarter, value) in [("AY2023-24", "2024-25-Q3", earlier), ("AY2024-25", "2025-26-Q3", later)] {
        app.submission("M-1", quarter).with(json!({"data_period": period, "value": number(value)})).approved();
    }
    app.card("M-1", "2025-26-Q3")
}

#[test]
fn red_can_be_improving() {
    let app = ehcp(&["2024-25", "2025-26"]);
    app.approved("EDU-01", "2024-25-Q4", number("16.5"));
    app.approved("EDU-01", "2025-26-Q1", number("24.0"));
    let card = app.card("EDU-01", "2025-26-Q1");
    assert_eq!(card["rag"]["status"], "red");
    assert_eq!(since(&card, "short"), ("improving".to_owned(), json!("up"), json!(7.5)));
    assert_eq!(card["direction"]["short"]["basis"], "previous_quarter");
    assert_eq!(card["direction"]["short"]["compared_with"], json!({"data_period": "2024-25-Q4", "value": 16.5}));
    assert_eq!(since(&card, "long").0, "insufficient_data");
    assert_eq!(app.scorecard("2025-26-Q1")["red_and_improving"], json!(["EDU-01"]));
}

#[test]
fn the_long_direction_compares_with_the_same_quarter_last_year() {
    let app = ehcp(&[]);
    for (quarter, value) in [("2023-24-Q4", 42), ("2024-25-Q3", 15), ("2024-25-Q4", 20)] {
        app.approved("EDU-01", quarter, value);
    }
    let card = app.card("EDU-01", "2024-25-Q4");
    assert_eq!((since(&card, "short").0, since(&card, "long").0), ("improving".to_owned(), "worsening".to_owned()));
    assert_eq!(card["direction"]["long"]["compared_with"]["data_period"], "2023-24-Q4");
}

#[test]
fn each_polarity_has_its_good_direction() {
    let care_leavers = two_years(json!({"decimal_places": 0}), "42", "39");
    assert_eq!(since(&care_leavers, "short"), ("worsening".to_owned(), json!("down"), json!(-3)));
    let severe_absence = two_years(json!({"polarity": "low"}), "3.36", "3.67");
    assert_eq!(since(&severe_absence, "short"), ("worsening".to_owned(), json!("up"), json!(0.31)));
    let with_a_plan = two_years(json!({"decimal_places": 1}), "58.2", "66.4");
    assert_eq!(since(&with_a_plan, "short"), ("improving".to_owned(), json!("up"), json!(8.2)));
    assert_eq!(with_a_plan["rag"]["reason"], "no_target");
    let rate = json!({"polarity": "neutral", "unit": "rate", "rate_base": 10_000, "decimal_places": 0});
    let looked_after = two_years(rate, "56", "54");
    assert_eq!(since(&looked_after, "short"), ("no_judgement".to_owned(), json!("down"), json!(-2)));
    assert_eq!(looked_after["direction"]["short"]["reason"], "neutral_polarity");
    assert_eq!(looked_after["rag"]["reason"], "neutral_polarity");
}

#[test]
fn no_change_is_told_apart() {
    let same = |terms: Value, earlier: &str, later: &str| {
        let card = two_years(terms, earlier, later);
        let direction = card["direction"]["short"].clone();
        (direction["result"].as_str().unwrap().to_owned(), direction["reason"].clone())
    };
    assert_eq!(same(json!({}), "50", "50"), ("stable".to_owned(), json!(null)));
    assert_eq!(same(json!({"decimal_places": 0}), "50.4", "49.6"), ("stable".to_owned(), json!(null)));
    assert_eq!(same(json!({"stable_band": 2}), "50", "52"), ("stable".to_owned(), json!("within_stable_band")));
    assert_eq!(same(json!({"stable_band": 2}), "50", "52.01"), ("improving".to_owned(), json!(null)));
    assert_eq!(same(json!({}), "100", "100"), ("at_maximum".to_owned(), json!(null)));
    assert_eq!(same(json!({"polarity": "low"}), "0", "0"), ("at_maximum".to_owned(), json!(null)));
}

#[test]
fn only_consecutive_years_are_compared() {
    let app = App::with_outcome();
    app.measure("M-1").with(json!({"frequency": "annual"})).create();
    for (period, quarter) in [("2021-22", "2022-23-Q1"), ("2023-24", "2024-25-Q1")] {
        app.submission("M-1", quarter).with(json!({"data_period": period, "value": 50})).approved();
    }
    let short = app.card("M-1", "2024-25-Q1")["direction"]["short"].clone();
    assert_eq!((&short["result"], &short["reason"]), (&json!("insufficient_data"), &json!("no_earlier_value")));
}

#[test]
fn a_provisional_figure_flags_its_direction_until_the_final_one_comes() {
    let app = App::with_outcome();
    app.measure("PHONICS").with(json!({"frequency": "annual", "calendar": "academic", "decimal_places": 0})).create();
    app.submission("PHONICS", "2024-25-Q2").with(json!({"data_period": "AY2023-24", "value": 78})).approved();
    let provisional = json!({"data_period": "AY2024-25", "value": 76, "stage": "provisional"});
    app.submission("PHONICS", "2025-26-Q2").with(provisional).approved();
    let short = || app.card("PHONICS", "2025-26-Q2")["direction"]["short"].clone();
    assert_eq!((&short()["provisional"], &short()["result"]), (&json!(true), &json!("worsening")));
    let path = "quarterly-submissions/PHONICS/2025-26-Q2";
    app.provider().post(&format!("{path}/revise")).send(&json!({"reason": "Final release."})).must_be(201);
    let last = json!({"data_period": "AY2024-25", "value": 79});
    app.submission("PHONICS", "2025-26-Q2").with(last).put().must_be(200);
    app.provider().post(&format!("{path}/submit")).call().must_be(200);
    app.officer().post(&format!("{path}/approve")).call().must_be(200);
    assert_eq!((&short()["provisional"], &short()["result"]), (&json!(false), &json!("improving")));
}

#[test]
fn what_is_suppressed_is_not_compared() {
    let app = ehcp(&[]);
    app.submission("EDU-01", "2024-25-Q3").set("value_symbol", "c").approved();
    app.approved("EDU-01", "2024-25-Q4", 16.5);
    let short = app.card("EDU-01", "2024-25-Q4")["direction"]["short"].clone();
    assert_eq!((&short["result"], &short["reason"]), (&json!("not_comparable"), &json!("suppressed")));
    assert_eq!((&short["change"], &short["compared_with"]), (&json!(null), &json!(null)));
}
