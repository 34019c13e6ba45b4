//! A report names nobody: an account may be erased, and what was sealed stays what it is, and can be made again.

use serde_json::{Value, json};

use crate::support::App;

const QUARTER: &str = "2024-25-Q4";

/// A sealed report on a measure whose owner, plan and issue are full of names.
fn sealed() -> App {
    let app = App::with_measure();
    app.editor().patch("measures/M-1").send(&json!({"owner": "Ada Adams", "provider": "Ada Adams"})).must_be(200);
    app.target("M-1", "2024-25", 55).create();
    app.approved("M-1", QUARTER, 60);
    let interventions = json!([{"title": "A rota", "owner": "Ada Adams"}]);
    app.plan("P-1").set("owner", "Ada Adams").set("interventions", interventions).create();
    app.officer().post("recovery-plans/P-1/agree").call().must_be(200);
    app.issue("I-1").create();
    app.editor().post("issues-of-concern/I-1/accept").call().must_be(200);
    app.sealed(QUARTER);
    app
}

fn read(app: &App, path: &str) -> Value {
    app.reader().get(&format!("quarterly-reports/F/{QUARTER}/{path}")).call().must_be(200).json()
}

/// Every text of a document.
fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(members) => members.values().for_each(|member| texts(member, found)),
        _ => {}
    }
}

#[test]
fn no_member_of_staff_is_named() {
    let app = sealed();
    let content = read(&app, "content");
    let measure = &content["outcomes"][0]["measures"][0];
    assert_eq!(measure["recovery_plan"]["plan"]["state"], "agreed", "{content}");
    assert_eq!(content["issues_of_concern"][0]["state"], "accepted", "{content}");
    let mut said = Vec::new();
    texts(&content, &mut said);
    let mut names = app.sql().column("SELECT name FROM api_keys");
    names.push("Ada Adams".to_owned());
    let named: Vec<&String> =
        said.iter().filter(|text| names.iter().any(|name| text.contains(name.as_str()))).collect();
    assert!(names.len() > 4 && named.is_empty(), "{named:?} in {content}");
}

#[test]
fn it_is_made_again_after_an_account_was_erased() {
    let app = sealed();
    // Whoever erases an account does so in what is kept now and in what was known before.
    app.sql().run(
        "SET session_replication_role = replica; DO $$ DECLARE place text; BEGIN FOREACH place IN ARRAY ARRAY['public', 'history'] LOOP \
         EXECUTE format('UPDATE %I.measures SET owner = NULL, provider = NULL', place); \
         EXECUTE format('UPDATE %I.recovery_plans SET owner = ''erased'', agreed_by = ''erased'' WHERE agreed_by IS NOT NULL', place); \
         EXECUTE format('UPDATE %I.recovery_plans SET owner = ''erased'', interventions = ''[{\"title\": \"A rota\"}]''', place); \
         EXECUTE format('UPDATE %I.issues_of_concern SET accepted_by = ''erased'' WHERE accepted_by IS NOT NULL', place); \
         EXECUTE format('UPDATE %I.quarterly_submissions SET submitted_by = ''erased'', approved_by = ''erased too''', place); \
         EXECUTE format('UPDATE %I.quarterly_reports SET signed_off_by = ''erased'' WHERE signed_off_by IS NOT NULL', place); \
         END LOOP; END $$; SET session_replication_role = DEFAULT",
    );
    let plan = app.reader().get("recovery-plans/P-1").call().must_be(200).json();
    assert_eq!((&plan["owner"], &plan["interventions"][0]["owner"]), (&json!("erased"), &Value::Null));
    let proof = read(&app, "verify");
    assert_eq!((&proof["hash_matches"], &proof["reproduced"]), (&json!(true), &json!(true)), "{proof}");
    assert_eq!(proof["differences"], json!([]));
}
