//! `POST /api/v1/accounts/{account}/erase`: what is refused, what stays, and that nothing brings a name back.

use serde_json::json;

use super::{caller, erase, erased, number};
use crate::observations::settle;
use crate::support::App;

const FIGURE: &str = "quarterly-submissions/M-1/2024-25-Q1";

/// `M-1` with a figure that `Jo Quill` handed in; answers the service and the id of the key.
fn handed_in() -> (App, String) {
    let app = App::with_measure();
    let (jo, key) = caller(&app, "Jo Quill", "submit");
    jo.put(FIGURE).send(&json!({"data_period": "2024-25-Q1", "value": 50})).must_be(201);
    jo.post(&format!("{FIGURE}/submit")).call().must_be(200);
    (app, key)
}

/// The same, approved by the officer.
fn approved() -> App {
    let (app, _) = handed_in();
    app.officer().post(&format!("{FIGURE}/approve")).call().must_be(200);
    app
}

#[test]
fn is_refused_while_the_account_is_in_use() {
    let (app, key) = handed_in();
    let account = number(&app, "Jo Quill");
    let refused = app.storing_nothing(|| erase(&app, account));
    refused.problem(409, "account_in_use").says(&key);
    app.admin().post(&format!("keys/{key}/revoke")).call().must_be(200);
    // Another instance may believe the key for a second yet.
    app.storing_nothing(|| erase(&app, account)).problem(409, "account_in_use").says("a moment ago");
    app.sql().run(&format!(
        "SET session_replication_role = replica; UPDATE api_keys SET revoked_at = now() - interval '1 hour' WHERE id = '{key}'; \
         SET session_replication_role = origin"
    ));
    app.storing_nothing(|| erase(&app, account)).problem(409, "account_in_use").says("M-1/2024-25-Q1");
    app.officer().post(&format!("{FIGURE}/return")).send(&json!({"reason": "See the note."})).must_be(200);
    erase(&app, account).must_be(200);
    let own = number(&app, "admin");
    app.storing_nothing(|| erase(&app, own)).problem(409, "account_in_use").says("your own account");
    app.storing_nothing(|| erase(&app, 99_999)).problem(404, "not_found");
}

#[test]
fn waits_for_nobody_who_is_writing() {
    let app = App::with_measure();
    app.editor().patch("measures/M-1").send(&json!({"owner": "Jo Quill"})).must_be(200);
    let account = number(&app, "Jo Quill");
    let writer = app.another_sql();
    writer.run("BEGIN; UPDATE measures SET title = 'A title that is not there yet' WHERE code = 'M-1'");
    let refused = app.storing_nothing(|| erase(&app, account));
    refused.problem(503, "record_held").says("Another write holds");
    assert_eq!(refused.header("retry-after"), "2");
    writer.run("COMMIT");
    erase(&app, account).must_be(200);
    let measure = app.reader().get("measures/M-1").call().must_be(200).json();
    assert_eq!(measure["owner"], json!(format!("erased person {account}")));
    assert_eq!(measure["title"], json!("A title that is not there yet"));
}

#[test]
fn a_key_that_expired_must_be_revoked_too() {
    let app = App::start();
    let body = json!({"name": "Jo Quill", "scopes": ["read"], "expires_at": "2020-01-01T00:00:00Z"});
    let made = app.admin().post("keys").send(&body).must_be(201).json();
    let id = made["details"]["id"].as_str().unwrap();
    app.storing_nothing(|| erase(&app, number(&app, "Jo Quill"))).problem(409, "account_in_use").says(id);
}

#[test]
fn is_an_administrators_and_says_why() {
    let app = approved();
    let path = format!("accounts/{}/erase", number(&app, "Jo Quill"));
    let body = json!({"reason": "Left the council."});
    for client in [app.editor(), app.officer(), app.by(crate::support::Role::Auditor)] {
        app.storing_nothing(|| client.post(&path).send(&body)).problem(403, "forbidden");
    }
    app.storing_nothing(|| app.admin().post(&path).send(&json!({}))).problem(400, "invalid_body");
    app.storing_nothing(|| app.admin().post(&path).send(&json!({"reason": ""}))).problem(400, "invalid_body");
    app.storing_nothing(|| app.admin().post(&path).if_match("\"0\"").send(&body)).problem(412, "precondition_failed");
}

#[test]
fn figures_and_four_eyes_stay_and_the_name_goes_from_the_past() {
    let app = approved();
    let account = number(&app, "Jo Quill");
    let instead = format!("erased person {account}");
    let before = app.reader().get(FIGURE).call().must_be(200).json();
    let instant =
        app.sql().value("SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')");
    app.officer().post(&format!("{FIGURE}/publish")).call().must_be(200);
    let done = erased(&app, "Jo Quill");
    assert_eq!(
        (&done["account"], &done["names"], &done["erasure_reason"]),
        (&json!(account), &json!([]), &json!("Left the council."))
    );
    assert!(done["erased_at"].is_string());
    let after = app.reader().get(FIGURE).call().must_be(200).json();
    assert_eq!((&after["value"], &after["state"]), (&before["value"], &json!("published")));
    assert_eq!((&after["submitted_by"], &after["approved_by"]), (&json!(instead), &json!("officer")));
    let then = app.reader().get(&format!("{FIGURE}?as_of={instant}")).call().must_be(200).json();
    assert_eq!((&then["submitted_by"], &then["state"]), (&json!(instead), &json!("approved")));
    let key = app.admin().get("keys").call().must_be(200).text();
    assert!(key.contains(&instead) && !key.contains("Quill"), "{key}");
    // What stands in place of a name can be written back with the rest of a row, and means the same account.
    app.editor().patch("measures/M-1").send(&json!({"owner": instead})).must_be(200);
    assert_eq!(
        app.sql()
            .value("SELECT after -> 'owner' FROM changes WHERE resource = 'measures' ORDER BY sequence DESC LIMIT 1"),
        format!("{{\"name_of_account\": {account}}}")
    );
    let again = erase(&app, account).must_be(200);
    assert_eq!(again.json(), done, "erased again");
}

