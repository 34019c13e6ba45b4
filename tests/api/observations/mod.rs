//! `/api/v1/observations`: the flat feed, its forms, and how it stays fresh.

mod changed;
mod columns;
mod connection;
mod filters;
mod forms;
mod fresh;
mod pages;
mod real;
mod retired;
mod rows;
pub mod who;

use serde_json::{Value, json};

use crate::support::{Answer, App};

fn council() -> App {
    council_with("=1+1, \"quoted\"", "-2 posts,\r\n\"vacant\"")
}

/// A council with figures of every sort: whole and in parts, with and without numbers, judged and not; and with words that a form
/// has to take care of, as the title of `M-2` and in its narrative.
pub fn council_with(title: &str, challenges: &str) -> App {
    let app = App::with_measure();
    app.target("M-1", "2024-25", 55).create();
    for (quarter, value) in
        [("2023-24-Q4", "53.1"), ("2024-25-Q1", "54.25"), ("2024-25-Q2", "48"), ("2024-25-Q4", "60.04")]
    {
        app.submission("M-1", quarter).set("value", number(value)).approved();
    }
    app.submission("M-1", "2024-25-Q3").set("value_symbol", "x").approved();
    let counted = json!({"unit": "count", "decimal_places": 0, "polarity": "low", "title": title});
    app.measure("M-2").with(counted).create();
    let parts = json!({"value": 30, "narrative": {"challenges": challenges}, "breakdowns": [
        {"dimension": "sex", "category": "Female", "value": 12},
        {"dimension": "sex", "category": "Male", "value": 18}
    ]});
    app.submission("M-2", "2024-25-Q1").with(parts).approved();
    app
}

/// Waits until everything that is committed is older than every transaction under way, also those of other tests: until then it
/// would be told again, and tags move once more when it is.
pub fn settle(app: &App) {
    let unsettled = "changes WHERE transaction_number >= (SELECT ahead FROM change_clock) + pg_snapshot_xmin(pg_current_snapshot())::text::bigint";
    while app.sql().count(unsettled) > 0 {
        std::thread::yield_now();
    }
}

/// A number with just these digits.
fn number(digits: &str) -> Value {
    serde_json::from_str(digits).unwrap()
}

/// Gives the measure `M-1` another target for 2024-25.
fn retarget(app: &App, value: i32) {
    let body = json!({"kind": "at_least", "value": value, "source": "illustrative"});
    let status = app.editor().put("targets/M-1/2024-25").send(&body).status;
    assert!([200, 201].contains(&status), "{status}");
}

/// Corrects a figure that was approved, and has the correction approved.
fn correct(app: &App, measure: &str, quarter: &str, body: &Value) {
    let path = format!("quarterly-submissions/{measure}/{quarter}");
    app.provider().post(&format!("{path}/revise")).send(&json!({"reason": "It was wrong."})).must_be(201);
    let mut whole = json!({"data_period": quarter, "stage": "final"});
    whole.as_object_mut().unwrap().extend(body.as_object().unwrap().clone());
    app.provider().put(&path).send(&whole).must_be(200);
    app.provider().post(&format!("{path}/submit")).call().must_be(200);
    app.officer().post(&format!("{path}/approve")).call().must_be(200);
}

/// The answer to this query, in the name of one who reads everything.
fn get(app: &App, query: &str) -> Answer {
    app.reader().get(&format!("observations{query}")).call()
}

/// Every row that a query lets through, page after page.
pub fn items(app: &App, query: &str) -> Vec<Value> {
    let mut answer = get(app, query).must_be(200).json();
    let mut all = Vec::new();
    loop {
        all.extend(answer["items"].as_array().unwrap().iter().cloned());
        let Some(next) = answer["next"].as_str() else { break };
        answer = app.reader().follow(next).call().must_be(200).json();
    }
    all
}

/// The keys of rows, each as one text.
fn keys(rows: &[Value]) -> Vec<String> {
    let text = |row: &Value, name: &str| row[name].as_str().unwrap().to_owned();
    rows.iter()
        .map(|row| ["measure", "quarter", "dimension", "category"].map(|name| text(row, name)).join(" "))
        .collect()
}
