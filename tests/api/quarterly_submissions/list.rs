//! `GET /api/v1/quarterly-submissions`.

use serde_json::json;

use super::sample;
use crate::support::App;
use crate::support::contract::list;

#[test]
fn pages_stay_right_while_rows_come() {
    list::pages_stay_right_while_rows_come(&sample(&App::with_measure()));
}

#[test]
fn sorts_and_keeps_cursors_apart() {
    list::sorts_and_keeps_cursors_apart(&sample(&App::with_measure()));
}

#[test]
fn refuses_wrong_queries() {
    list::refuses_wrong_queries(&sample(&App::with_measure()));
}

#[test]
fn filters() {
    let app = App::with_measure();
    app.framework("G").create();
    app.outcome("O-2").set("framework", "G").create();
    app.measure("M-2").set("outcome", "O-2").create();
    app.approved("M-1", "2024-25-Q1", 1);
    app.submission("M-1", "2024-25-Q3").set("value", 3).set("stage", "provisional").create();
    app.submission("M-2", "2024-25-Q2").set("value", 2).submitted();
    let cases: &[(&str, &[&str])] = &[
        ("framework=G", &["M-2/2024-25-Q2"]),
        ("framework=F", &["M-1/2024-25-Q1", "M-1/2024-25-Q3"]),
        ("measure=M-1", &["M-1/2024-25-Q1", "M-1/2024-25-Q3"]),
        ("quarter=2024-25-Q2", &["M-2/2024-25-Q2"]),
        ("from_quarter=2024-25-Q2", &["M-1/2024-25-Q3", "M-2/2024-25-Q2"]),
        ("to_quarter=2024-25-Q2", &["M-1/2024-25-Q1", "M-2/2024-25-Q2"]),
        ("from_quarter=2024-25-Q2&to_quarter=2024-25-Q2", &["M-2/2024-25-Q2"]),
        ("state=approved", &["M-1/2024-25-Q1"]),
        ("stage=provisional", &["M-1/2024-25-Q3"]),
        ("which=reported", &["M-1/2024-25-Q1"]),
    ];
    list::filters(&sample(&app), cases);
    let wrong = app.reader().get("quarterly-submissions?quarter=2024-26-Q1").call();
    wrong.problem(400, "invalid_parameter").says("did you mean `2024-25-Q1`?");
}

#[test]
fn shows_the_newest_revision_the_one_that_counts_or_all() {
    let app = App::with_measure();
    app.approved("M-1", "2024-25-Q1", 1);
    let revise = "quarterly-submissions/M-1/2024-25-Q1/revise";
    app.provider().post(revise).send(&json!({"reason": "Late records."})).must_be(201);
    for (query, revisions) in [
        ("", vec![2]),
        ("which=latest", vec![2]),
        ("which=reported", vec![1]),
        ("which=all", vec![1, 2]),
        ("state=approved", vec![1]),
        ("state=draft", vec![2]),
        ("state=approved&which=latest", vec![]),
    ] {
        let page = app.reader().get(&format!("quarterly-submissions?{query}")).call().must_be(200).json();
        let found: Vec<_> =
            page["items"].as_array().unwrap().iter().map(|row| row["revision"].as_i64().unwrap()).collect();
        assert_eq!(found, revisions, "{query}");
    }
}
