//! What a session of the service cannot do, whatever statement somebody smuggles into it.

use performance_framework::db::session;

use crate::support::App;
use crate::support::sql::Sql;

/// SQLSTATE of what a role may not do.
const NOT_ALLOWED: &str = "42501";

/// Statements against the proof: each is refused for want of the right, before any trigger is asked.
const ATTEMPTS: &[&str] = &[
    "UPDATE changes SET actor = 0",
    "DELETE FROM changes",
    "TRUNCATE changes",
    "INSERT INTO changes (transaction_number, actor, resource, resource_key, action, after) VALUES (1, 1, 'measures', 'M-1', 'created', '{}')",
    "UPDATE change_seals SET sealed_at = now()",
    "DELETE FROM change_seals",
    "TRUNCATE change_seals",
    "INSERT INTO change_seals SELECT * FROM change_seals",
    "DROP TABLE changes",
    "DROP TRIGGER changes_append_only ON changes",
    "ALTER TABLE changes DISABLE TRIGGER ALL",
    "ALTER TABLE measures DISABLE TRIGGER z_log_change",
    "CREATE TRIGGER z_other BEFORE INSERT ON changes FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "CREATE RULE quiet AS ON INSERT TO changes DO INSTEAD NOTHING",
    "SET session_replication_role = replica",
    "SELECT setval('changes_sequence_seq', 1)",
    "UPDATE change_clock SET ahead = 0",
    "DELETE FROM code_register",
    "INSERT INTO history.measures SELECT m.*, now() FROM measures m",
    "SELECT FROM history.measures",
    "UPDATE history.measures SET title = 'Another'",
    "UPDATE measure_versions SET title = 'Another'",
    "INSERT INTO target_versions SELECT * FROM target_versions",
    "UPDATE report_contents SET content = ''",
    "UPDATE accounts SET name = 'Another'",
    "DELETE FROM accounts",
    "SELECT account_number('Another')",
    "DELETE FROM api_keys",
    "UPDATE __diesel_schema_migrations SET version = ''",
    "CREATE TABLE mine ()",
    "CREATE SCHEMA mine",
    "CREATE FUNCTION known_at() RETURNS timestamptz LANGUAGE sql RETURN now()",
    "CREATE OR REPLACE FUNCTION log_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    "ALTER FUNCTION log_change() RESET ALL",
    "CREATE TEMP TABLE measures (code text); CREATE TRIGGER z_log_change AFTER INSERT ON pg_temp.measures FOR EACH ROW \
     EXECUTE FUNCTION log_change('code')",
    "CREATE ROLE other",
    "ALTER ROLE performance_framework_service SUPERUSER",
    "COPY changes TO PROGRAM 'cat'",
];

#[test]
fn the_service_can_neither_forge_nor_alter_what_is_proof() {
    let app = App::with_measure();
    let session = Sql::connect(&session::serving(&app.database_url()));
    let before = app.everything();
    for attempt in ATTEMPTS {
        match session.try_run(attempt) {
            Ok(()) => panic!("it may: {attempt}"),
            Err(refused) => assert_eq!(refused.code, NOT_ALLOWED, "{attempt}: {refused:?}"),
        }
    }
    assert_eq!(app.everything(), before);
}

#[test]
fn a_table_that_hides_the_log_gets_no_rows() {
    let app = App::with_framework();
    let session = Sql::connect(&session::serving(&app.database_url()));
    session.run(
        "CREATE TEMP TABLE changes (LIKE public.changes INCLUDING ALL); CREATE TEMP TABLE change_clock (ahead bigint)",
    );
    session.run("UPDATE frameworks SET title = 'Seen'");
    assert_eq!(session.count("pg_temp.changes"), 0);
    assert_eq!(app.sql().value("SELECT after ->> 'title' FROM changes ORDER BY sequence DESC LIMIT 1"), "Seen");
}

#[test]
fn sessions_have_their_role_and_their_limits_beside_options_of_the_url() {
    let app = App::start();
    let asked = "SELECT current_user, current_setting('statement_timeout'), current_setting('lock_timeout'), \
                 current_setting('idle_in_transaction_session_timeout'), current_setting('application_name')";
    let limits = ["performance_framework_service", "30s", "5s", "1min"];
    for (own, name) in [("", ""), ("options=-c%20application_name%3Dcouncil", "council")] {
        let url = app.database_url();
        let joint = if url.contains('?') { '&' } else { '?' };
        let session = Sql::connect(&session::serving(&format!("{url}{joint}{own}")));
        assert_eq!(session.rows(asked), [[&limits[..], &[name]].concat()]);
    }
    let migrating = Sql::connect(&app.database_url());
    assert_eq!(migrating.value("SELECT current_setting('statement_timeout')"), "0");
}
