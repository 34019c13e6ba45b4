//! Who sees what: rows are filtered, and nobody is refused a part of the feed.

use serde_json::json;

use super::{council, entities, get, rows};
use crate::support::App;

fn granted(app: &App, grant: serde_json::Value) -> crate::support::Client {
    let body = json!({"name": "holder", "grants": [grant]});
    let made = app.admin().post("keys").send(&body).must_be(201).json();
    app.anonymous().with_key(made["key"].as_str().unwrap())
}

#[test]
fn who_is_granted_one_measure_sees_its_rows_alone() {
    let app = council();
    let team = granted(&app, json!({"role": "provider", "measure": "M-2"}));
    let page = team.get("/odata/v1/Observations?$count=true").call().must_be(200).json();
    assert_eq!(
        rows(page["value"].as_array().unwrap()),
        ["M-2 2024-25-Q1 Female", "M-2 2024-25-Q1 Male", "M-2 2024-25-Q1 total"]
    );
    assert_eq!(page["@odata.count"], 3);
    assert_eq!(team.get("/odata/v1/Observations/$count").call().must_be(200).text(), "3");
    let foreign = team.get("/odata/v1/Observations?$filter=measure%20eq%20'M-1'").call().must_be(200).json();
    assert_eq!(foreign["value"], json!([]));
    team.get("/odata/v1/Measures('M-1')").call().problem(404, "not_found");
    team.get("/odata/v1/Measures('M-2')").call().must_be(200);
}

#[test]
fn the_public_sees_what_was_published() {
    let app = council();
    let public = granted(&app, json!({"role": "public"}));
    let page = public.get("/odata/v1/Observations").call().must_be(200).json();
    assert_eq!(page["value"], json!([]), "nothing was published");
    public.get("/odata/v1/").call().must_be(200);
    public.get("/odata/v1/$metadata").call().must_be(200);
}

#[test]
fn whoever_is_nobody_is_asked_who_they_are() {
    let app = council();
    let answer = app.anonymous().get("/odata/v1/Observations").call();
    answer.problem(401, "unauthenticated");
    let challenges: Vec<_> =
        answer.headers.get_all("www-authenticate").iter().map(|one| one.to_str().unwrap()).collect();
    assert!(
        challenges.iter().any(|one| one.starts_with("Bearer")) && challenges.iter().any(|one| one.starts_with("Basic")),
        "{challenges:?}"
    );
    app.anonymous().get("/odata/v1/$metadata").header("Authorization", "Bearer").call().problem(401, "unauthenticated");
}

#[test]
fn the_past_is_asked_for_as_everywhere() {
    let app = council();
    let before: String =
        app.sql().value("SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')");
    let then = entities(&app, &format!("Observations?as_of={before}"));
    app.submission("M-1", "2025-26-Q1").set("value", 51).approved();
    assert_eq!(entities(&app, "Observations").len(), then.len() + 1);
    assert_eq!(entities(&app, &format!("Observations?as_of={before}")), then);
    let answer = get(&app, &format!("Observations?as_of={before}&$top=1"));
    assert_eq!(answer.header("as-of"), before);
}
