//! `POST /api/v1/quarterly-reports/{framework}/{quarter}/…`: the states of a report, and what blocks its sign-off.

use serde_json::{Value, json};

use crate::support::App;

const QUARTER: &str = "2024-25-Q4";

/// A framework with `M-1`, red in the quarter at 16.5 against 55, without narrative or plan; its report is in review.
fn red() -> App {
    let app = App::with_measure();
    app.target("M-1", "2024-25", 55).create();
    app.submission("M-1", QUARTER).set("value", 16.5).approved();
    app.report(QUARTER);
    app.step(QUARTER, "review", &Value::Null).must_be(200);
    app
}

/// What blocks the sign-off, each as its kind and section.
fn blocks(app: &App) -> Vec<(String, Value)> {
    let readiness = app.reader().get(&format!("quarterly-reports/F/{QUARTER}/readiness")).call().must_be(200).json();
    let blocks = readiness["blocks"].as_array().unwrap();
    assert_eq!(readiness["ready"], blocks.is_empty());
    blocks.iter().map(|gap| (gap["kind"].as_str().unwrap().to_owned(), gap["section"].clone())).collect()
}

#[test]
fn goes_forward_and_nowhere_else() {
    let app = App::with_framework();
    app.meeting("MT-1").create();
    app.decision("D-1").create();
    app.report(QUARTER);
    let steps = [
        ("review", Value::Null),
        ("return", json!({"reason": "Say more."})),
        ("sign-off", Value::Null),
        ("publish", Value::Null),
        ("consider", json!({"decision": "D-1"})),
        ("correct", json!({"reason": "A late return."})),
    ];
    let path: [(&str, &[&str], usize); 7] = [
        ("drafting", &["review"], 0),
        ("in_review", &["return", "sign-off"], 1),
        ("drafting", &["review"], 0),
        ("in_review", &["return", "sign-off"], 2),
        ("signed_off", &["publish", "correct"], 3),
        ("published", &["consider", "correct"], 4),
        ("considered", &["correct"], 5),
    ];
    for (state, allowed, taken) in path {
        assert_eq!(app.reader().get(&format!("quarterly-reports/F/{QUARTER}")).call().json()["state"], state);
        for (action, body) in steps.iter().filter(|(action, _)| !allowed.contains(action)) {
            let refused = app.storing_nothing(|| app.step(QUARTER, action, body));
            let problem = refused.problem(409, "transition_not_allowed");
            assert_eq!(problem.member("state"), state, "{action}");
        }
        let (action, body) = &steps[taken];
        let status = if *action == "correct" { 201 } else { 200 };
        app.step(QUARTER, action, body).must_be(status);
    }
    let newest = app.reader().get(&format!("quarterly-reports/F/{QUARTER}")).call().json();
    assert_eq!(
        (&newest["version"], &newest["state"], &newest["correction_reason"]),
        (&json!(2), &json!("drafting"), &json!("A late return."))
    );
}

#[test]
fn a_red_measure_is_explained_and_planned_for_before_sign_off() {
    let app = red();
    let missing = |section: &str| ("narrative_missing".to_owned(), json!(section));
    let plan = ("recovery_plan_missing".to_owned(), Value::Null);
    assert_eq!(blocks(&app), [missing("challenges"), missing("interventions"), missing("results"), plan.clone()]);
    let refused = app.storing_nothing(|| app.step(QUARTER, "sign-off", &Value::Null));
    let problem = refused.problem(409, "report_not_ready");
    assert_eq!(problem.faults().len(), 4);
    assert_eq!(problem.faults()[3], ("/M-1", "recovery_plan_missing"));
    let narrative = json!({"reason": "Narrative."});
    app.provider().post(&format!("quarterly-submissions/M-1/{QUARTER}/revise")).send(&narrative).must_be(201);
    let texts = json!({"challenges": "Demand.", "interventions": "A team.", "results": "None yet."});
    app.submission("M-1", QUARTER).with(json!({"value": 16.5, "narrative": texts})).put().must_be(200);
    app.provider().post(&format!("quarterly-submissions/M-1/{QUARTER}/submit")).call().must_be(200);
    app.officer().post(&format!("quarterly-submissions/M-1/{QUARTER}/approve")).call().must_be(200);
    assert_eq!(blocks(&app), [plan]);
    app.plan("P-1").create();
    assert_eq!(blocks(&app), []);
    app.step(QUARTER, "sign-off", &Value::Null).must_be(200);
}

#[test]
fn a_service_level_measure_blocks_nothing_and_a_steady_amber_neither() {
    let app = App::with_measure();
    app.target("M-1", "2024-25", 55).create();
    app.approved("M-1", "2024-25-Q3", 50);
    app.approved("M-1", QUARTER, 50);
    app.report(QUARTER);
    assert_eq!(blocks(&app), [], "amber for the second time");
    let content = app.reader().get(&format!("quarterly-reports/F/{QUARTER}/content")).call().must_be(200).json();
    assert_eq!(content["exceptions"]["two_periods_off_target"], json!(["M-1"]));
    assert_eq!(content["exceptions"]["newly_off_target"], json!([]));
}

#[test]
fn of_two_sign_offs_at_once_one_wins() {
    let app = App::with_framework();
    app.report(QUARTER);
    app.step(QUARTER, "review", &Value::Null).must_be(200);
    let mut answers: Vec<u16> = std::thread::scope(|scope| {
        let hands: Vec<_> =
            (0..4).map(|_| scope.spawn(|| app.step(QUARTER, "sign-off", &Value::Null).status)).collect();
        hands.into_iter().map(|hand| hand.join().unwrap()).collect()
    });
    answers.sort_unstable();
    assert_eq!(answers, [200, 409, 409, 409]);
}
