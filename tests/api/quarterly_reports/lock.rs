//! The quarter's lock: what a quarter was judged by stays once its report is signed off; its figures alone may be revised.

use serde_json::{Value, json};

use crate::support::App;
use crate::support::client::Answer;

const QUARTER: &str = "2024-25-Q4";

/// A framework with `M-1`, green at 60 against 55, and its report sealed; the decision `D-1` of 16 June 2025.
fn sealed() -> App {
    let app = App::with_measure();
    app.target("M-1", "2024-25", 55).create();
    app.approved("M-1", QUARTER, 60);
    app.meeting("MT-1").create();
    app.decision("D-1").create();
    app.sealed(QUARTER);
    app
}

fn patch(app: &App, path: &str, body: &Value) -> Answer {
    app.editor().patch(path).send(body)
}

/// Refused, naming the report and the first quarter that is free; nothing is stored.
#[track_caller]
fn locked(app: &App, request: impl FnOnce() -> Answer) {
    let problem = app.storing_nothing(request).problem(409, "quarter_sealed");
    let problem = problem.says(&format!("The report of F for {QUARTER} is signed off")).says("from 2025-26-Q1 on");
    assert_eq!((problem.member("sealed"), problem.member("free")), (&json!(QUARTER), &json!("2025-26-Q1")));
}

#[test]
fn definitions_and_targets_of_a_sealed_quarter_stay() {
    let app = sealed();
    let card = app.card("M-1", QUARTER);
    let change = |fields: Value, from: &str| {
        let mut body =
            json!({"effective_from": from, "change_reason": "Because.", "decision": "D-1", "source": "decision"});
        fields.as_object().unwrap().iter().for_each(|(name, value)| body[name] = value.clone());
        body
    };
    for from in ["2024-25-Q1", QUARTER] {
        locked(&app, || patch(&app, "targets/M-1/2024-25", &change(json!({"value": 70}), from)));
        let mut body = change(json!({"polarity": "low"}), from);
        body.as_object_mut().unwrap().remove("source");
        locked(&app, || patch(&app, "measures/M-1", &body));
    }
    // Neither in place, nor by taking away, nor by adding.
    locked(&app, || patch(&app, "targets/M-1/2024-25", &json!({"value": 70})));
    locked(&app, || patch(&app, "measures/M-1", &json!({"decimal_places": 0})));
    locked(&app, || patch(&app, "measures/M-1", &json!({"status": "retired"})));
    locked(&app, || app.target("M-1", "2023-24", 70).put());
    locked(&app, || app.measure("M-2").set("effective_from", QUARTER).put());
    assert_eq!(app.card("M-1", QUARTER), card);
    // How a figure is come by, and why a target is what it is, colour nothing.
    patch(&app, "measures/M-1", &json!({"owner": "Head of SEND"})).must_be(200);
    patch(&app, "targets/M-1/2024-25", &json!({"rationale": "As last year."})).must_be(200);
    // A service level measure is in no report.
    app.measure("M-3").set("level", "service").create();
    patch(&app, "measures/M-3", &json!({"polarity": "low"})).must_be(200);
    // From the first free quarter on all may change.
    let later = json!({"polarity": "neutral", "effective_from": "2025-26-Q1", "change_reason": "Because."});
    patch(&app, "measures/M-1", &later).must_be(200);
    assert_eq!(app.card("M-1", QUARTER)["rag"], card["rag"]);
}

#[test]
fn what_is_new_begins_with_the_first_free_quarter() {
    let app = sealed();
    let added = app.measure("M-2").create().json();
    assert_eq!(added["effective_from"], "2025-26-Q1");
    app.report("2025-26-Q2");
    app.step("2025-26-Q2", "review", &Value::Null).must_be(200);
    app.step("2025-26-Q2", "sign-off", &Value::Null).must_be(200);
    let late = app.target("M-1", "2025-26", 55).create().json();
    assert_eq!((&late["effective_from"], &late["version"]), (&json!("2025-26-Q3"), &json!(1)));
    let whole = app.target("M-1", "2026-27", 55).create().json();
    assert_eq!(whole["effective_from"], Value::Null);
    // By a decision of June 2025 it would have been reported from 2025-26-Q1 on.
    patch(&app, "frameworks/F", &json!({"status": "adopted", "adopted_by": "D-1"})).must_be(200);
    let decided = app.measure("M-3").set("decision", "D-1").create().json();
    assert_eq!(decided["effective_from"], "2025-26-Q3");
    let arrears = json!({"source": "decision", "decision": "D-1", "effective_from": "2025-26-Q3"});
    assert_eq!(app.target("M-3", "2025-26", 55).with(arrears).create().json()["set_in_arrears"], false);
}

