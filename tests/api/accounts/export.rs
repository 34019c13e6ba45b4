//! `GET /api/v1/accounts/{account}/export`.

use serde_json::json;

use super::{caller, number};
use crate::support::App;

#[test]
fn tells_where_a_name_stands_since_when_and_what_was_done() {
    let app = App::with_measure();
    let (jo, _) = caller(&app, "Jo Quill", "configure");
    jo.patch("measures/M-1").send(&json!({"owner": "Jo Quill"})).must_be(200);
    app.editor().patch("measures/M-1").send(&json!({"owner": "Another"})).must_be(200);
    let account = number(&app, "Jo Quill");
    let told = app.admin().get(&format!("accounts/{account}/export")).call().must_be(200).json();
    assert_eq!((&told["account"]["names"], &told["next"]), (&json!(["Jo Quill"]), &json!(null)));
    let items = told["items"].as_array().unwrap();
    let short: Vec<String> = items
        .iter()
        .map(|item| ["place", "resource", "resource_key", "field"].map(|name| item[name].as_str().unwrap()).join(" "))
        .collect();
    let id = app.sql().value("SELECT id FROM api_keys WHERE name = 'Jo Quill'");
    let mut expected = [
        format!("present api_keys {id} name"),
        format!("register accounts {account} name"),
        "log measures M-1 actor".to_owned(),
        "past measures M-1 owner".to_owned(),
    ];
    let mut sorted = short.clone();
    (expected.sort(), sorted.sort());
    assert_eq!(sorted, expected);
    for item in items {
        assert_eq!(item["known_until"].is_null(), item["place"] != "past", "{item}");
        assert_eq!(item["change"] == 0, item["place"] != "log", "{item}");
    }
}

#[test]
fn pages_go_to_the_end_without_gap_or_overlap() {
    let app = App::with_framework();
    let (jo, _) = caller(&app, "Jo Quill", "configure");
    for number in 0..9 {
        let body = json!({"framework": "F", "title": "T", "position": number});
        jo.put(&format!("outcomes/O-{number}")).send(&body).must_be(201);
    }
    let path = format!("accounts/{}/export", number(&app, "Jo Quill"));
    let whole = app.admin().get(&path).call().must_be(200).json()["items"].clone();
    let mut page = app.admin().get(&format!("{path}?limit=2")).call().must_be(200).json();
    let mut found = page["items"].as_array().unwrap().clone();
    while let Some(next) = page["next"].as_str() {
        page = app.admin().follow(next).call().must_be(200).json();
        found.extend(page["items"].as_array().unwrap().clone());
    }
    assert!(found.len() == 11, "{found:?}");
    assert_eq!(json!(found), whole);
    for cursor in ["x", "AAAA", "WyJhIl0"] {
        app.admin().get(&format!("{path}?cursor={cursor}")).call().problem(400, "invalid_cursor");
    }
    app.admin().get(&format!("{path}?limit=0")).call().problem(400, "invalid_parameter");
}

#[test]
fn is_for_administrators() {
    let app = App::start();
    let path = format!("accounts/{}/export", number(&app, "reader"));
    for client in [app.reader(), app.editor(), app.by(crate::support::Role::Auditor)] {
        client.get(&path).call().problem(403, "forbidden");
    }
    app.admin().get("accounts/99999/export").call().problem(404, "not_found");
    app.admin().get("accounts/x/export").call().problem(400, "invalid_parameter");
}
