//! `GET /api/v1/quarterly-submissions/{measure}/{quarter}/revisions` and each of them.

use serde_json::json;

use crate::support::App;

#[test]
fn lists_them_oldest_first_and_reads_each() {
    let app = App::with_measure();
    app.submission("M-1", "2024-25-Q1").set("value", 16.5).approved();
    let revise = "quarterly-submissions/M-1/2024-25-Q1/revise";
    app.provider().post(revise).send(&json!({"reason": "Late records."})).must_be(201);
    let path = "quarterly-submissions/M-1/2024-25-Q1/revisions";
    let all = app.reader().get(path).call().must_be(200).json();
    let numbers: Vec<_> =
        all["items"].as_array().unwrap().iter().map(|row| row["revision"].as_i64().unwrap()).collect();
    assert_eq!(numbers, [1, 2]);
    for (at, number) in numbers.iter().enumerate() {
        let one = app.reader().get(&format!("{path}/{number}")).call().must_be(200);
        assert_eq!(one.json(), all["items"][at]);
        app.reader().get(&format!("{path}/{number}")).if_none_match(&one.etag()).call().must_be(304);
    }
}

#[test]
fn says_what_is_missing() {
    let app = App::with_measure();
    app.submission("M-1", "2024-25-Q1").set("value", 1).create();
    let get = |path: &str| app.reader().get(&format!("quarterly-submissions/{path}")).call();
    get("M-1/2024-25-Q2/revisions").problem(404, "not_found");
    get("M-1/2024-25-Q1/revisions/2").problem(404, "not_found");
    get("M-1/2024-25-Q1/revisions/0").problem(404, "not_found");
    for wrong in ["M-1/2024-25-Q1/revisions/one", "M-1/2024-25-Q1/revisions/99999999999", "M-1/2024-25-Q5/revisions"] {
        get(wrong).problem(400, "invalid_parameter");
    }
}
