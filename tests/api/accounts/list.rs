//! `GET /api/v1/accounts` and `GET /api/v1/accounts/{account}`.

use serde_json::json;

use super::{erase, number};
use crate::support::{App, Role};

#[test]
fn lists_everybody_whose_name_stands_in_the_records() {
    let app = App::with_measure();
    app.editor().patch("measures/M-1").send(&json!({"owner": "Head of Service", "provider": "Data Team"})).must_be(200);
    let auditor = app.by(Role::Auditor);
    let page = auditor.get("accounts?count=true").call().must_be(200).json();
    let names: Vec<&str> =
        page["items"].as_array().unwrap().iter().map(|item| item["names"][0].as_str().unwrap()).collect();
    for name in ["reader", "admin", "Head of Service", "Data Team"] {
        assert!(names.contains(&name), "{names:?}");
    }
    assert_eq!(page["total"], names.len());
    let one = auditor.get("accounts?name=Data%20Team").call().must_be(200).json();
    assert_eq!(one["items"].as_array().unwrap().len(), 1);
    let account = number(&app, "Data Team");
    let read = auditor.get(&format!("accounts/{account}")).call().must_be(200);
    assert_eq!(read.json(), one["items"][0]);
    auditor.get(&format!("accounts/{account}")).if_none_match(&read.etag()).call().must_be(304);
    erase(&app, account).must_be(200);
    auditor.get(&format!("accounts/{account}")).if_none_match(&read.etag()).call().must_be(200);
    let instead = auditor.get(&format!("accounts?name=erased%20person%20{account}")).call().must_be(200).json();
    assert_eq!(instead["items"][0]["account"], account);
}

#[test]
fn pages_follow_each_other() {
    let app = App::start();
    let mut page = app.admin().get("accounts?limit=3").call().must_be(200).json();
    let mut found = page["items"].as_array().unwrap().clone();
    while let Some(next) = page["next"].as_str() {
        page = app.admin().follow(next).call().must_be(200).json();
        found.extend(page["items"].as_array().unwrap().clone());
    }
    assert_eq!(found.len(), app.sql().count("accounts WHERE number = account"));
    let newest = app.admin().get("accounts?limit=1&sort=-key").call().must_be(200).json();
    assert_eq!(&newest["items"][0], found.last().unwrap());
}

#[test]
fn refuses_others_and_wrong_questions() {
    let app = App::start();
    app.reader().get("accounts").call().problem(403, "forbidden");
    app.reader().get("accounts/1").call().problem(403, "forbidden");
    app.admin().get("accounts/99999").call().problem(404, "not_found");
    app.admin().get("accounts?called=x").call().problem(400, "unknown_parameter");
    app.admin().get("accounts?as_of=2025-01-01T00:00:00Z").call().problem(400, "unknown_parameter");
}
