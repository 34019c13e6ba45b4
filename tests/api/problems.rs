//! `/problems`: where the `type` of every problem leads.

use performance_framework::http::problems;
use serde_json::json;

use crate::support::App;

#[test]
fn every_code_is_explained_to_programs_and_to_people() {
    let app = App::start();
    for kind in problems::ALL {
        let path = format!("/problems/{}", kind.code);
        let page = app.anonymous().get(&path).header("Accept", "application/json").call().must_be(200);
        let expected = json!({"code": kind.code, "status": kind.status, "title": kind.title, "meaning": kind.meaning, "mend": kind.mend});
        assert_eq!((page.header("content-type"), page.json()), ("application/json", expected));
        let html = app.anonymous().get(&path).header("Accept", "text/html,application/xhtml+xml").call().must_be(200);
        assert_eq!(html.header("content-type"), "text/html; charset=utf-8");
        for part in [kind.code, kind.title, kind.meaning, kind.mend] {
            assert!(html.text().contains(part), "{part} is not on the page: {html}");
        }
    }
}

#[test]
fn all_are_listed() {
    let app = App::start();
    let list = app.anonymous().get("/problems").call().must_be(200).json();
    let codes: Vec<_> =
        list["items"].as_array().unwrap().iter().map(|item| item["code"].as_str().unwrap().to_owned()).collect();
    assert_eq!(codes, problems::ALL.iter().map(|kind| kind.code).collect::<Vec<_>>());
}

#[test]
fn an_unknown_code_is_not_found() {
    let app = App::start();
    app.anonymous().get("/problems/no_such_thing").call().problem(404, "not_found").says("no_such_thing");
}

#[test]
fn the_type_of_a_problem_is_an_address_that_answers() {
    let app = App::start();
    let problem = app.anonymous().get("frameworks").call().problem(401, "unauthenticated");
    let page = app.anonymous().get(problem.member("type").as_str().unwrap()).call().must_be(200);
    assert_eq!(page.json()["code"], "unauthenticated");
}
