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

use serde_json::Value;

use crate::observations::council_with;
use crate::support::{Answer, App};

/// The council of the feed's tests, with quotes in its words.
fn council() -> App {
    council_with("O'Brien & <sons>", "Two \"posts\",\r\nvacant")
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
