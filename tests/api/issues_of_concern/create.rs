//! `POST /api/v1/issues-of-concern`.

use serde_json::json;

use super::{sample, start};
use crate::support::contract::create;

#[test]
fn makes_one() {
    create::makes_it(&sample(&start()));
}

#[test]
fn refuses_a_taken_code() {
    create::refuses_a_taken_key(&sample(&start()));
}

#[test]
fn refuses_a_body_without_its_code() {
    create::refuses_a_missing_key(&sample(&start()));
}

#[test]
fn names_every_wrong_field() {
    create::names_every_wrong_field(&sample(&start()));
}

#[test]
fn begins_as_raised_and_says_whether_it_was_referred() {
    let app = start();
    let made = app.issue("I-1").create().json();
    assert_eq!((&made["state"], &made["referred"]), (&json!("raised"), &json!(false)));
    assert_eq!((&made["overdue"], &made["days_overdue"]), (&json!(false), &json!(0)));
    let made = app.issue("I-2").set("assigned_to", "Another committee").create().json();
    assert_eq!(made["referred"], true);
}

#[test]
fn refuses_what_it_refers_to_in_vain() {
    let app = start();
    for (field, value) in [
        ("framework", json!("NOWHERE")),
        ("raised_at", json!("NOWHERE")),
        ("report_to", json!("NOWHERE")),
        ("decision", json!("NOWHERE")),
        ("measures", json!(["M-1", "NOWHERE"])),
    ] {
        let refused = app.storing_nothing(|| app.issue("I-1").set(field, &value).put());
        refused.problem(422, "unknown_reference").only_fault(&format!("/{field}"), "unknown_reference");
    }
}

#[test]
fn what_it_refers_to_stays() {
    let app = start();
    let refers = json!({"raised_at": "MT-1", "report_to": "MT-2", "decision": "D-2", "clause": "a"});
    app.meeting("MT-2").create();
    app.meeting("MT-3").create();
    app.decision("D-2").set("meeting", "MT-3").create();
    app.issue("I-1").with(refers).create();
    app.editor().delete("decisions/D-1").call().must_be(204);
    for path in ["measures/M-1", "meetings/MT-1", "meetings/MT-2", "decisions/D-2"] {
        app.storing_nothing(|| app.editor().delete(path).call()).problem(409, "still_in_use").says("issue");
    }
    app.editor().patch("issues-of-concern/I-1").send(&json!({"measures": ["M-2"]})).must_be(200);
    app.editor().delete("measures/M-1").call().must_be(204);
    app.storing_nothing(|| app.editor().delete("measures/M-2").call()).problem(409, "still_in_use");
    app.editor().delete("issues-of-concern/I-1").call().must_be(204);
    app.editor().delete("measures/M-2").call().must_be(204);
}

#[test]
fn a_clause_is_one_of_its_decision() {
    let app = start();
    app.issue("I-1").with(json!({"decision": "D-1", "clause": "a"})).create();
    let refused = app.storing_nothing(|| app.issue("I-2").with(json!({"decision": "D-1", "clause": "b"})).put());
    refused.problem(422, "validation_failed").only_fault("/clause", "unknown_clause").says("it has `a`");
    let refused = app.storing_nothing(|| app.issue("I-2").set("clause", "a").put());
    refused.problem(422, "validation_failed").only_fault("/clause", "no_decision");
    let refused = app.sql().try_run("UPDATE issues_of_concern SET decision = NULL").unwrap_err();
    assert_eq!(refused.constraint, "issues_of_concern_clause_of_decision");
}

#[test]
fn is_about_one_to_fifty_measures_each_once() {
    let app = start();
    for (measures, code) in [(json!([]), "too_few"), (json!(vec!["M-1"; 51]), "too_many"), (json!("M-1"), "wrong_type")]
    {
        let refused = app.storing_nothing(|| app.issue("I-1").set("measures", &measures).put());
        refused.problem(400, "invalid_body").only_fault("/measures", code);
    }
    let refused = app.storing_nothing(|| app.issue("I-1").set("measures", ["M-1", "M-2", "M-1", "M-1"]).put());
    let problem = refused.problem(422, "validation_failed");
    assert_eq!(problem.faults(), [("/measures/2", "named_twice"), ("/measures/3", "named_twice")]);
    app.issue("I-1").create();
    for (measures, constraint) in [
        ("[]", "issues_of_concern_measures_list"),
        ("{}", "issues_of_concern_measures_list"),
        ("[\"M-1\", \"NOWHERE\"]", "issue_measures_measure_fkey"),
        ("[\"M-2\", \"M-2\"]", "issue_measures_pkey"),
    ] {
        let refused = app.sql().try_run(&format!("UPDATE issues_of_concern SET measures = '{measures}'")).unwrap_err();
        assert_eq!(refused.constraint, constraint, "{measures}");
    }
}

#[test]
fn refuses_a_year_that_cannot_be_meant() {
    let app = start();
    let refused = app.storing_nothing(|| app.issue("I-1").set("report_wanted_by", "2205-06-16").put());
    let problem = refused.problem(422, "validation_failed");
    problem.only_fault("/report_wanted_by", "issues_of_concern_report_wanted_by_range").says("Correct the year");
}
