//! The proofs before and after an erasure: the chain of seals, noted heads, sealed reports, and the names of the register.

use std::io::Cursor;

use performance_framework::audit::seals::chain::Head;
use performance_framework::audit::seals::export;
use serde_json::json;

use super::{caller, erased, number};
use crate::seals::{exported, findings, online};
use crate::support::App;
use crate::support::audit::all_sealed;

/// A framework with a measure and a plan that `Jo Quill` owns, and a figure that they handed in and the officer approved, in a report
/// that `Sam Pell` signed off; all sealed.
fn reported() -> App {
    let app = App::with_measure();
    app.editor().patch("measures/M-1").send(&json!({"owner": "Jo Quill"})).must_be(200);
    app.plan("P-1")
        .set("owner", "Jo Quill")
        .set("interventions", json!([{"title": "A rota", "owner": "Jo Quill"}]))
        .create();
    app.target("M-1", "2024-25", 55).create();
    let figure = "quarterly-submissions/M-1/2024-25-Q4";
    let (jo, _) = caller(&app, "Jo Quill", "submit");
    jo.put(figure).send(&json!({"data_period": "2024-25-Q4", "value": 60})).must_be(201);
    jo.post(&format!("{figure}/submit")).call().must_be(200);
    app.officer().post(&format!("{figure}/approve")).call().must_be(200);
    let (sam, _) = caller(&app, "Sam Pell", "admin");
    app.editor().put("quarterly-reports/F/2024-25-Q4").send(&json!({"overview": "An overview."})).must_be(201);
    for step in ["review", "sign-off", "publish"] {
        sam.post(&format!("quarterly-reports/F/2024-25-Q4/{step}")).call().must_be(200);
    }
    all_sealed(&app);
    app
}

fn noted(app: &App) -> Head {
    online(app, None).head
}

#[test]
fn every_proof_holds_after_an_erasure() {
    let app = reported();
    let head = noted(&app);
    let old_export = exported(&app);
    let content = app.reader().get("quarterly-reports/F/2024-25-Q4/content").call().must_be(200).body;
    erased(&app, "Jo Quill");
    erased(&app, "Sam Pell");
    all_sealed(&app);
    let verdict = online(&app, Some(head.clone()));
    assert_eq!(findings(&verdict), Vec::<String>::new());
    assert_eq!(verdict.changes, app.sql().count("changes"));
    let file = exported(&app);
    let text = String::from_utf8_lossy(&file);
    assert!(!text.contains("Quill") && !text.contains("Pell") && text.contains("officer"));
    assert_eq!(findings(&export::verify(Cursor::new(&file), Some(head.clone())).unwrap()), Vec::<String>::new());
    // An export that was made before shows that it was the same log.
    assert!(String::from_utf8_lossy(&old_export).contains("Quill"));
    assert_eq!(export::verify(Cursor::new(&old_export), Some(head)).unwrap().findings, []);
    let proof = app.reader().get("quarterly-reports/F/2024-25-Q4/verify").call().must_be(200).json();
    assert_eq!((&proof["hash_matches"], &proof["reproduced"]), (&json!(true), &json!(true)), "{proof}");
    assert_eq!(app.reader().get("quarterly-reports/F/2024-25-Q4/content").call().body, content);
}

#[test]
fn an_erasure_is_a_change_with_its_reason() {
    let app = reported();
    let account = number(&app, "Jo Quill");
    erased(&app, "Jo Quill");
    let row = app.sql().rows(&format!(
        "SELECT account_name(actor), action, after ->> 'erasure_reason', after ->> 'commitment' = before ->> 'commitment', \
         before ? 'name' OR after ? 'name' OR after ? 'salt' FROM changes WHERE resource = 'accounts' AND resource_key = '{account}' ORDER BY sequence DESC"
    ));
    assert_eq!(row[0], ["admin", "updated", "Left the council.", "t", "f"]);
    assert_eq!(row.len(), 2, "registered and erased");
}

#[test]
fn the_log_tells_names_and_what_stands_in_their_place() {
    let app = reported();
    let account = number(&app, "Jo Quill");
    let read = || app.reader().get("changes?resource_key=M-1/2024-25-Q4/1&limit=1000").call().must_be(200);
    let before = read();
    assert_eq!(before.json()["items"][1]["after"]["submitted_by"], "Jo Quill", "{before}");
    assert_eq!(before.json()["items"][2]["before"]["submitted_by"], "Jo Quill");
    erased(&app, "Jo Quill");
    let instead = json!(format!("erased person {account}"));
    let after = read().json();
    assert_eq!((&after["items"][0]["actor"], &after["items"][1]["after"]["submitted_by"]), (&instead, &instead));
    let by = app.reader().get(&format!("changes?actor=erased%20person%20{account}")).call().must_be(200).json();
    assert_eq!(by["items"].as_array().unwrap().len(), 2, "{by}");
    let of_register = app.reader().get("changes?resource=accounts").call().must_be(200).json();
    assert_eq!(of_register["items"], json!([]), "shown to whoever reads");
    assert!(
        !app.admin().get("changes?resource=accounts").call().must_be(200).json()["items"]
            .as_array()
            .unwrap()
            .is_empty()
    );
}

#[test]
fn a_number_that_gets_another_name_is_found() {
    let app = reported();
    let (jo, sam) = (number(&app, "Jo Quill"), number(&app, "Sam Pell"));
    let place = |account: i64| {
        app.sql().value(&format!(
            "SELECT 'seal ' || number || ', change ' || sequence FROM change_seals, changes WHERE sequence = ANY (sequences) \
             AND resource = 'accounts' AND resource_key = '{account}'"
        ))
    };
    // By somebody whom nothing stops, who makes name, salt and commitment fit each other.
    app.sql().run(&format!(
        "SET session_replication_role = replica; ALTER TABLE accounts DROP CONSTRAINT accounts_commitment_true; UPDATE accounts SET name = 'x' WHERE number = {sam}; UPDATE accounts SET \
         (name, commitment) = ('Sam Pell', sha256(salt || 'Sam Pell')) WHERE number = {jo}"
    ));
    let expected = [
        format!("{}: altered (`Sam Pell` is not the name that was registered as {jo})", place(jo)),
        format!("{}: altered (`x` is not the name that was registered as {sam})", place(sam)),
    ];
    assert_eq!(findings(&online(&app, None)), expected);
    assert_eq!(findings(&export::verify(Cursor::new(exported(&app)), None).unwrap()), expected, "offline");
    app.sql().run(&format!("DELETE FROM accounts WHERE number = {jo}"));
    let lost = format!("{}: missing (the name registered as {jo}, whose erasure stands in no change)", place(jo));
    assert!(findings(&online(&app, None)).contains(&lost));
}

#[test]
fn nothing_that_stays_lets_a_guess_of_the_name_be_tried() {
    let app = reported();
    let account = number(&app, "Jo Quill");
    erased(&app, "Jo Quill");
    let row = app
        .sql()
        .rows(&format!("SELECT name, salt, commitment = sha256('Jo Quill') FROM accounts WHERE number = {account}"));
    assert_eq!(row, [["null", "null", "f"]]);
    let marks = app.sql().value("SELECT string_agg(encode(field_marks, 'hex'), ' ') FROM change_seals");
    for guess in ["\"Jo Quill\"", "Jo Quill"] {
        let mark = app.sql().value(&format!("SELECT left(encode(sha256('{guess}'), 'hex'), 8)"));
        assert!(!marks.contains(&mark), "the mark of {guess}");
    }
}
