//! `GET /api/v1/quarterly-reports`.

use super::sample;
use crate::support::App;
use crate::support::contract::list;

#[test]
fn refuses_wrong_queries() {
    list::refuses_wrong_queries(&sample(&App::with_framework()));
}

#[test]
fn lists_every_version() {
    let app = App::with_framework();
    app.sealed("2024-25-Q2");
    app.report("2024-25-Q3");
    app.step("2024-25-Q2", "correct", &serde_json::json!({"reason": "A late return."})).must_be(201);
    let list = |query: &str| {
        let page = app.reader().get(&format!("quarterly-reports?{query}")).call().must_be(200).json();
        let rows = page["items"].as_array().unwrap().clone();
        rows.iter().map(|row| format!("{}/{}", row["quarter"].as_str().unwrap(), row["version"])).collect::<Vec<_>>()
    };
    assert_eq!(list("framework=F"), ["2024-25-Q2/1", "2024-25-Q2/2", "2024-25-Q3/1"]);
    assert_eq!(list("state=signed_off"), ["2024-25-Q2/1"]);
    assert_eq!(list("kind=quarterly"), ["2024-25-Q3/1"]);
    assert_eq!(list("quarter=2024-25-Q2&sort=-key"), ["2024-25-Q2/2", "2024-25-Q2/1"]);
}
