//! A sealed report: the same bytes for ever, proved by its hash and by making it again, with what has changed since.

use serde_json::{Value, json};

use crate::support::App;

const QUARTER: &str = "2024-25-Q4";

/// A framework with `M-1`, green at 60 against 55, and its report sealed.
fn sealed() -> App {
    let app = App::with_measure();
    app.target("M-1", "2024-25", 55).create();
    app.approved("M-1", "2024-25-Q3", 40);
    app.approved("M-1", QUARTER, 60);
    app.sealed(QUARTER);
    app
}

/// The first version, as a record and with what it says.
fn bytes(app: &App) -> Vec<u8> {
    let read = |path: &str| {
        app.reader().get(&format!("quarterly-reports/F/{QUARTER}/versions/1{path}")).call().must_be(200).body
    };
    [read(""), read("/content")].concat()
}

fn content(app: &App) -> Vec<u8> {
    app.reader().get(&format!("quarterly-reports/F/{QUARTER}/content")).call().must_be(200).body
}

fn verify(app: &App) -> Value {
    app.reader().get(&format!("quarterly-reports/F/{QUARTER}/verify")).call().must_be(200).json()
}

/// A correction of the quarter's figure, approved.
fn revise(app: &App, value: i32) {
    let path = format!("quarterly-submissions/M-1/{QUARTER}");
    app.provider().post(&format!("{path}/revise")).send(&json!({"reason": "Counted again."})).must_be(201);
    app.submission("M-1", QUARTER).set("value", value).put().must_be(200);
    app.provider().post(&format!("{path}/submit")).call().must_be(200);
    app.officer().post(&format!("{path}/approve")).call().must_be(200);
}

#[test]
fn says_all_that_members_are_told() {
    let app = sealed();
    let content: Value = serde_json::from_slice(&content(&app)).unwrap();
    assert_eq!((&content["kind"], &content["version"]), (&json!("baseline"), &json!(1)));
    assert_eq!(content["summary"]["green"], 1);
    assert_eq!(content["priorities"].as_array().unwrap().len(), 1);
    let measure = &content["outcomes"][0]["measures"][0];
    assert_eq!(measure["card"]["rag"]["explanation"], "green because 60.0 meets the target of at least 55");
    assert_eq!(measure["last_rated"], json!({"quarter": "2024-25-Q3", "status": "red"}));
    let report = app.reader().get(&format!("quarterly-reports/F/{QUARTER}")).call().must_be(200).json();
    let hash = report["content_hash"].as_str().unwrap();
    assert_eq!(hash.len(), 64);
    let tag = app.reader().get(&format!("quarterly-reports/F/{QUARTER}/content")).call().etag();
    assert_eq!(tag, format!("\"{hash}\""));
}

#[test]
fn whatever_is_revised_it_stays_and_says_what_changed() {
    let app = sealed();
    let (first, whole) = (content(&app), bytes(&app));
    let proof = verify(&app);
    assert_eq!(
        (&proof["hash_matches"], &proof["reproduced"], &proof["differences"]),
        (&json!(true), &json!(true), &json!([]))
    );
    for step in 0..12 {
        match step % 4 {
            0 => revise(&app, 10 + step),
            1 => {
                let change = json!({"value": 70 + step});
                app.editor().patch("targets/M-1/2024-25").send(&change).problem(409, "quarter_sealed");
            }
            2 => drop(
                app.editor()
                    .patch("measures/M-1")
                    .send(&json!({"title": format!("Title {step}"), "effective_from": "2025-26-Q1", "change_reason": "Clearer."}))
                    .must_be(200),
            ),
            _ => drop(
                app.editor().patch("frameworks/F").send(&json!({"title": format!("Framework {step}")})).must_be(200),
            ),
        }
        assert!(content(&app) == first && bytes(&app) == whole, "after step {step}");
        let proof = verify(&app);
        assert_eq!((&proof["hash_matches"], &proof["reproduced"]), (&json!(true), &json!(true)), "after step {step}");
    }
    let found = verify(&app)["differences"].clone();
    let pointers: Vec<&str> = found.as_array().unwrap().iter().map(|one| one["pointer"].as_str().unwrap()).collect();
    for expected in ["/figure/value", "/figure/revision", "/rag/status"] {
        assert!(pointers.contains(&expected), "{expected} is not among {pointers:?}");
    }
    assert!(!pointers.contains(&"/rag/target"), "the figures alone change: {pointers:?}");
    let value = found.as_array().unwrap().iter().find(|one| one["pointer"] == "/figure/value").unwrap();
    assert_eq!((value["reported"].to_string(), value["now"].to_string()), ("60.0".to_owned(), "18.0".to_owned()));
}

#[test]
fn is_corrected_by_a_new_version_beside_the_old_one() {
    let app = sealed();
    let (first, whole) = (content(&app), bytes(&app));
    revise(&app, 58);
    app.step(QUARTER, "correct", &json!({"reason": "A late return."})).must_be(201);
    // Until it is sealed, what it would say; the old one stays what it was.
    assert_ne!(content(&app), first);
    app.step(QUARTER, "review", &Value::Null).must_be(200);
    app.step(QUARTER, "sign-off", &Value::Null).must_be(200);
    assert_eq!(bytes(&app), whole);
    let versions = app.reader().get(&format!("quarterly-reports/F/{QUARTER}/versions")).call().must_be(200).json();
    let told: Vec<_> =
        versions["items"].as_array().unwrap().iter().map(|row| (row["version"].clone(), row["kind"].clone())).collect();
    assert_eq!(told, [(json!(1), json!("baseline")), (json!(2), json!("baseline"))]);
    assert_eq!(verify(&app)["differences"], json!([]));
}

#[test]
fn nobody_changes_it_past_the_service() {
    let app = sealed();
    for (statement, constraint) in [
        ("UPDATE quarterly_reports SET overview = 'Better'", "quarterly_reports_sealed_kept"),
        ("UPDATE quarterly_reports SET signed_off_by = 'nobody'", "quarterly_reports_sealed_kept"),
        ("UPDATE report_contents SET content = '{}'", "report_contents_kept"),
        ("DELETE FROM report_contents", "report_contents_kept"),
        ("INSERT INTO report_contents VALUES ('00', '{}')", "report_contents_hash_true"),
    ] {
        let refused = app.sql().try_run(statement).map_err(|refused| refused.constraint);
        assert_eq!(refused, Err(constraint.to_owned()), "{statement}");
    }
}

#[test]
fn lists_the_decisions_since_the_last_report() {
    let app = sealed();
    app.meeting("MT-1").set("held_on", "2020-01-01").create();
    app.decision("D-OLD").create();
    let today = app.sql().value("SELECT current_date");
    app.meeting("MT-2").set("held_on", &today).create();
    app.meeting("MT-3").set("held_on", &today).set("committee", "Another committee").create();
    app.decision("D-NEW").set("meeting", "MT-2").create();
    app.decision("D-OTHER").set("meeting", "MT-3").create();
    app.report("2025-26-Q1");
    let content = app.reader().get("quarterly-reports/F/2025-26-Q1/content").call().must_be(200).json();
    let codes: Vec<_> = content["decisions"].as_array().unwrap().iter().map(|one| one["code"].clone()).collect();
    assert_eq!(
        codes,
        [json!("D-OLD"), json!("D-NEW")],
        "also one that was only recorded since, and none of another committee"
    );
}
