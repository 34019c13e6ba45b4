//! The file by which Power BI connects: its address is one that answers, with the rows of that framework alone.

use serde_json::json;

use super::council;
use crate::support::app::PUBLIC_URL;

#[test]
fn power_bi_is_given_an_address_that_answers_with_the_rows_of_the_framework() {
    let app = council();
    app.framework("G").create();
    app.outcome("O-9").set("framework", "G").create();
    app.measure("N-1").set("outcome", "O-9").create();
    app.submission("N-1", "2024-25-Q1").set("value", 50).approved();
    let answer = app.reader().get("frameworks/G/connection.pbids").call().must_be(200);
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"G.pbids\"");
    let file = answer.json();
    let url = file["connections"][0]["details"]["address"]["url"].as_str().unwrap().to_owned();
    let expected = json!({"version": "0.1", "connections": [
        {"details": {"protocol": "odata", "address": {"url": url}}, "options": {}, "mode": "Import"}
    ]});
    assert_eq!(file, expected);
    let rows = app.reader().get(url.strip_prefix(PUBLIC_URL).unwrap()).call().must_be(200).json();
    let measures: Vec<_> = rows["value"].as_array().unwrap().iter().map(|row| row["measure"].clone()).collect();
    assert_eq!(measures, ["N-1"]);
    app.reader().get("frameworks/H/connection.pbids").call().problem(404, "not_found");
}
