//! `/api/v1/changes`: who did what, when, before and after; append-only, and never skipping a late commit.

use std::thread;
use std::time::{Duration, Instant};

use performance_framework::server;
use serde_json::{Value, json};

use crate::support::sql::runtime;
use crate::support::{App, Client};

/// The items of the log, once it shows as many as wanted: other tests on the same server may hold it back for a while.
fn log(client: &Client, query: &str, wanted: usize) -> Vec<Value> {
    let began = Instant::now();
    loop {
        let page = client.get(&format!("changes?{query}")).call().must_be(200).json();
        let items = page["items"].as_array().unwrap().clone();
        if items.len() >= wanted {
            assert_eq!(items.len(), wanted, "{page}");
            return items;
        }
        assert!(began.elapsed() < Duration::from_secs(60), "{wanted} changes do not come: {page}");
        thread::sleep(Duration::from_millis(20));
    }
}

/// The last cursor of the log, once it shows as many items as wanted.
fn cursor_after(client: &Client, wanted: usize) -> String {
    log(client, "", wanted);
    client.get("changes").call().json()["cursor"].as_str().unwrap().to_owned()
}

fn keys(items: &[Value]) -> Vec<&str> {
    items.iter().map(|item| item["resource_key"].as_str().unwrap()).collect()
}

#[test]
fn tells_who_did_what_before_and_after() {
    let app = App::start();
    let body = json!({"title": "One", "committee": "C", "first_year": "2024-25", "last_year": "2024-25"});
    app.editor().put("frameworks/F").header("X-Request-Id", "first").send(&body).must_be(201);
    app.admin().patch("frameworks/F").header("X-Request-Id", "second").send(&json!({"title": "Two"})).must_be(200);
    app.editor().delete("frameworks/F").header("X-Request-Id", "third").call().must_be(204);
    let items = log(&app.reader(), "resource=frameworks", 3);
    let told = |item: &Value| {
        ["action", "actor", "request_id", "resource_key"].map(|name| item[name].as_str().unwrap().to_owned())
    };
    let expected =
        [["created", "editor", "first", "F"], ["updated", "admin", "second", "F"], ["deleted", "editor", "third", "F"]];
    assert_eq!(items.iter().map(told).collect::<Vec<_>>(), expected);
    let titles = |side: &str| items.iter().map(|item| item[side]["title"].clone()).collect::<Vec<_>>();
    assert_eq!(titles("before"), [json!(null), json!("One"), json!("Two")]);
    assert_eq!(titles("after"), [json!("One"), json!("Two"), json!(null)]);
    assert!(items.iter().all(|item| item["changed_at"].is_string()));
}

