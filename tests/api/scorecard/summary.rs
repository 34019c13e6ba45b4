//! Grouping by outcome, counts with both denominators, and the lists that members ask for.

use serde_json::{Value, json};

use super::number;
use crate::support::App;

/// Two outcomes, the second first in order, with measures of every status.
fn app() -> App {
    let app = App::with_outcome();
    app.editor().patch("outcomes/O-1").send(&json!({"position": 2, "priority": "Belong and thrive"})).must_be(200);
    app.outcome("O-2").set("position", 1).create();
    let past_and_now = [
        ("A", "O-1", Some(20), 10),
        ("B", "O-1", Some(5), 10),
        ("C", "O-1", Some(60), 52),
        ("D", "O-1", Some(50), 60),
        ("E", "O-2", None, 10),
    ];
    for (code, outcome, earlier, value) in past_and_now {
        app.measure(code)
            .with(json!({"outcome": outcome, "baseline_period": "2023-24-Q4", "baseline_value": 50}))
            .create();
        app.target(code, "2024-25", 55).create();
        if let Some(earlier) = earlier {
            app.approved(code, "2024-25-Q3", earlier);
        }
        app.approved(code, "2024-25-Q4", value);
    }
    app.measure("F").create();
    app.approved("F", "2024-25-Q4", 50);
    app.measure("G").create();
    app
}

fn counts(summary: &Value) -> [u64; 7] {
    ["measures", "green", "amber", "red", "not_rated", "no_data", "rated"].map(|name| summary[name].as_u64().unwrap())
}

#[test]
fn measures_stand_under_their_outcomes_in_order() {
    let card = app().scorecard("2024-25-Q4");
    let outcomes = card["outcomes"].as_array().unwrap();
    let codes = |outcome: &Value| -> Vec<String> {
        outcome["measures"]
            .as_array()
            .unwrap()
            .iter()
            .map(|measure| measure["code"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!((&outcomes[0]["code"], codes(&outcomes[0])), (&json!("O-2"), vec!["E".to_owned()]));
    assert_eq!(
        (&outcomes[1]["code"], codes(&outcomes[1])),
        (&json!("O-1"), ["A", "B", "C", "D", "F", "G"].map(str::to_owned).to_vec())
    );
    assert_eq!(outcomes[1]["priority"], "Belong and thrive");
    assert_eq!(
        (&card["framework"], &card["quarter"], &card["rule_set_version"]),
        (&json!("F"), &json!("2024-25-Q4"), &json!(2))
    );
    assert_eq!(card["narrative_sections"].as_array().unwrap().len(), 3);
}

#[test]
fn every_summary_has_both_denominators() {
    let card = app().scorecard("2024-25-Q4");
    assert_eq!(counts(&card["summary"]), [7, 1, 1, 3, 1, 1, 5]);
    assert_eq!(
        (&card["summary"]["red_percent_of_all"], &card["summary"]["red_percent_of_rated"]),
        (&json!(42.9), &number("60.0"))
    );
    assert_eq!(
        (&card["summary"]["green_percent_of_all"], &card["summary"]["green_percent_of_rated"]),
        (&json!(14.3), &number("20.0"))
    );
    assert_eq!(counts(&card["outcomes"][0]["summary"]), [1, 0, 0, 1, 0, 0, 1]);
    assert_eq!(counts(&card["outcomes"][1]["summary"]), [6, 1, 1, 2, 1, 1, 4]);
    let empty = app().scorecard("2097-98-Q1");
    assert_eq!(counts(&empty["summary"]), [7, 0, 0, 0, 0, 7, 0]);
    assert_eq!(
        (&empty["summary"]["red_percent_of_all"], &empty["summary"]["red_percent_of_rated"]),
        (&number("0.0"), &json!(null))
    );
}

#[test]
fn distances_are_counted_and_never_averaged() {
    let card = app().scorecard("2024-25-Q4");
    let all = json!({"improved": 2, "declined": 3, "unchanged": 0, "not_measurable": 2});
    assert_eq!(card["distance_summary"], all);
    assert_eq!(card["outcomes"][0]["distance_summary"]["declined"], 1);
}

#[test]
fn red_and_worsening_are_listed_for_members() {
    let card = app().scorecard("2024-25-Q4");
    // A fell from 20 to 10, B rose from 5 to 10, E is red with nothing to compare, C fell and is amber.
    assert_eq!((&card["red_and_worsening"], &card["red_and_improving"]), (&json!(["A"]), &json!(["B"])));
}

#[test]
fn a_figure_comes_with_all_that_was_pushed() {
    let app = App::with_measure();
    let narrative = json!({"challenges": "Demand rose.", "results": "Too early to tell."});
    let parts = json!({"numerator": 33, "denominator": 199, "quality_note": "Checked.", "narrative": narrative, "stage": "revised"});
    app.submission("M-1", "2024-25-Q4").with(parts).set("value", number("16.58")).published();
    let card = app.card("M-1", "2024-25-Q4");
    let figure = &card["figure"];
    assert_eq!((&figure["value"], &figure["value_as_pushed"]), (&number("16.6"), &number("16.58")));
    assert_eq!(
        (&figure["numerator"], &figure["denominator"], &figure["stage"]),
        (&json!(33), &json!(199), &json!("revised"))
    );
    assert_eq!(
        (&figure["state"], &figure["revision"], &figure["quality_note"]),
        (&json!("published"), &json!(1), &json!("Checked."))
    );
    assert!(figure["approved_at"].is_string());
    assert_eq!((&card["narrative"], &card["target_source"]), (&narrative, &json!(null)));
    app.target("M-1", "2024-25", 55).create();
    assert_eq!(app.card("M-1", "2024-25-Q4")["target_source"], "illustrative");
}
