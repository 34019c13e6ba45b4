//! `/api/v1/dimensions/…`: the tables beside the feed, in every form, for whoever may see them.

use std::collections::BTreeMap;

use performance_framework::bi::dimensions::ALL;
use serde_json::{Value, json};

use crate::observations::settle;
use crate::support::{Answer, App};

fn table(app: &App, query: &str) -> Vec<Value> {
    let answer = app.reader().get(&format!("dimensions/{query}")).call().must_be(200).json();
    answer["items"].as_array().unwrap().clone()
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn of_csv(answer: &Answer) -> Vec<BTreeMap<String, String>> {
    ::csv::Reader::from_reader(answer.body.as_slice()).deserialize().map(|row| row.unwrap()).collect()
}

fn council() -> App {
    let app = App::with_comparator();
    app.measure("M-2").set("title", "=1+1").create();
    app.submission("M-1", "2023-24-Q3").set("value", 50).approved();
    app
}

#[test]
fn each_table_says_the_same_in_every_form() {
    let app = council();
    for dimension in ALL {
        let rows = table(&app, dimension.name);
        assert!(!rows.is_empty(), "{}", dimension.name);
        let lines =
            app.reader().get(&format!("dimensions/{}?format=ndjson", dimension.name)).call().must_be(200).text();
        let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines, rows, "{}", dimension.name);
        let found = of_csv(&app.reader().get(&format!("dimensions/{}?format=csv", dimension.name)).call().must_be(200));
        assert_eq!(found.len(), rows.len());
        for (found, row) in found.iter().zip(&rows) {
            for column in dimension.columns {
                let name = column.head.name;
                assert_eq!(found[name].trim_start_matches('\''), text(&row[name]), "{} {name}", dimension.name);
                assert!(column.nullable || !row[name].is_null(), "{} {name} is null", dimension.name);
            }
        }
    }
}

#[test]
fn periods_reach_from_the_first_figure_to_the_last_year() {
    let quarters: Vec<String> = table(&council(), "periods").iter().map(|row| text(&row["quarter"])).collect();
    assert_eq!((quarters[0].as_str(), quarters.last().unwrap().as_str()), ("2023-24-Q3", "2027-28-Q4"));
    assert!(quarters.is_sorted() && quarters.len() == 18, "{quarters:?}");
}

#[test]
fn a_table_is_new_when_it_changed_and_is_as_it_was_known() {
    let app = council();
    settle(&app);
    let path = "dimensions/frameworks";
    let tag = app.reader().get(path).call().must_be(200).header("etag").to_owned();
    app.reader().get(path).header("If-None-Match", &tag).call().must_be(304);
    let then = app.sql().value("SELECT clock_timestamp()").replace(' ', "T").replace("+00", "Z");
    app.editor().patch("frameworks/F").send(&json!({"title": "Another"})).must_be(200);
    app.reader().get(path).header("If-None-Match", &tag).call().must_be(200);
    assert_eq!(table(&app, "frameworks")[0]["framework_title"], "Another");
    assert_eq!(table(&app, &format!("frameworks?as_of={then}"))[0]["framework_title"], "Framework F");
}

#[test]
fn what_is_not_known_is_refused() {
    let app = council();
    for (query, code) in
        [("limit=1", "unknown_parameter"), ("format=parquet", "invalid_parameter"), ("as_of=x", "invalid_parameter")]
    {
        let problem = app.reader().get(&format!("dimensions/measures?{query}")).call().must_be(400).json();
        assert_eq!(problem["code"], code, "{query}");
    }
    app.reader().get("dimensions/colours").call().must_be(404);
}
