//! `GET /api/v1/recovery-plans/{plan}/progress`.

use serde_json::{Value, json};

use crate::support::App;

const PROGRESS: &str = "recovery-plans/P-1/progress";

fn progress(app: &App) -> Value {
    app.reader().get(PROGRESS).call().must_be(200).json()
}

/// Quarter, expected, actual and standing of each point.
fn points(progress: &Value) -> Vec<String> {
    let point = |one: &Value| {
        let text = |field: &str| one[field].to_string().replace('"', "");
        ["quarter", "expected", "actual", "standing"].map(text).join(" ")
    };
    progress["points"].as_array().unwrap().iter().map(point).collect()
}

fn trajectory(points: &[(&str, f64)]) -> Value {
    points.iter().map(|(quarter, expected)| json!({"quarter": quarter, "expected": expected})).collect()
}

#[test]
fn the_promise_of_50_in_two_months_became_16_point_5() {
    let app = App::with_measure();
    app.plan("P-1").create();
    app.submission("M-1", "2024-25-Q4").set("value", 16.5).published();
    let found = progress(&app);
    assert_eq!(points(&found), ["2024-25-Q4 50 16.5 missed"]);
    assert_eq!((&found["newest_due"], &found["newest_due_missed"]), (&json!("2024-25-Q4"), &json!(true)));
    assert_eq!((&found["plan"], &found["measure"], &found["state"]), (&json!("P-1"), &json!("M-1"), &json!("drafted")));
}

#[test]
fn each_quarter_is_judged_by_the_figure_that_counts() {
    let app = App::with_measure();
    let wanted = trajectory(&[
        ("2023-24-Q4", 40.0),
        ("2024-25-Q1", 45.0),
        ("2024-25-Q2", 50.0),
        ("2024-25-Q3", 55.0),
        ("2024-25-Q4", 60.0),
        ("2098-99-Q1", 65.0),
    ]);
    app.plan("P-1").set("trajectory", wanted).create();
    app.submission("M-1", "2023-24-Q4").set("value", 39.95).published();
    app.approved("M-1", "2024-25-Q1", 44.94);
    app.submission("M-1", "2024-25-Q2").set("value", 51).submitted();
    app.submission("M-1", "2024-25-Q3").set("value_symbol", "x").published();
    let found = progress(&app);
    assert_eq!(
        points(&found),
        [
            "2023-24-Q4 40.0 40.0 on_trajectory",
            "2024-25-Q1 45.0 44.9 missed",
            "2024-25-Q2 50.0 null no_figure",
            "2024-25-Q3 55.0 null no_figure",
            "2024-25-Q4 60.0 null no_figure",
            "2098-99-Q1 65.0 null not_due"
        ]
    );
    assert_eq!(found["points"][3]["value_symbol"], "x");
    assert_eq!((&found["newest_due"], &found["newest_due_missed"]), (&json!("2024-25-Q4"), &json!(false)));
}

#[test]
fn a_correction_counts_once_it_is_approved() {
    let app = App::with_measure();
    app.plan("P-1").create();
    app.submission("M-1", "2024-25-Q4").set("value", 16.5).published();
    let path = "quarterly-submissions/M-1/2024-25-Q4";
    app.provider().post(&format!("{path}/revise")).send(&json!({"reason": "A late return."})).must_be(201);
    app.provider().patch(path).send(&json!({"value": 51})).must_be(200);
    assert_eq!(points(&progress(&app)), ["2024-25-Q4 50 16.5 missed"]);
    app.provider().post(&format!("{path}/submit")).call().must_be(200);
    app.officer().post(&format!("{path}/approve")).call().must_be(200);
    assert_eq!(points(&progress(&app)), ["2024-25-Q4 50 51.0 on_trajectory"]);
}

#[test]
fn lower_is_better_where_it_is_and_a_band_is_reached_from_one_side() {
    let wanted = || trajectory(&[("2024-25-Q3", 30.0), ("2024-25-Q4", 20.0)]);
    for polarity in ["low", "band"] {
        let app = App::with_outcome();
        app.measure("M-1").set("polarity", polarity).create();
        app.plan("P-1").set("trajectory", wanted()).create();
        app.approved("M-1", "2024-25-Q3", 29);
        app.approved("M-1", "2024-25-Q4", 20.5);
        let found = points(&progress(&app));
        assert_eq!(found, ["2024-25-Q3 30.0 29.0 on_trajectory", "2024-25-Q4 20.0 20.5 missed"], "{polarity}");
    }
}

#[test]
fn an_annual_measure_owes_nothing_in_the_other_quarters() {
    let app = App::with_outcome();
    app.measure("M-1").set("frequency", "annual").create();
    app.plan("P-1").set("trajectory", trajectory(&[("2023-24-Q3", 50.0), ("2023-24-Q4", 55.0)])).create();
    assert_eq!(points(&progress(&app)), ["2023-24-Q3 50.0 null not_due", "2023-24-Q4 55.0 null no_figure"]);
}

#[test]
fn a_plan_without_a_trajectory_has_missed_nothing() {
    let app = App::with_measure();
    app.plan("P-1").set("trajectory", json!([])).create();
    let found = progress(&app);
    assert_eq!(
        (points(&found).len(), &found["newest_due"], &found["newest_due_missed"]),
        (0, &json!(null), &json!(false))
    );
    app.reader().get("recovery-plans/P-2/progress").call().problem(404, "not_found").says("recovery plan `P-2`");
}

#[test]
fn is_as_it_was_known_then() {
    let app = App::with_measure();
    let made = app.plan("P-1").create().json()["updated_at"].as_str().unwrap().to_owned();
    app.approved("M-1", "2024-25-Q4", 16.5);
    let then = app.reader().get(&format!("{PROGRESS}?as_of={made}")).call().must_be(200);
    assert_eq!(points(&then.json()), ["2024-25-Q4 50 null no_figure"]);
    assert!(!then.header("as-of").is_empty());
    assert_eq!(points(&progress(&app)), ["2024-25-Q4 50 16.5 missed"]);
    app.reader().get(&format!("{PROGRESS}?as_of=2020-01-01T00:00:00Z")).call().problem(404, "not_found");
}
