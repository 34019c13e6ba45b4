//! The scorecard as CSV, for spreadsheets and business intelligence.

use std::collections::BTreeMap;

use serde_json::json;

use super::ehcp;
use crate::support::{Answer, App};

fn rows(answer: &Answer) -> Vec<BTreeMap<String, String>> {
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
    let mut reader = ::csv::Reader::from_reader(answer.body.as_slice());
    reader.deserialize().map(|row| row.unwrap()).collect()
}

fn csv(app: &App) -> Vec<BTreeMap<String, String>> {
    rows(&app.reader().get("frameworks/F/scorecard?quarter=2024-25-Q4&format=csv").call().must_be(200))
}

#[test]
fn comes_by_accept_and_by_format() {
    let app = ehcp(&["2024-25"]);
    app.approved("EDU-01", "2024-25-Q4", 16.5);
    let get = |format: &str, accept: &str| {
        let path = format!("frameworks/F/scorecard?quarter=2024-25-Q4{format}");
        app.reader().get(&path).header("Accept", accept).call().must_be(200)
    };
    let by_accept = get("", "text/csv");
    let by_format = get("&format=csv", "application/json");
    assert_eq!((rows(&by_accept).len(), by_accept.text()), (1, by_format.text()));
    assert!(by_accept.header("vary").to_lowercase().contains("accept"));
    for (format, accept) in [("", "*/*"), ("", "application/json"), ("&format=json", "text/csv")] {
        assert_eq!(get(format, accept).header("content-type"), "application/json", "{format} {accept}");
    }
}

#[test]
fn says_what_the_json_says() {
    let app = ehcp(&["2024-25"]);
    app.approved("EDU-01", "2024-25-Q3", 20);
    let parts = json!({"numerator": 33, "denominator": 200, "narrative": {"challenges": "Line one,\n\"line two\"."}});
    app.submission("EDU-01", "2024-25-Q4").with(parts).approved();
    app.measure("EDU-02").create();
    let rows = csv(&app);
    let codes: Vec<_> = rows.iter().map(|row| row["measure"].as_str()).collect();
    assert_eq!(codes, ["EDU-01", "EDU-02"]);
    for (column, value) in [
        ("framework", "F"),
        ("quarter", "2024-25-Q4"),
        ("outcome", "O-1"),
        ("value", "16.5"),
        ("numerator", "33"),
        ("rag", "red"),
        ("rag_reason", "below_floor"),
        ("rag_explanation", "red because 16.5 is below the floor 49.5 = 55 less 10 %"),
        ("target", "55"),
        ("floor", "49.5"),
        ("direction_short", "worsening"),
        ("change_short", "-3.5"),
        ("compared_short", "2024-25-Q3"),
        ("baseline", "16.5"),
        ("change_from_baseline", "0.0"),
        ("percent_of_gap_closed", "0.0"),
        ("challenges", "Line one,\n\"line two\"."),
        ("results", ""),
    ] {
        assert_eq!(rows[0][column], value, "{column}");
    }
    assert_eq!((rows[1]["rag"].as_str(), rows[1]["value"].as_str()), ("no_data", ""));
}

#[test]
fn a_spreadsheet_runs_nothing_that_it_holds() {
    let app = App::with_outcome();
    app.editor().patch("outcomes/O-1").send(&json!({"title": "@SUM(A1)", "priority": "+44"})).must_be(200);
    app.measure("M-1").with(json!({"title": "=HYPERLINK(\"http://x\")", "owner": "-2+3"})).create();
    let texts = json!({"value": 1, "quality_note": "\t=1", "narrative": {"challenges": "=cmd|' /C calc'!A0"}});
    app.submission("M-1", "2024-25-Q4").with(texts).approved();
    let row = csv(&app).remove(0);
    for (column, value) in [
        ("outcome_title", "'@SUM(A1)"),
        ("priority", "'+44"),
        ("title", "'=HYPERLINK(\"http://x\")"),
        ("owner", "'-2+3"),
        ("quality_note", "'\t=1"),
        ("challenges", "'=cmd|' /C calc'!A0"),
    ] {
        assert_eq!(row[column], value, "{column}");
    }
}

#[test]
fn an_empty_scorecard_still_has_its_columns() {
    let app = App::with_outcome();
    let answer = app.reader().get("frameworks/F/scorecard?quarter=2024-25-Q4&format=csv").call().must_be(200);
    assert!(answer.text().starts_with("framework,quarter,outcome,"), "{answer}");
    assert_eq!(answer.text().lines().count(), 1);
    app.reader().get("frameworks/NO/scorecard?quarter=2024-25-Q4&format=csv").call().problem(404, "not_found");
}
