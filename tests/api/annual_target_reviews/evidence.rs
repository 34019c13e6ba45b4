//! `GET /api/v1/annual-target-reviews/{framework}/{year}/evidence`.

use serde_json::{Value, json};

use super::six::{self, REVIEW};
use crate::support::App;

fn evidence(app: &App) -> Value {
    app.reader().get(&format!("{REVIEW}/evidence")).call().must_be(200).json()
}

#[test]
fn shows_the_year_of_every_measure_under_review() {
    let app = six::with_figures();
    app.measure("S-1").set("level", "service").create();
    app.review("2025-26").create();
    let found = evidence(&app);
    let measures = found["measures"].as_array().unwrap();
    let codes: Vec<_> = measures.iter().map(|measure| measure["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["M-1", "M-2", "M-3", "M-4", "M-5", "M-6"]);
    let first = &measures[0];
    let colours: Vec<_> = first["quarters"].as_array().unwrap().iter().map(|one| &one["rag"]["status"]).collect();
    assert_eq!(colours, ["green", "green", "amber", "green"]);
    assert_eq!(
        first["quarters"][2]["rag"]["explanation"],
        "amber because 50.0 is within 10 % of the target 55 (floor 49.5)"
    );
    assert_eq!(first["target_met"], json!({"met": 3, "rated": 4}));
    assert_eq!(
        (&first["latest"]["quarter"], &first["latest"]["value"].to_string()),
        (&json!("2025-26-Q4"), &"60.0".to_owned())
    );
    assert_eq!((&first["target"]["value"], &first["target"]["year"]), (&json!(55), &json!("2025-26")));
    assert_eq!(first["distance"]["reason"], "no_baseline");
    let last = &measures[5];
    assert_eq!((&last["target"], &last["latest"], &last["distance"]), (&Value::Null, &Value::Null, &Value::Null));
    assert_eq!(last["target_met"], json!({"met": 0, "rated": 0}));
}

#[test]
fn a_quarter_before_the_measure_was_reported_is_empty() {
    let app = six::framework();
    app.measure("M-7").with(json!({"decision": "D-2", "effective_from": "2025-26-Q4"})).create();
    app.review("2025-26").create();
    let found = evidence(&app);
    let late = &found["measures"].as_array().unwrap()[6];
    assert_eq!(late["quarters"][2]["rag"], Value::Null);
    assert_eq!(late["quarters"][3]["rag"]["status"], "no_data");
}

#[test]
fn says_what_is_missing() {
    let app = App::with_framework();
    app.reader().get(&format!("{REVIEW}/evidence")).call().problem(404, "not_found").says("review of framework `F`");
    app.reader().get(&format!("{REVIEW}/effect")).call().problem(404, "not_found").says("review of framework `F`");
    app.reader().get(&format!("{REVIEW}/changes")).call().problem(404, "not_found").says("review of framework `F`");
}
