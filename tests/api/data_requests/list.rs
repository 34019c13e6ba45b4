//! `GET /api/v1/data-requests`.

use serde_json::{Value, json};

use crate::support::App;
use crate::support::collecting::last_quarter;

fn measures(list: &Value) -> Vec<&str> {
    list["items"].as_array().unwrap().iter().map(|item| item["measure"].as_str().unwrap()).collect()
}

/// Three measures: one overdue, one accepted at service level, one waived that nobody supplies; and one that is only proposed.
fn app() -> App {
    let app = App::collecting();
    app.collection([-20, -10, 10]);
    app.measure("M-2").with(json!({"provider": "Team B", "level": "service"})).create();
    app.measure("M-3").create();
    app.measure("M-4").set("status", "proposed").create();
    app.approved("M-2", &last_quarter().to_string(), 40);
    app.waive("M-3", "The team was disbanded.").must_be(200);
    app
}

#[test]
fn has_every_active_measure_of_every_level() {
    let app = app();
    let list = app.data_requests("");
    assert_eq!(measures(&list), ["M-1", "M-2", "M-3"]);
    let states: Vec<_> = list["items"].as_array().unwrap().iter().map(|item| item["state"].clone()).collect();
    assert_eq!(states, ["overdue", "accepted", "waived"]);
    assert_eq!(
        list["counts"],
        json!({"all": 3, "scheduled": 0, "open": 0, "submitted": 0, "accepted": 1, "returned": 0, "overdue": 1, "not_due": 0, "waived": 1})
    );
    for item in list["items"].as_array().unwrap() {
        assert_eq!(item, &app.data_request(item["measure"].as_str().unwrap()));
    }
}

#[test]
fn filters() {
    let app = app();
    for (filter, expected) in [
        ("&state=overdue", &["M-1"][..]),
        ("&state=open", &[]),
        ("&provider=Team%20B", &["M-2"]),
        ("&provider=team%20b", &[]),
        ("&state=overdue&provider=Team%20A", &["M-1"]),
    ] {
        let list = app.data_requests(filter);
        assert_eq!(measures(&list), expected, "{filter}");
        assert_eq!(list["counts"]["all"], expected.len(), "{filter}");
    }
}

#[test]
fn has_none_for_another_framework_or_outside_its_years() {
    let app = app();
    let long_ago = last_quarter().year().previous().previous().last_quarter();
    for query in [format!("framework=G&quarter={}", last_quarter()), format!("framework=F&quarter={long_ago}")] {
        let list = app.reader().get(&format!("data-requests?{query}")).call().must_be(200).json();
        assert_eq!((&list["items"], &list["counts"]["all"]), (&json!([]), &json!(0)), "{query}");
    }
}

#[test]
fn refuses_wrong_queries() {
    let app = App::start();
    let get = |query: &str| app.reader().get(&format!("data-requests?{query}")).call();
    get("framework=F").problem(400, "invalid_parameter").says("quarter");
    get("quarter=2024-25-Q1").problem(400, "invalid_parameter").says("framework");
    get("framework=F&quarter=2024-25").problem(400, "invalid_parameter").says("2024-25-Q2");
    get("framework=F&quarter=2024-25-Q1&state=late").problem(400, "invalid_parameter").says("state");
    get("framework=F&quarter=2024-25-Q1&limit=10").problem(400, "unknown_parameter").says("limit");
}
