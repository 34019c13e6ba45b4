//! `GET /api/v1/keys/{id}`.

use crate::support::App;

#[test]
fn answers_one_without_its_secret() {
    let app = App::start();
    let made = super::make(&app, "case-system");
    let path = format!("keys/{}", made["details"]["id"].as_str().unwrap());
    let read = app.admin().get(&path).call().must_be(200);
    assert_eq!(read.json(), made["details"]);
    assert!(!read.text().contains("secret") && !read.text().contains(made["key"].as_str().unwrap()), "{read}");
    app.admin().get(&path).if_none_match(&read.etag()).call().must_be(304);
}

#[test]
fn says_what_is_missing() {
    let app = App::start();
    app.admin().get("keys/00000000-0000-7000-8000-000000000000").call().problem(404, "not_found").says("key `0000");
    app.admin().get("keys/one").call().problem(400, "invalid_parameter");
}
