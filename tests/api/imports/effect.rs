//! What a dry run tells of reports: those that are being written, those that are sealed, and those that are both.

use serde_json::{Value, json};

use super::{receipt_alone, row, send};
use crate::support::App;

fn step(app: &App, quarter: &str, action: &str, body: &Value) {
    let request = app.admin().post(&format!("quarterly-reports/F/{quarter}/{action}"));
    let answer = if body.is_null() { request.call() } else { request.send(body) };
    assert!(answer.status < 300, "{action}: {answer}");
}

fn draft(app: &App, quarter: &str) {
    let body = json!({"overview": "An overview."});
    app.editor().put(&format!("quarterly-reports/F/{quarter}")).send(&body).must_be(201);
}

fn sealed(app: &App, quarter: &str) {
    draft(app, quarter);
    step(app, quarter, "review", &Value::Null);
    step(app, quarter, "sign-off", &Value::Null);
}

fn effect(app: &App, rows: &[Value]) -> Value {
    let tried = receipt_alone(app, || send(app, "?dry_run=true&approved=revise&reason=Late.", rows));
    tried.must_be(200).json()["effect"].clone()
}

#[test]
fn later_drafts_and_reports_under_correction_count() {
    let app = App::with_measure();
    app.measure("M-2").create();
    for (quarter, value) in [("2024-25-Q3", 60), ("2024-25-Q4", 62), ("2025-26-Q1", 64)] {
        app.approved("M-1", quarter, value);
        app.approved("M-2", quarter, value);
    }
    sealed(&app, "2024-25-Q4");
    draft(&app, "2025-26-Q1");
    // A figure of a quarter without a report: the sealed report and the draft show it in their trends.
    let told = effect(&app, &[row("M-1", "2024-25-Q3", 70)])["measures"][0].clone();
    assert_eq!(told["reports"]["in_hand"], false, "{told}");
    assert_eq!(told["reports"]["sealed"], json!(["2024-25-Q4"]), "{told}");
    let told = effect(&app, &[row("M-1", "2024-25-Q4", 70)])["measures"][0].clone();
    assert_eq!(
        told["reports"],
        json!({"in_hand": false, "drafts": ["2025-26-Q1"], "sealed": ["2024-25-Q4"]}),
        "{told}"
    );
    assert!(told["told"].as_str().unwrap().contains("the draft report on 2025-26-Q1 changes"), "{told}");
    // While the report is corrected it is sealed and a draft.
    step(&app, "2024-25-Q4", "correct", &json!({"reason": "A late return."}));
    let told = effect(&app, &[row("M-1", "2024-25-Q4", 70)])["measures"][0].clone();
    let reports = json!({"in_hand": true, "drafts": ["2024-25-Q4", "2025-26-Q1"], "sealed": ["2024-25-Q4"]});
    assert_eq!(told["reports"], reports, "{told}");
    // What comes is what was foreseen.
    send(&app, "?approved=revise&reason=Late.", &[row("M-1", "2024-25-Q4", 70)]).must_be(200);
    app.provider().post("quarterly-submissions/M-1/2024-25-Q4/submit").call().must_be(200);
    app.officer().post("quarterly-submissions/M-1/2024-25-Q4/approve").send(&json!({"note": "So."})).must_be(200);
    let verified = app.reader().get("quarterly-reports/F/2024-25-Q4/versions/1/verify").call();
    if verified.status == 200 {
        assert!(verified.text().contains("M-1"), "{verified}");
    }
}

#[test]
fn every_figure_that_is_answered_for_at_once_is_looked_at() {
    let app = App::with_outcome();
    let measures: Vec<String> = (1..=60).map(|n| format!("M-{n}")).collect();
    measures.iter().for_each(|code| drop(app.measure(code).create()));
    let rows: Vec<Value> = measures.iter().map(|code| row(code, "2024-25-Q4", 50)).collect();
    let effect = effect(&app, &rows);
    assert_eq!((effect["measures"].as_array().unwrap().len(), &effect["further"]), (60, &json!(0)));
}
