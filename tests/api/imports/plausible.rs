//! What is unlikely of a figure is told in the receipt, and stops nobody from sending it.

use serde_json::{Value, json};

use super::jobs::{post, read, ten, work};
use super::{app, many, receipt_alone, row, send};
use crate::support::App;
use crate::support::client::Answer;

/// Approves a figure out of 100 for each quarter of 2022/23 and 2023/24, from 50 to 53 %.
pub fn steady(app: &App, measure: &str) {
    for (at, quarter) in (2022..2024).flat_map(|year| (1..=4).map(move |quarter| (year, quarter))).enumerate() {
        let quarter = format!("{}-{:02}-Q{}", quarter.0, quarter.0 - 1999, quarter.1);
        let figure = app.submission(measure, &quarter).set("numerator", 50 + at % 4).set("denominator", 100);
        figure.approved();
    }
}

/// Codes of the warnings of each row.
fn warned(answer: &Answer) -> Vec<Vec<String>> {
    let rows = answer.json()["rows"].as_array().unwrap_or_else(|| panic!("no rows: {answer}")).clone();
    let codes = |row: &Value| {
        row["warnings"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap().to_owned()).collect()
    };
    rows.iter().map(codes).collect()
}

fn parts(measure: &str, quarter: &str, numerator: i32, denominator: i32) -> Value {
    json!({"measure": measure, "quarter": quarter, "data_period": quarter, "numerator": numerator, "denominator": denominator})
}

#[test]
fn a_figure_unlike_the_measures_history_is_warned_of_and_stored() {
    let app = app();
    steady(&app, "M-1");
    let mut differs = parts("M-3", "2024-25-Q1", 50, 100);
    differs["value"] = json!(51);
    differs["quality_note"] = json!("The department rounds to five.");
    let rows = [
        parts("M-1", "2024-25-Q1", 93, 100),
        parts("M-1", "2024-25-Q2", 130, 250),
        parts("M-1", "2024-25-Q3", 52, 101),
        // Of this measure nothing is known.
        parts("M-2", "2024-25-Q1", 93, 1000),
        differs,
    ];
    let expected: [&[&str]; 5] =
        [&["unlike_history"], &["denominator_jumped"], &[], &[], &["value_differs_from_parts"]];
    let dry = receipt_alone(&app, || send(&app, "?dry_run=true", &rows)).must_be(200);
    assert_eq!(warned(&dry), expected, "{dry}");
    let answer = send(&app, "", &rows).must_be(200);
    assert_eq!((warned(&answer), answer.json()["counts"]["warned"].as_i64()), (warned(&dry), Some(3)));
    assert_eq!(answer.json()["counts"]["created"], 5);
    let told = answer.json()["rows"][0]["warnings"][0].clone();
    assert_eq!(told["field"], "value");
    assert!(told["detail"].as_str().unwrap().contains("from 51.5, the median of the 8 earlier figures"), "{told}");
    let listed = app.reader().get("imports/2/rows?warned=true").call().must_be(200).json();
    assert_eq!(listed["items"].as_array().unwrap().len(), 3);
    assert_eq!(listed["items"][0]["warnings"][0], told);
    // What is sent again changes nothing, and is not looked at again.
    let again = send(&app, "", &rows).must_be(200);
    assert_eq!(again.json()["counts"]["warned"], 0);
}

#[test]
fn what_counts_is_what_was_approved_and_of_the_same_series() {
    let app = app();
    steady(&app, "M-1");
    // Drafts are nobody's history.
    let drafts: Vec<Value> = (1..=4).map(|quarter| parts("M-1", &format!("2024-25-Q{quarter}"), 93, 300)).collect();
    let answer = send(&app, "", &drafts).must_be(200);
    assert!(warned(&answer).iter().all(|codes| codes == &["unlike_history", "denominator_jumped"]), "{answer}");
    // Of a new series nothing is known yet.
    app.sql().run(
        "INSERT INTO measure_versions SELECT (jsonb_populate_record(v, jsonb_build_object('version', 2, 'series', 2, \
         'effective_from', '2024-25-Q1', 'change_reason', 'Counted otherwise.'))).* FROM measure_versions v WHERE measure = 'M-1'",
    );
    let answer = send(&app, "", &[parts("M-1", "2024-25-Q2", 94, 300)]).must_be(200);
    assert_eq!(warned(&answer), [[""; 0]], "{answer}");
}

#[test]
fn it_is_warned_of_in_a_job_too() {
    let app = ten();
    steady(&app, "M-1");
    let mut rows = many(1500);
    // The figures of these quarters are approved: those rows would be refused.
    rows.retain(|row| !["2022-23", "2023-24"].iter().any(|year| row["quarter"].as_str().unwrap().starts_with(year)));
    rows.push(row("M-1", "2097-98-Q4", 93));
    post(&app, "", &rows).must_be(202);
    work(&app);
    let done = read(&app, 1);
    assert_eq!(done["state"], "done", "{done}");
    let rows = app.reader().get("imports/1/rows?warned=true").call().must_be(200).json();
    let last = rows["items"].as_array().unwrap().last().unwrap_or_else(|| panic!("{rows}"));
    assert_eq!((&last["quarter"], &last["warnings"][0]["code"]), (&json!("2097-98-Q4"), &json!("unlike_history")));
}
