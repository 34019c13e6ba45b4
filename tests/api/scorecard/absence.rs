//! Absence is stated, never silent; and what a scorecard leaves out on purpose.

use serde_json::{Value, json};

use super::ehcp;
use crate::support::App;

fn rag(app: &App, measure: &str, quarter: &str) -> (Value, Value, String) {
    let rag = app.card(measure, quarter)["rag"].clone();
    (rag["status"].clone(), rag["reason"].clone(), rag["explanation"].as_str().unwrap().to_owned())
}

#[test]
fn a_figure_that_is_late_is_outstanding() {
    let app = ehcp(&["2024-25"]);
    app.editor().patch("measures/EDU-01").send(&json!({"expected_lag_days": 30})).must_be(200);
    let (status, reason, told) = rag(&app, "EDU-01", "2024-25-Q4");
    assert_eq!((status, reason), (json!("no_data"), json!("outstanding")));
    assert!(told.starts_with("no data: outstanding since 30 April 2025, ") && told.ends_with(" days late"), "{told}");
}

#[test]
fn a_figure_that_is_awaited_later_is_not_due() {
    let app = ehcp(&[]);
    let (status, reason, told) = rag(&app, "EDU-01", "2097-98-Q4");
    assert_eq!(
        (status, reason, told.as_str()),
        (json!("no_data"), json!("not_due"), "no data: not due until 31 March 2098")
    );
    app.measure("YEARLY").with(json!({"frequency": "annual", "expected_lag_days": 210})).create();
    let (_, reason, told) = rag(&app, "YEARLY", "2024-25-Q4");
    assert_eq!((reason, told.as_str()), (json!("not_due"), "no data: nothing falls due in this quarter"));
    assert_eq!(rag(&app, "YEARLY", "2024-25-Q3").1, "outstanding");
}

#[test]
fn a_symbol_says_why_there_is_no_number() {
    let app = ehcp(&["2024-25"]);
    let symbols = [
        ("z", "z", "not applicable"),
        ("x", "x", "not available"),
        ("c", "c", "confidential, suppressed"),
        ("k", "k", "rounds to zero but is not zero"),
        ("u", "u", "too unreliable to give"),
    ];
    for (symbol, reason, meaning) in symbols {
        let code = format!("M-{}", symbol.to_uppercase());
        app.measure(&code).create();
        app.target(&code, "2024-25", 55).create();
        app.submission(&code, "2024-25-Q4").set("value_symbol", symbol).approved();
        let told = format!("no data: {meaning} (symbol {symbol})");
        assert_eq!(rag(&app, &code, "2024-25-Q4"), (json!("no_data"), json!(reason), told));
        let card = app.card(&code, "2024-25-Q4");
        assert_eq!((&card["figure"]["value"], &card["figure"]["value_symbol"]), (&json!(null), &json!(symbol)));
    }
}

#[test]
fn what_is_not_approved_does_not_count() {
    let app = ehcp(&["2024-25"]);
    let counts = || !app.card("EDU-01", "2024-25-Q4")["figure"].is_null();
    app.submission("EDU-01", "2024-25-Q4").set("value", 16.5).create();
    assert!(!counts(), "a draft counts");
    app.provider().post("quarterly-submissions/EDU-01/2024-25-Q4/submit").call().must_be(200);
    assert!(!counts(), "a submitted figure counts");
    app.officer().post("quarterly-submissions/EDU-01/2024-25-Q4/approve").call().must_be(200);
    assert!(counts(), "an approved figure does not count");
}

#[test]
fn the_newest_earlier_figure_stands_beside_an_absence() {
    let app = ehcp(&["2025-26"]);
    app.approved("EDU-01", "2024-25-Q2", 15);
    app.approved("EDU-01", "2024-25-Q4", 16.46);
    let card = app.card("EDU-01", "2025-26-Q1");
    assert_eq!((&card["figure"], &card["direction"], &card["distance"]), (&json!(null), &json!(null), &json!(null)));
    let latest = json!({"quarter": "2024-25-Q4", "data_period": "2024-25-Q4", "value": 16.5, "value_symbol": null, "stage": "final"});
    assert_eq!(card["latest"], latest);
    assert_eq!(app.card("EDU-01", "2024-25-Q4")["latest"], json!(null));
    assert_eq!(app.card("EDU-01", "2024-25-Q1")["latest"], json!(null), "a later figure is no earlier one");
}

#[test]
fn every_active_outcome_and_committee_measure_is_there_and_no_other() {
    let app = App::with_outcome();
    app.framework("G").create();
    app.outcome("O-9").set("framework", "G").create();
    for (code, fields) in [
        ("A-OUTCOME", json!({"level": "outcome"})),
        ("B-COMMITTEE", json!({})),
        ("C-SERVICE", json!({"level": "service"})),
        ("D-PROPOSED", json!({"status": "proposed"})),
        ("E-SUSPENDED", json!({"status": "suspended"})),
        ("F-RETIRED", json!({"status": "retired"})),
        ("G-OTHER", json!({"outcome": "O-9"})),
    ] {
        app.measure(code).with(fields).create();
        app.approved(code, "2024-25-Q4", 1);
    }
    let shown = |quarter: &str| {
        let card = app.scorecard(quarter);
        let measures = card["outcomes"][0]["measures"].as_array().unwrap().clone();
        assert_eq!(card["outcomes"].as_array().unwrap().len(), 1);
        measures.iter().map(|card| card["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    // With figures, without any, and in years that the framework does not reach.
    for quarter in ["2024-25-Q4", "2025-26-Q1", "1990-91-Q1", "2098-99-Q4"] {
        assert_eq!(shown(quarter), ["A-OUTCOME", "B-COMMITTEE"], "{quarter}");
    }
}

#[test]
fn says_what_is_missing_or_wrong_in_the_request() {
    let app = App::with_outcome();
    let get = |path: &str| app.reader().get(path).call();
    get("frameworks/NOWHERE/scorecard?quarter=2024-25-Q4").problem(404, "not_found").says("framework `NOWHERE`");
    get("frameworks/F/scorecard").problem(400, "invalid_parameter").says("quarter");
    get("frameworks/F/scorecard?quarter=2024-25-Q5")
        .problem(400, "invalid_parameter")
        .says("quarters run from Q1 to Q4");
    get("frameworks/F/scorecard?quarter=2024-25-Q4&format=pdf").problem(400, "invalid_parameter").says("format");
    get("frameworks/F/scorecard?quarter=2024-25-Q4&as_at=x").problem(400, "unknown_parameter").says("`quarter`");
    let empty = get("frameworks/F/scorecard?quarter=2024-25-Q4").must_be(200).json();
    assert_eq!((&empty["outcomes"], &empty["summary"]["measures"]), (&json!([]), &json!(0)));
}
