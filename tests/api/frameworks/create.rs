//! `POST /api/v1/frameworks`.

use serde_json::json;

use super::sample;
use crate::support::App;
use crate::support::contract::create;

#[test]
fn makes_one() {
    create::makes_it(&sample(&App::start()));
}

#[test]
fn refuses_a_taken_code() {
    create::refuses_a_taken_key(&sample(&App::start()));
}

#[test]
fn refuses_a_body_without_its_code() {
    create::refuses_a_missing_key(&sample(&App::start()));
}

#[test]
fn names_every_wrong_field() {
    create::names_every_wrong_field(&sample(&App::start()));
}

#[test]
fn fills_in_what_most_frameworks_have() {
    let app = App::start();
    let made = app.framework("F").create().json();
    assert_eq!(made["status"], "draft");
    let names: Vec<_> =
        made["narrative_sections"][0]["sections"].as_array().unwrap().iter().map(|s| &s["name"]).collect();
    assert_eq!(names, ["challenges", "interventions", "results"]);
    assert_eq!(made["narrative_sections"][0]["from_quarter"], json!(null));
}

#[test]
fn refuses_years_that_run_backwards() {
    let app = App::start();
    let refused = app.storing_nothing(|| app.framework("F").set("last_year", "2023-24").put());
    refused.problem(422, "validation_failed").only_fault("", "years_in_order").says("2023-24");
}

#[test]
fn refuses_narrative_editions_out_of_order_and_sections_twice() {
    let app = App::start();
    let section = |name: &str| json!({"name": name, "title": "A title"});
    let edition = |from: Option<&str>, sections: &[&str]| json!({"from_quarter": from, "sections": sections.iter().map(|name| section(name)).collect::<Vec<_>>()});
    let backwards = [edition(Some("2025-26-Q1"), &["a"]), edition(Some("2024-25-Q1"), &["a"])];
    let together = [edition(Some("2024-25-Q1"), &["a"]), edition(Some("2024-25-Q1"), &["b"])];
    let twice = [edition(None, &["a", "a"])];
    for wrong in [json!(backwards), json!(together), json!(twice)] {
        let refused = app.storing_nothing(|| app.framework("F").set("narrative_sections", &wrong).put());
        refused.problem(422, "validation_failed").only_fault("", "editions_in_order").says("narrative_sections");
    }
    let wrong_name = json!([edition(None, &["Not A Name"])]);
    let refused = app.storing_nothing(|| app.framework("F").set("narrative_sections", &wrong_name).put());
    refused.problem(400, "invalid_body").only_fault("/narrative_sections/0/sections/0/name", "wrong_pattern");
    for empty in [json!([]), json!([edition(None, &[])])] {
        app.storing_nothing(|| app.framework("F").set("narrative_sections", &empty).put()).problem(400, "invalid_body");
    }
}

#[test]
fn a_deleted_code_is_never_used_again() {
    let app = App::start();
    app.framework("F").create();
    app.editor().delete("frameworks/F").call().must_be(204);
    let refused = app.storing_nothing(|| app.framework("F").put());
    refused.problem(409, "code_used_before").says("never used again");
    // The same code of another kind of thing is another code.
    app.framework("G").create();
    app.outcome("F").set("framework", "G").create();
}
