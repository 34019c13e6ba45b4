//! `POST /api/v1/quarterly-reports/{framework}/{quarter}/exempt`: which parts of a report the public may not read.

use serde_json::{Value, json};

use crate::support::client::Answer;
use crate::support::{App, Role};

const QUARTER: &str = "2024-25-Q4";

/// A draft report on `M-1`, which has a plan and a narrative, and on an issue.
fn drafted() -> App {
    let app = App::with_measure();
    app.target("M-1", "2024-25", 55).create();
    let narrative = json!({"challenges": "Demand.", "interventions": "Two bids.", "results": "None yet."});
    app.submission("M-1", QUARTER).set("value", 60).set("narrative", narrative).approved();
    app.plan("P-1").create();
    app.issue("I-1").create();
    app.report(QUARTER);
    app
}

fn part(fields: Value) -> Value {
    let mut part = json!({"paragraph": 3, "public_interest": "Bids are being compared."});
    fields.as_object().unwrap().iter().for_each(|(name, value)| part[name] = value.clone());
    part
}

fn exempt(app: &App, by: Role, parts: &[Value]) -> Answer {
    app.by(by).post(&format!("quarterly-reports/F/{QUARTER}/exempt")).send(&json!({"parts": parts}))
}

#[test]
fn democratic_services_and_officers_record_them_until_the_report_is_signed_off() {
    let app = drafted();
    let overview = part(json!({"part": "overview"}));
    let all = [
        overview.clone(),
        part(json!({"part": "narrative", "measure": "M-1", "section": "interventions", "paragraph": 5})),
        part(json!({"part": "recovery_plan", "measure": "M-1"})),
        part(json!({"part": "issue_of_concern", "issue": "I-1", "paragraph": 1})),
    ];
    let report = exempt(&app, Role::Clerk, &all).must_be(200).json();
    assert_eq!(report["exempt_parts"].as_array().unwrap().len(), 4, "{report}");
    assert_eq!(
        (&report["exempt_parts"][1]["paragraph"], &report["exempt_parts"][1]["issue"]),
        (&json!(5), &Value::Null)
    );
    // All at once: what is left out is exempt no longer.
    let report = exempt(&app, Role::Editor, &[part(json!({"part": "measure", "measure": "M-1"}))]).must_be(200).json();
    assert_eq!(report["exempt_parts"][0]["part"], "measure");
    for by in [Role::Reader, Role::Provider, Role::Officer] {
        app.storing_nothing(|| exempt(&app, by, &all)).problem(403, "forbidden");
    }
    app.step(QUARTER, "review", &Value::Null).must_be(200);
    exempt(&app, Role::Clerk, std::slice::from_ref(&overview)).must_be(200);
    app.step(QUARTER, "sign-off", &Value::Null).must_be(200);
    let refused = app.storing_nothing(|| exempt(&app, Role::Clerk, &[]));
    assert_eq!(refused.problem(409, "transition_not_allowed").member("state"), "signed_off");
    let refused =
        app.sql().try_run("UPDATE quarterly_reports SET exempt_parts = '[]'").map_err(|refused| refused.constraint);
    assert_eq!(refused, Err("quarterly_reports_sealed_kept".to_owned()));
    // The next version begins with what this one has, and may say otherwise.
    let next = app.step(QUARTER, "correct", &json!({"reason": "The bids are public."})).must_be(201).json();
    assert_eq!(
        next["exempt_parts"],
        json!([part(json!({"part": "overview", "measure": null, "section": null, "issue": null}))])
    );
    exempt(&app, Role::Clerk, &[]).must_be(200);
    let first = app.reader().get(&format!("quarterly-reports/F/{QUARTER}/versions/1")).call().must_be(200).json();
    assert_eq!(first["exempt_parts"].as_array().unwrap().len(), 1);
}

#[test]
fn what_the_report_does_not_have_is_refused_all_at_once() {
    let app = drafted();
    let plan = part(json!({"part": "recovery_plan", "measure": "M-1"}));
    let wrong = [
        plan.clone(),
        part(json!({"part": "measure", "measure": "M-9"})),
        part(json!({"part": "narrative", "measure": "M-1", "section": "strengths"})),
        part(json!({"part": "issue_of_concern", "issue": "I-9"})),
        part(json!({"part": "measure"})),
        part(json!({"part": "overview", "measure": "M-1"})),
        plan,
    ];
    let refused = app.storing_nothing(|| exempt(&app, Role::Clerk, &wrong));
    assert_eq!(
        refused.problem(422, "validation_failed").faults(),
        [
            ("/parts/1/measure", "no_such_part"),
            ("/parts/2/section", "no_such_part"),
            ("/parts/3/issue", "no_such_part"),
            ("/parts/4/measure", "required"),
            ("/parts/5/measure", "not_allowed"),
            ("/parts/6/part", "part_twice"),
        ]
    );
    for (paragraph, reason) in
        [(json!(0), json!("Because.")), (json!(8), json!("Because.")), (json!(3), json!(" ")), (json!(3), Value::Null)]
    {
        let body = part(json!({"part": "overview", "paragraph": paragraph, "public_interest": reason}));
        app.storing_nothing(|| exempt(&app, Role::Clerk, &[body])).problem(400, "invalid_body");
    }
    app.editor().patch(&format!("quarterly-reports/F/{QUARTER}")).send(&json!({"overview": null})).must_be(200);
    let none = app.storing_nothing(|| exempt(&app, Role::Clerk, &[part(json!({"part": "overview"}))]));
    none.problem(422, "validation_failed").only_fault("/parts/0/part", "no_such_part");
    app.clerk().post("quarterly-reports/F/2030-31-Q1/exempt").send(&json!({"parts": []})).problem(404, "not_found");
}

#[test]
fn what_is_gone_by_the_sign_off_blocks_it() {
    let app = drafted();
    exempt(
        &app,
        Role::Clerk,
        &[part(json!({"part": "recovery_plan", "measure": "M-1"})), part(json!({"part": "overview"}))],
    )
    .must_be(200);
    app.editor().delete("recovery-plans/P-1").call().must_be(204);
    app.editor().patch(&format!("quarterly-reports/F/{QUARTER}")).send(&json!({"overview": null})).must_be(200);
    app.step(QUARTER, "review", &Value::Null).must_be(200);
    let refused = app.storing_nothing(|| app.step(QUARTER, "sign-off", &Value::Null));
    let faults = [("/M-1", "exempt_part_missing"), ("/exempt_parts", "exempt_part_missing")];
    assert_eq!(refused.problem(409, "report_not_ready").faults(), faults);
    exempt(&app, Role::Clerk, &[]).must_be(200);
    app.step(QUARTER, "sign-off", &Value::Null).must_be(200);
}
