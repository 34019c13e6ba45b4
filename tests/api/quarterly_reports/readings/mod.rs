//! Three readings of a report: what was signed off, what members read, what the public reads; each sealed under its own hash.

mod sealed;
mod told;

use serde_json::{Value, json};

use crate::support::App;
use crate::support::client::{Answer, Client};

const QUARTER: &str = "2024-25-Q4";

/// A caller in this role.
fn caller(app: &App, role: &str) -> Client {
    let body = json!({"name": format!("a caller in the role {role}"), "grants": [{"role": role}]});
    let made = app.admin().post("keys").send(&body).must_be(201).json();
    app.anonymous().with_key(made["key"].as_str().unwrap())
}

fn exempt(part: Value) -> Value {
    let mut part = part;
    (part["paragraph"], part["public_interest"]) = (json!(3), json!("Bids are being compared."));
    part
}

/// An adopted framework with five measures: `M-1` red with narrative and plan, `M-2` small, `M-3` approved and not published, `M-4`
/// exempt as a whole, `M-5` green. Its report is signed off; the overview, a section of `M-1`, its plan and an issue are exempt, too.
fn signed_off() -> App {
    let app = App::with_measure();
    app.meeting("MT-1").create();
    app.decision("D-1").create();
    for code in ["M-2", "M-3", "M-4", "M-5"] {
        app.measure(code).create();
    }
    for code in ["M-1", "M-2", "M-3", "M-4", "M-5"] {
        app.target(code, "2024-25", 55).create();
    }
    app.editor().patch("frameworks/F").send(&json!({"status": "adopted", "adopted_by": "D-1"})).must_be(200);
    let told = json!({"challenges": "Demand rose.", "interventions": "Two bids of Acme.", "results": "None yet."});
    app.submission("M-1", QUARTER).with(json!({"numerator": 20, "denominator": 100, "narrative": told})).published();
    app.submission("M-2", QUARTER).with(json!({"numerator": 97, "denominator": 100})).published();
    app.submission("M-3", QUARTER).with(json!({"numerator": 80, "denominator": 100})).approved();
    app.submission("M-4", QUARTER).with(json!({"numerator": 78, "denominator": 99, "narrative": told})).published();
    app.submission("M-5", QUARTER).with(json!({"numerator": 60, "denominator": 100})).published();
    app.plan("P-1").create();
    app.officer().post("recovery-plans/P-1/agree").call().must_be(200);
    app.issue("I-1").set("question", "Why were the bids of Acme refused?").create();
    app.report(QUARTER);
    let parts = [
        exempt(json!({"part": "overview"})),
        exempt(json!({"part": "narrative", "measure": "M-1", "section": "interventions"})),
        exempt(json!({"part": "recovery_plan", "measure": "M-1"})),
        exempt(json!({"part": "measure", "measure": "M-4"})),
        exempt(json!({"part": "issue_of_concern", "issue": "I-1"})),
    ];
    app.clerk().post(&format!("quarterly-reports/F/{QUARTER}/exempt")).send(&json!({"parts": parts})).must_be(200);
    app.step(QUARTER, "review", &Value::Null).must_be(200);
    app.step(QUARTER, "sign-off", &Value::Null).must_be(200);
    app
}

fn published() -> App {
    let app = signed_off();
    app.step(QUARTER, "publish", &Value::Null).must_be(200);
    app
}

fn ask(client: &Client, path: &str) -> Answer {
    client.get(&format!("quarterly-reports/F/{QUARTER}{path}")).call()
}

fn measure<'a>(content: &'a Value, code: &str) -> Option<&'a Value> {
    let measures = content["outcomes"][0]["measures"].as_array().unwrap();
    measures.iter().find(|measure| measure["card"]["code"] == code)
}
