//! `GET /api/v1/keys`.

use crate::support::App;

#[test]
fn pages_through_them_without_their_secrets() {
    let app = App::start();
    let mut made: Vec<String> =
        ["a", "b", "c"].map(|name| super::make(&app, name)["key"].as_str().unwrap().to_owned()).into();
    made.sort();
    let mut names = Vec::new();
    let mut answer = app.admin().get("keys?limit=3&count=true").call().must_be(200);
    assert_eq!(answer.json()["total"], 10);
    loop {
        made.iter().for_each(|key| assert!(!answer.text().contains(key) && !answer.text().contains("secret")));
        let page = answer.json();
        names.extend(page["items"].as_array().unwrap().iter().map(|key| key["name"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        answer = app.admin().follow(next).call().must_be(200);
    }
    assert_eq!(names, ["reader", "provider", "officer", "editor", "clerk", "auditor", "admin", "a", "b", "c"]);
}

#[test]
fn refuses_wrong_queries() {
    let app = App::start();
    app.admin().get("keys?name=a").call().problem(400, "unknown_parameter").says("`limit`");
    app.admin().get("keys?limit=0").call().problem(400, "invalid_parameter");
    app.admin().get("keys?cursor=WyJrZXkiLFsieCJdXQ").call().problem(400, "invalid_cursor");
}