#[test]
fn tells_each_step_of_a_figure() {
    let app = App::with_measure();
    app.submission("M-1", "2024-25-Q1").set("value", 16.5).published();
    let items = log(&app.reader(), "resource=quarterly_submissions&resource_key=M-1/2024-25-Q1/1", 4);
    let states: Vec<_> = items.iter().map(|item| item["after"]["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["draft", "submitted", "approved", "published"]);
    // Approved, published, and what is shown of it.
    let by_officer = log(&app.reader(), "actor=officer", 3);
    let whole = |item: &&Value| item["resource"] == "disclosures" && item["after"]["value"] == 16.5;
    assert_eq!(by_officer.iter().filter(whole).count(), 1);
    assert_eq!(items[0]["after"]["value"], 16.5);
}

#[test]
fn a_write_past_the_service_is_logged_as_such() {
    let app = App::with_framework();
    app.sql().run("UPDATE frameworks SET title = 'By hand'");
    let items = log(&app.reader(), "resource=frameworks", 2);
    assert!(items[1]["actor"].as_str().unwrap().starts_with("database:"), "{}", items[1]);
    assert_eq!(items[1]["request_id"], json!(null));
}

#[test]
fn changes_of_keys_are_for_administrators_and_show_no_hash() {
    let app = App::start();
    let key = app.key_of("case-system", &["read"]);
    app.framework("F").create();
    // Of eight keys each has a name of its own, and the login that made the first seven has one.
    let all = log(&app.admin(), "", 18);
    let of = |resource: &str| all.iter().filter(|item| item["resource"] == resource).count();
    assert_eq!((of("api_keys"), of("accounts"), of("frameworks")), (8, 9, 1));
    assert_eq!(log(&app.reader(), "", 1)[0]["resource"], "frameworks");
    let endpoint = json!({"code": "W-1", "url": "https://hooks.example.org/?sig=secret"});
    app.admin().post("webhook-endpoints").send(&endpoint).must_be(201);
    assert_eq!(log(&app.admin(), "resource=webhook_endpoints", 1)[0]["after"]["url"], endpoint["url"]);
    for resource in ["api_keys", "accounts", "webhook_endpoints"] {
        let shown = app.reader().get(&format!("changes?resource={resource}")).call().must_be(200).json();
        assert_eq!(shown["items"], json!([]), "{resource}");
    }
    assert_eq!(app.sql().count("changes WHERE changes::text LIKE '%secret_hash%'"), 0);
    assert_eq!(app.sql().count(&format!("changes WHERE changes::text LIKE '%{key}%'")), 0);
}

#[test]
fn nobody_edits_the_log() {
    let app = App::with_framework();
    let before = app.everything();
    for statement in [
        "UPDATE changes SET actor = 0",
        "DELETE FROM changes",
        "TRUNCATE changes",
        "UPDATE change_seals SET sealed_at = now()",
        "DELETE FROM change_seals",
        "TRUNCATE change_seals",
    ] {
        let refused = app.sql().try_run(statement).unwrap_err();
        assert_eq!(
            (refused.code.as_str(), refused.constraint.as_str()),
            ("23001", "changes_append_only"),
            "{statement}"
        );
        assert_eq!(refused.message, "the change log is append-only");
    }
    assert_eq!(app.everything(), before);
}

#[test]
fn pages_follow_each_other_without_gap_or_overlap() {
    let app = App::start();
    for number in 1..=5 {
        app.framework(&format!("F-{number}")).create();
    }
    let all = log(&app.reader(), "", 5);
    let mut page = app.reader().get("changes?limit=2").call().must_be(200).json();
    let mut found: Vec<Value> = page["items"].as_array().unwrap().clone();
    while let Some(next) = page["next"].as_str() {
        page = app.reader().follow(next).call().must_be(200).json();
        found.extend(page["items"].as_array().unwrap().clone());
    }
    assert_eq!(found, all);
    let end = page["cursor"].as_str().unwrap();
    let after = app.reader().get(&format!("changes?cursor={end}")).call().must_be(200).json();
    assert_eq!((&after["items"], &after["cursor"]), (&json!([]), &json!(end)));
    app.framework("F-6").create();
    assert_eq!(keys(&log(&app.reader(), &format!("cursor={end}"), 1)), ["F-6"]);
}

#[test]
fn a_cursor_never_skips_what_is_committed_late() {
    let app = App::with_framework();
    let cursor = cursor_after(&app.reader(), 1);
    let query = format!("cursor={cursor}");
    let late = app.another_sql();
    late.run(
        "BEGIN; INSERT INTO outcomes (code, framework, title, position, status) VALUES ('LATE', 'F', 'T', 0, 'active')",
    );
    app.outcome("EARLY").create();
    let meanwhile = app.reader().get(&format!("changes?{query}")).call().must_be(200).json();
    assert_eq!(meanwhile["items"], json!([]), "shown while an older transaction is open");
    assert_eq!(meanwhile["cursor"], json!(cursor));
    late.run("COMMIT");
    assert_eq!(keys(&log(&app.reader(), &query, 2)), ["LATE", "EARLY"]);
    let late = app.another_sql();
    late.run("BEGIN; UPDATE outcomes SET title = 'Never' WHERE code = 'LATE'");
    app.outcome("SECOND").create();
    late.run("ROLLBACK");
    let items = log(&app.reader(), &query, 3);
    assert_eq!(keys(&items), ["LATE", "EARLY", "SECOND"]);
}

#[test]
fn after_a_restore_into_a_younger_server_nothing_disappears() {
    let app = App::with_framework();
    log(&app.reader(), "", 1);
    // As a dump from an old server would leave it: numbers that this server has not reached.
    app.sql().run(
        "ALTER TABLE changes DISABLE TRIGGER changes_append_only; UPDATE changes SET transaction_number = transaction_number + 10000000; \
         ALTER TABLE changes ENABLE TRIGGER changes_append_only",
    );
    assert_eq!(
        app.reader().get("changes").call().json()["items"],
        json!([]),
        "the restored rows are ahead of the clock"
    );
    runtime().block_on(server::settle(&app.database_url())).unwrap();
    let cursor = cursor_after(&app.reader(), 1);
    app.outcome("O-1").create();
    assert_eq!(keys(&log(&app.reader(), &format!("cursor={cursor}"), 1)), ["O-1"]);
    assert_eq!(keys(&log(&app.reader(), "", 2)), ["F", "O-1"]);
    let ahead = app.sql().value("SELECT ahead FROM change_clock");
    runtime().block_on(server::settle(&app.database_url())).unwrap();
    assert_eq!(app.sql().value("SELECT ahead FROM change_clock"), ahead, "settled twice");
}

#[test]
fn refuses_wrong_queries() {
    let app = App::start();
    for cursor in ["x", "AAAA", "MQ", "MS4", "YS5i", "MTIuMzQuNTY"] {
        app.reader().get(&format!("changes?cursor={cursor}")).call().problem(400, "invalid_cursor");
    }
    app.reader().get("changes?limit=1001").call().problem(400, "invalid_parameter").says("from 1 to 1000");
    app.reader().get("changes?who=me").call().problem(400, "unknown_parameter").says("`actor`");
}

#[test]
fn a_name_is_text_and_nothing_else() {
    let app = App::start();
    let name = "O'Brien\\'; DROP TABLE changes; --";
    let client = Client::new(app.base(), Some(&app.key_of(name, &["configure"])));
    let body = json!({"title": "It's", "committee": "C", "first_year": "2024-25", "last_year": "2024-25"});
    client.put("frameworks/F").send(&body).must_be(201);
    assert_eq!(log(&app.reader(), "", 1)[0]["actor"], name);
}