#[test]
fn a_correction_opens_its_quarter_and_is_then_signed_off() {
    let app = sealed();
    let correct = json!({"reason": "The target was taken down wrongly."});
    app.step(QUARTER, "correct", &correct).must_be(201);
    app.editor().delete(&format!("quarterly-reports/F/{QUARTER}")).call().must_be(204);
    locked(&app, || patch(&app, "targets/M-1/2024-25", &json!({"value": 70})));
    app.step(QUARTER, "correct", &correct).must_be(201);
    patch(&app, "targets/M-1/2024-25", &json!({"value": 58})).must_be(200);
    let given_up = app.storing_nothing(|| app.editor().delete(&format!("quarterly-reports/F/{QUARTER}")).call());
    given_up.problem(409, "quarter_sealed").says("Sign the correction off");
    app.step(QUARTER, "review", &Value::Null).must_be(200);
    app.step(QUARTER, "sign-off", &Value::Null).must_be(200);
    locked(&app, || patch(&app, "targets/M-1/2024-25", &json!({"value": 70})));
    // A later sealed quarter holds those before it, whatever is corrected there.
    app.sealed("2025-26-Q1");
    app.step(QUARTER, "correct", &correct).must_be(201);
    let refused = app.storing_nothing(|| patch(&app, "targets/M-1/2024-25", &json!({"value": 70})));
    refused.problem(409, "quarter_sealed").says("for 2025-26-Q1 is signed off");
}

#[test]
fn what_is_taken_away_under_a_correction_is_told_as_well() {
    let app = sealed();
    app.measure("M-2").set("level", "service").create();
    app.target("M-1", "2023-24", 55).put().problem(409, "quarter_sealed");
    app.step(QUARTER, "correct", &json!({"reason": "One target too many."})).must_be(201);
    let give_up = || app.editor().delete(&format!("quarterly-reports/F/{QUARTER}")).call();
    patch(&app, "measures/M-2", &json!({"polarity": "low"})).must_be(200);
    patch(&app, "measures/M-1", &json!({"level": "service"})).must_be(200);
    app.storing_nothing(give_up).problem(409, "quarter_sealed");
    // And one from which nothing is left.
    let app = sealed();
    app.step(QUARTER, "correct", &json!({"reason": "One target too many."})).must_be(201);
    app.target("M-1", "2023-24", 55).create();
    app.editor().delete("targets/M-1/2023-24").call().must_be(204);
    app.editor().delete(&format!("quarterly-reports/F/{QUARTER}")).call().must_be(204);
}

#[test]
fn an_outcome_takes_no_reported_measure_to_another_framework() {
    let app = sealed();
    app.framework("G").create();
    let refused = app.storing_nothing(|| patch(&app, "outcomes/O-1", &json!({"framework": "G"})));
    refused.problem(422, "validation_failed").only_fault("/framework", "outcomes_framework_kept");
    app.outcome("O-2").create();
    patch(&app, "outcomes/O-2", &json!({"framework": "G"})).must_be(200);
}

#[test]
fn nobody_changes_it_past_the_service() {
    let app = sealed();
    for (statement, constraint) in [
        ("UPDATE targets SET value = 70", "targets_quarter_sealed"),
        ("DELETE FROM targets", "targets_quarter_sealed"),
        ("UPDATE target_versions SET value = 70", "targets_quarter_sealed"),
        ("UPDATE measures SET polarity = 'low'", "measures_quarter_sealed"),
        ("UPDATE measure_versions SET polarity = 'low'", "measures_quarter_sealed"),
        ("UPDATE outcomes SET framework = 'G' WHERE code = 'O-1'", "outcomes_framework_kept"),
    ] {
        let refused = app.sql().try_run(statement).map_err(|refused| refused.constraint);
        assert_eq!(refused, Err(constraint.to_owned()), "{statement}");
    }
}

#[test]
fn nothing_changes_between_what_a_report_read_and_its_seal() {
    let app = sealed();
    app.report("2025-26-Q1");
    app.step("2025-26-Q1", "review", &Value::Null).must_be(200);
    app.target("M-1", "2025-26", 55).create();
    // Many at once: each change was made before the report was read, or is refused after it.
    let values: Vec<i64> = (60..72).collect();
    let (seal, changes) = std::thread::scope(|scope| {
        let changes: Vec<_> = values
            .iter()
            .map(|value| {
                let (app, value) = (&app, *value);
                scope.spawn(move || (value, patch(app, "targets/M-1/2025-26", &json!({"value": value})).status))
            })
            .collect();
        let seal = scope.spawn(|| app.step("2025-26-Q1", "sign-off", &Value::Null));
        (seal.join().unwrap(), changes.into_iter().map(|change| change.join().unwrap()).collect::<Vec<_>>())
    });
    seal.must_be(200);
    assert!(changes.iter().all(|(_, status)| [200, 409].contains(status)), "{changes:?}");
    let verify = app.reader().get("quarterly-reports/F/2025-26-Q1/verify").call().must_be(200).json();
    assert_eq!((&verify["differences"], &verify["reproduced"]), (&json!([]), &json!(true)));
}
