//! Tables that somebody wrote past their triggers: each row is told that is not what its last change says.

use performance_framework::audit::seals::rows::{self, Compared};
use performance_framework::db::session;
use serde_json::json;

use crate::support::App;
use crate::support::sql::runtime;

/// A council that has done everything once that writes the log in a way of its own.
fn council() -> App {
    let app = App::with_measure();
    app.submission("M-1", "2024-25-Q1").set("value", 16.5).published();
    let narrative = json!({"challenges": "More children were seen."});
    app.submission("M-1", "2024-25-Q2").set("value", 17).set("narrative", narrative).submitted();
    app.submission("M-1", "2024-25-Q3").set("value", 18).put().must_be(201);
    app.provider().delete("quarterly-submissions/M-1/2024-25-Q3").call().must_be(204);
    let key = app.admin().post("keys").send(&json!({"name": "case-system", "scopes": ["read"]})).must_be(201).json();
    app.admin().post(&format!("keys/{}/rotate", key["details"]["id"].as_str().unwrap())).send(&json!({})).must_be(201);
    app
}

fn compared(app: &App) -> Compared {
    runtime().block_on(async {
        let connection = session::connect(&app.database_url()).await.unwrap();
        rows::compare(&connection).await.unwrap()
    })
}

fn told(app: &App) -> Vec<String> {
    let compared = compared(app);
    assert_eq!(compared.untold, 0);
    compared.differences.iter().map(ToString::to_string).collect()
}

#[test]
fn what_was_written_by_the_service_is_as_the_log_says() {
    let app = council();
    assert_eq!(told(&app), Vec::<String>::new());
    let logged = app.sql().rows("SELECT count(*) FROM logged_tables()");
    assert_eq!(compared(&app).tables.to_string(), logged[0][0]);
}

#[test]
fn a_row_altered_added_or_taken_past_the_triggers_is_told() {
    let app = council();
    for (tampering, expected) in [
        (
            "UPDATE quarterly_submissions SET value = 99 WHERE quarter = '2024-25-Q1'",
            "table quarterly_submissions, row M-1/2024-25-Q1/1: altered (value)",
        ),
        (
            "UPDATE quarterly_submissions SET value = 16.50 WHERE quarter = '2024-25-Q1'",
            "table quarterly_submissions, row M-1/2024-25-Q1/1: altered (value)",
        ),
        (
            "UPDATE disclosures SET value = 3, policy = 'none' WHERE quarter = '2024-25-Q1'",
            "table disclosures, row M-1/2024-25-Q1/1: altered (policy, value)",
        ),
        (
            "DELETE FROM quarterly_submissions WHERE quarter = '2024-25-Q2'",
            "table quarterly_submissions, row M-1/2024-25-Q2/1: missing",
        ),
        (
            "INSERT INTO disclosures (measure, quarter, revision, policy, value, reasons) VALUES ('M-1', '2024-25-Q2', 1, 'none', 17, '[]')",
            "table disclosures, row M-1/2024-25-Q2/1: inserted",
        ),
        ("UPDATE measure_versions SET polarity = 'low'", "table measure_versions, row M-1/1: altered (polarity)"),
    ] {
        app.sql().run("CREATE TABLE kept AS TABLE quarterly_submissions; CREATE TABLE kept_shown AS TABLE disclosures; CREATE TABLE kept_versions AS TABLE measure_versions");
        app.sql().run(&format!("SET session_replication_role = replica; {tampering}"));
        assert_eq!(told(&app), [expected], "after {tampering}");
        app.sql().run(
            "SET session_replication_role = replica; DELETE FROM disclosures; DELETE FROM measure_versions; DELETE FROM quarterly_submissions; \
             INSERT INTO quarterly_submissions TABLE kept; INSERT INTO disclosures TABLE kept_shown; INSERT INTO measure_versions TABLE kept_versions; \
             DROP TABLE kept, kept_shown, kept_versions",
        );
        assert_eq!(told(&app), Vec::<String>::new());
    }
}

#[test]
fn a_table_whose_writes_are_not_logged_any_more_is_told() {
    let app = council();
    app.sql().run("DROP TRIGGER z_log_change ON disclosures; ALTER TABLE targets DISABLE TRIGGER z_log_change");
    app.sql().run("ALTER TABLE measures DISABLE TRIGGER USER");
    let expected = ["disclosures", "measures", "targets"]
        .map(|table| format!("table {table}: altered (its writes are no longer logged)"));
    assert_eq!(told(&app), expected);
}

#[test]
fn nor_is_it_forgotten_when_the_row_is_written_again() {
    let app = council();
    app.sql().run("SET session_replication_role = replica; UPDATE quarterly_submissions SET value = 99 WHERE quarter = '2024-25-Q2'");
    app.officer()
        .post("quarterly-submissions/M-1/2024-25-Q2/return")
        .send(&json!({"reason": "Count again."}))
        .must_be(200);
    let told = told(&app);
    assert_eq!(told.len(), 1, "{told:?}");
    let begins = "table quarterly_submissions, row M-1/2024-25-Q2/1: altered (value, between changes ";
    assert!(told[0].starts_with(begins), "{told:?}");
}

#[test]
fn what_is_shown_cannot_be_decided_by_the_service_without_a_change_in_the_log() {
    let app = council();
    let log = "changes WHERE resource = 'disclosures'";
    let before = app.sql().count(log);
    app.sql().run(
        "SET ROLE performance_framework_service; INSERT INTO disclosures (measure, quarter, revision, policy, value, reasons) \
         VALUES ('M-1', '2024-25-Q2', 1, 'none', 17, '[]')",
    );
    assert_eq!(app.sql().count(log), before + 1);
    assert_eq!(told(&app), Vec::<String>::new());
}
