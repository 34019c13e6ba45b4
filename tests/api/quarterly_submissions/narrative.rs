//! The narrative of a submission: the sections that the framework asks for in that quarter, and no others.

use serde_json::json;

use crate::support::App;

/// A service whose framework asks for strengths as well from 2024-25-Q4 on.
fn app() -> App {
    let app = App::start();
    let section = |name: &str| json!({"name": name, "title": format!("Title of {name}")});
    let sections = json!([
        {"from_quarter": null, "sections": [section("challenges")]},
        {"from_quarter": "2024-25-Q4", "sections": [section("strengths"), section("challenges")]}
    ]);
    app.framework("F").set("narrative_sections", sections).create();
    app.outcome("O-1").create();
    app.measure("M-1").create();
    app
}

#[test]
fn sections_are_those_of_the_quarter() {
    let app = app();
    let put = |quarter: &str, narrative: serde_json::Value| {
        app.submission("M-1", quarter).set("value", 1).set("narrative", narrative).put()
    };
    let strengths = json!({"strengths": "Stable team."});
    let refused = app.storing_nothing(|| put("2024-25-Q3", strengths.clone()));
    let problem = refused.problem(422, "validation_failed").only_fault("/narrative/strengths", "unknown_section");
    problem.says("it asks for `challenges`");
    put("2024-25-Q3", json!({"challenges": "Vacancies."})).must_be(201);
    assert_eq!(put("2024-25-Q4", strengths.clone()).must_be(201).json()["narrative"], strengths);
}

#[test]
fn a_patch_changes_one_section_and_null_removes_it() {
    let app = app();
    let both = json!({"strengths": "Stable team.", "challenges": "Demand."});
    app.submission("M-1", "2025-26-Q1").set("value", 1).set("narrative", both).create();
    let patch = |narrative: serde_json::Value| {
        let body = json!({"narrative": narrative});
        app.provider().patch("quarterly-submissions/M-1/2025-26-Q1").send(&body).must_be(200).json()["narrative"]
            .clone()
    };
    let changed = patch(json!({"challenges": "Line one.\nLine two."}));
    assert_eq!(changed, json!({"strengths": "Stable team.", "challenges": "Line one.\nLine two."}));
    assert_eq!(patch(json!({"strengths": null})), json!({"challenges": "Line one.\nLine two."}));
}

#[test]
fn texts_have_a_length_and_something_to_read() {
    let app = app();
    for (text, code) in
        [("", "too_short"), (" \n ", "wrong_pattern"), (&*"x".repeat(20_001), "too_long"), ("a\u{7}b", "wrong_pattern")]
    {
        let narrative = json!({"challenges": text});
        let refused = app.storing_nothing(|| app.submission("M-1", "2025-26-Q1").set("narrative", &narrative).put());
        refused.problem(400, "invalid_body").only_fault("/narrative/challenges", code);
    }
    app.submission("M-1", "2025-26-Q1").set("narrative", json!({"challenges": "é".repeat(20_000)})).create();
}
