//! `/api/v1/imports`: many figures in one request, each row answered for.

mod approved;
mod bounds;
mod charsets;
mod command;
mod csv;
mod dry_run;
mod effect;
mod held;
mod jobs;
mod json;
mod kept;
mod limited;
pub mod plausible;
mod quoted;
mod receipt_file;
mod receipts;
mod retries;
mod screener;
mod senders;
mod stopping;
mod tidy;
mod trust;
mod unsaid;

use serde_json::{Value, json};

use crate::support::App;
use crate::support::client::Answer;

/// A service with the measures `M-1` to `M-3`.
fn app() -> App {
    let app = App::with_measure();
    for code in ["M-2", "M-3"] {
        app.measure(code).create();
    }
    app
}

/// A row about a measure in a quarter.
fn row(measure: &str, quarter: &str, value: impl serde::Serialize) -> Value {
    json!({"measure": measure, "quarter": quarter, "data_period": quarter, "value": value, "stage": "final"})
}

/// So many rows about the measures `M-1` to `M-10`, from the first quarter of 2000/01 on.
fn many(rows: usize) -> Vec<Value> {
    let quarters =
        (2000..2098).flat_map(|year| (1..=4).map(move |quarter| format!("{year}-{:02}-Q{quarter}", (year + 1) % 100)));
    let all = quarters.flat_map(|quarter| (1..=10).map(move |n| row(&format!("M-{n}"), &quarter, n)));
    let found: Vec<Value> = all.take(rows).collect();
    assert_eq!(found.len(), rows);
    found
}

/// Rows sent as JSON by the provider.
fn send(app: &App, query: &str, rows: &[Value]) -> Answer {
    app.provider().post(&format!("imports{query}")).send(&json!(rows))
}

/// CSV sent by the provider.
fn send_csv(app: &App, query: &str, content: impl Into<Vec<u8>>) -> Answer {
    app.provider().post(&format!("imports{query}")).raw("text/csv", content)
}

/// The answer to a request that must leave every row of every table as it is, but those of imports.
#[track_caller]
fn receipt_alone(app: &App, request: impl FnOnce() -> Answer) -> Answer {
    let before = app.beside_receipts();
    let answer = request();
    assert_eq!(app.beside_receipts(), before, "stored more than a receipt: {answer}");
    answer
}

/// What became of each row.
#[track_caller]
fn outcomes(answer: &Answer) -> Vec<String> {
    let body = answer.json();
    let body = if body["import"].is_object() { &body["import"] } else { &body };
    let rows = body["rows"].as_array().unwrap_or_else(|| panic!("no rows: {answer}"));
    rows.iter().map(|row| row["outcome"].as_str().unwrap().to_owned()).collect()
}

/// Codes of the errors of a row, each with its place.
#[track_caller]
fn errors(answer: &Answer, row: usize) -> Vec<(String, String)> {
    let body = answer.json();
    let body = if body["import"].is_object() { &body["import"] } else { &body };
    let errors = body["rows"][row]["errors"].as_array().unwrap_or_else(|| panic!("no row {row}: {answer}"));
    let place = |error: &Value| error["pointer"].as_str().or(error["column"].as_str()).unwrap_or_default().to_owned();
    errors.iter().map(|error| (place(error), error["code"].as_str().unwrap().to_owned())).collect()
}

/// Value and state of the newest revision, from the database.
fn stored(app: &App, measure: &str, quarter: &str) -> String {
    let newest = "SELECT revision || ' ' || state || ' ' || coalesce(value::text, value_symbol, 'nothing') FROM quarterly_submissions";
    let newest =
        format!("{newest} WHERE measure = '{measure}' AND quarter = '{quarter}' ORDER BY revision DESC LIMIT 1");
    app.sql().column(&newest).pop().unwrap_or_default()
}
