//! Limited grants: who was granted a framework, an outcome or a measure sees and writes what belongs to it, and nothing else.

mod attacks;
mod catalogue;
mod reads;
mod writes;

use serde_json::{Value, json};

use crate::support::{Answer, App, Client};

/// The framework `F` with the outcome `O-1` and its measures `M-1` and `M-2`, and the framework `G` with `O-9` and `N-1`; each
/// measure with all that measures can have.
fn start() -> App {
    let app = App::with_measure();
    app.measure("M-2").create();
    app.framework("G").create();
    app.outcome("O-9").set("framework", "G").create();
    app.measure("N-1").set("outcome", "O-9").create();
    app.meeting("MT-1").create();
    app.decision("D-1").create();
    app.area("A-1").create();
    for measure in ["M-1", "M-2", "N-1"] {
        app.target(measure, "2024-25", 55).create();
        app.approved(measure, "2024-25-Q1", 41);
        app.submission(measure, "2024-25-Q2").set("value", 42).create();
        app.benchmark(measure, "A-1", "2024-25-Q1", 50).create();
        app.plan(&format!("P-{measure}")).set("measure", measure).create();
        let framework = if measure == "N-1" { "G" } else { "F" };
        let about = json!({"framework": framework, "measures": [measure]});
        app.issue(&format!("I-{measure}")).with(about).create();
    }
    for (mapping, measures) in [("IM-1", &["M-1"][..]), ("IM-BOTH", &["M-1", "M-2"]), ("IM-9", &["N-1"])] {
        let mapped: Vec<Value> =
            measures.iter().map(|measure| json!({"measure": measure, "value": "percent"})).collect();
        let body = json!({"title": "A file", "measures": mapped});
        app.editor().put(&format!("import-mappings/{mapping}")).send(&body).must_be(201);
    }
    app.issue("I-BOTH").set("measures", ["M-1", "M-2"]).create();
    for framework in ["F", "G"] {
        let cycle = json!({"opens_on": "2024-07-01", "due_on": "2024-07-20", "locks_on": "2024-07-31"});
        app.editor().put(&format!("collection-cycles/{framework}/2024-25-Q1")).send(&cycle).must_be(201);
        app.editor().put(&format!("annual-target-reviews/{framework}/2024-25")).send(&json!({})).must_be(201);
        app.editor().put(&format!("quarterly-reports/{framework}/2024-25-Q1")).send(&json!({})).must_be(201);
    }
    app
}

/// A caller with these grants, each as on the command line.
fn holding(app: &App, grants: &[&str]) -> Client {
    let grants: Vec<Value> = grants.iter().map(|grant| granted(grant)).collect();
    let body = json!({"name": format!("holder of {}", json!(grants).to_string().len()), "grants": grants});
    let made = app.admin().post("keys").send(&body).must_be(201);
    app.anonymous().with_key(made.json()["key"].as_str().unwrap())
}

fn granted(text: &str) -> Value {
    let (role, limit) = text.split_once(':').unwrap_or((text, ""));
    let mut grant = json!({"role": role});
    if let Some((kind, code)) = limit.split_once('=') {
        grant[kind] = json!(code);
    }
    grant
}

/// What an answer says, with a code replaced, so that answers about two codes can be compared; without what differs anyway.
fn said(answer: &Answer, code: &str) -> Value {
    let text = answer.text().replace(code, "CODE");
    let mut body: Value = serde_json::from_str(&text).unwrap_or_default();
    if let Some(fields) = body.as_object_mut() {
        fields.remove("request_id");
    }
    json!([answer.status, body, answer.header("etag")])
}

/// The codes of a list, by the field that names the measure.
fn measures(client: &Client, path: &str, field: &str) -> Vec<String> {
    let page = client.get(path).call().must_be(200).json();
    let mut found: Vec<String> =
        page["items"].as_array().unwrap().iter().map(|item| item[field].as_str().unwrap().to_owned()).collect();
    found.dedup();
    found
}
