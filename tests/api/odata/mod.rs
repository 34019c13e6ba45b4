//! `/odata/v1/`: the feed and the tables beside it, as clients of OData 4.0 ask for them.

mod documents;
mod errors;
mod filters;
mod fresh;
mod fuzz;
mod keys;
mod pages;
mod same_rows;
mod who;

use serde_json::{Value, json};

use crate::support::{Answer, App};

/// A council with figures of every sort: whole and in parts, with and without numbers, judged and not, with quotes in their words.
fn council() -> App {
    let app = App::with_measure();
    app.target("M-1", "2024-25", 55).create();
    for (quarter, value) in
        [("2023-24-Q4", "53.1"), ("2024-25-Q1", "54.25"), ("2024-25-Q2", "48"), ("2024-25-Q4", "60.04")]
    {
        let value: Value = serde_json::from_str(value).unwrap();
        app.submission("M-1", quarter).set("value", value).approved();
    }
    app.submission("M-1", "2024-25-Q3").set("value_symbol", "x").approved();
    let counted = json!({"unit": "count", "decimal_places": 0, "polarity": "low", "title": "O'Brien & <sons>"});
    app.measure("M-2").with(counted).create();
    let parts = json!({"value": 30, "narrative": {"challenges": "Two \"posts\",\r\nvacant"}, "breakdowns": [
        {"dimension": "sex", "category": "Female", "value": 12},
        {"dimension": "sex", "category": "Male", "value": 18}
    ]});
    app.submission("M-2", "2024-25-Q1").with(parts).approved();
    app
}

/// The answer to this address below the service, in the name of one who reads everything.
fn get(app: &App, address: &str) -> Answer {
    app.reader().get(&format!("/odata/v1/{address}")).call()
}

/// The query with this value of an option, encoded.
fn query(options: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(options).finish()
}

/// Every entity that an address gives, page after page.
fn entities(app: &App, address: &str) -> Vec<Value> {
    let mut answer = get(app, address).must_be(200).json();
    let mut all = Vec::new();
    loop {
        all.extend(answer["value"].as_array().unwrap().iter().cloned());
        let Some(next) = answer["@odata.nextLink"].as_str() else { break };
        answer = app.reader().follow(next).call().must_be(200).json();
    }
    all
}

/// The rows that a filter lets through, each by measure, quarter and category.
fn filtered(app: &App, filter: &str) -> Vec<String> {
    rows(&entities(app, &format!("Observations?{}", query(&[("$filter", filter)]))))
}

/// Rows, each by measure, quarter and category.
fn rows(all: &[Value]) -> Vec<String> {
    let text = |row: &Value, name: &str| row[name].as_str().unwrap().to_owned();
    all.iter().map(|row| ["measure", "quarter", "category"].map(|name| text(row, name)).join(" ")).collect()
}