#[test]
fn whoever_comes_back_begins_a_new_account() {
    let app = approved();
    let account = number(&app, "Jo Quill");
    erased(&app, "Jo Quill");
    let (jo, _) = caller(&app, "Jo Quill", "submit");
    jo.post(&format!("{FIGURE}/revise")).send(&json!({"reason": "Counted again."})).must_be(201);
    let new = number(&app, "Jo Quill");
    assert!(new > account, "{new}");
    let old = app.admin().get(&format!("accounts/{account}")).call().must_be(200).json();
    assert_eq!(old["names"], json!([]));
    assert_eq!(app.admin().get(&format!("accounts/{new}")).call().must_be(200).json()["names"], json!(["Jo Quill"]));
}

#[test]
fn no_key_can_have_the_name_of_an_erased_account() {
    let app = App::start();
    let body = json!({"name": "erased person 1", "scopes": ["read"]});
    app.storing_nothing(|| app.admin().post("keys").send(&body)).problem(422, "validation_failed").says("erased");
    let forged = app.sql().try_run("UPDATE api_keys SET name = 'erased person 1' WHERE name = 'reader'").unwrap_err();
    assert_eq!(forged.constraint, "api_keys_name_not_erased");
}

#[test]
fn a_stored_answer_does_not_bring_a_name_back() {
    let (app, _) = handed_in();
    let approve = || app.officer().post(&format!("{FIGURE}/approve")).header("Idempotency-Key", "approve-1").call();
    assert!(approve().must_be(200).text().contains("Jo Quill"));
    assert_eq!(approve().must_be(200).header("idempotent-replayed"), "true");
    app.admin()
        .post("meetings")
        .header("Idempotency-Key", "other-1")
        .send(&json!({"code": "MT-1", "committee": "C", "held_on": "2025-01-01", "kind": "ordinary"}))
        .must_be(201);
    erased(&app, "Jo Quill");
    approve().problem(409, "transition_not_allowed");
    assert_eq!(app.sql().column("SELECT idempotency_key FROM idempotent_answers"), ["other-1"]);
}

#[test]
fn a_person_of_several_names_is_one_account() {
    let app = App::with_framework();
    let person = |called: &str, mark: char| format!("{called} (oidc:{})", mark.to_string().repeat(32));
    for (step, name) in
        [person("a.jones@council.example", 'a'), person("A. Smith", 'a'), person("a.jones@council.example", 'b')]
            .iter()
            .enumerate()
    {
        app.sql()
            .run(&format!("SELECT set_config('app.actor', '{name}', false); UPDATE frameworks SET title = 'T {step}'"));
    }
    app.sql().run("SELECT set_config('app.actor', '', false)");
    let account = number(&app, &person("A. Smith", 'a'));
    let told = app.admin().get(&format!("accounts/{account}")).call().must_be(200);
    assert_eq!(told.json()["names"], json!([person("A. Smith", 'a'), person("a.jones@council.example", 'a')]));
    erase(&app, account).must_be(200);
    let left = app.sql().column("SELECT name FROM accounts WHERE name LIKE '%oidc%'");
    assert_eq!(left, [person("a.jones@council.example", 'b')]);
    let actors = app
        .sql()
        .column("SELECT DISTINCT account_name(actor) FROM changes WHERE after ->> 'title' LIKE 'T %' ORDER BY 1");
    assert_eq!(actors, [person("a.jones@council.example", 'b'), format!("erased person {account}")]);
}

/// What was known in the past loses the name too: neither a tag nor a page that is kept brings it back.
#[test]
fn shows_in_the_feed_and_in_its_past() {
    let app = approved();
    app.editor().patch("measures/M-1").send(&json!({"owner": "Jo Quill"})).must_be(200);
    settle(&app);
    let then = app.sql().value("SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')");
    let paths = ["observations".to_owned(), format!("observations?as_of={then}")];
    let read = |path: &String| app.reader().get(path).call().must_be(200);
    let before: Vec<_> = paths.iter().map(read).collect();
    before.iter().for_each(|answer| assert!(answer.text().contains("Jo Quill"), "{answer}"));
    let since = before[0].json()["changed_since"].as_str().unwrap().to_owned();
    erased(&app, "Jo Quill");
    for (path, before) in paths.iter().zip(&before) {
        let after = app.reader().get(path).header("If-None-Match", before.header("etag")).call().must_be(200);
        assert!(!after.text().contains("Jo Quill") && after.text().contains("erased person"), "{path}: {after}");
    }
    let changed = app.reader().get(&format!("observations?changed_since={since}")).call().must_be(200).json();
    assert_eq!(changed["items"][0]["measure"], "M-1", "{changed}");
}
