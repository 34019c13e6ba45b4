//! Migrations go up, down and up again to the same schema; and the schema keeps the rules of the house: named
//! constraints that have words, indexed foreign keys, a comment on everything.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use performance_framework::db::migrate;
use performance_framework::resources;

use crate::support::App;
use crate::support::db::Database;
use crate::support::sql::{Sql, runtime};

/// Constraints without words: of tables that no caller writes directly, or whose rules a caller's body cannot break
/// (the schema of keys states them all). This list may only shrink.
const WITHOUT_WORDS: &[&str] = &[
    "accounts_account_fkey",
    "accounts_commitment_true",
    "accounts_commitment_whole",
    "accounts_erased_whole",
    "accounts_name_once",
    "accounts_pkey",
    "accounts_salt_whole",
    "api_keys_grants_list",
    "api_keys_name_given",
    "api_keys_name_no_person",
    "api_keys_name_not_erased",
    "api_keys_networks_form",
    "api_keys_pkey",
    "api_keys_replaced_once",
    "api_keys_replaces_fkey",
    "api_keys_scopes_known",
    "api_keys_scopes_or_grants",
    "api_keys_secret_once",
    "change_clock_one_row",
    "change_clock_pkey",
    "change_seals_hash_true",
    "change_seals_not_empty",
    "change_seals_number_positive",
    "change_seals_pkey",
    "change_seals_previous_whole",
    "change_seals_whole",
    "changes_action_known",
    "changes_before_and_after",
    "changes_pkey",
    "code_register_code_form",
    "disclosures_breakdowns_list",
    "disclosures_denominator_or_symbol",
    "disclosures_numerator_or_symbol",
    "disclosures_pkey",
    "disclosures_policy_known",
    "disclosures_reasons_list",
    "disclosures_submission_fkey",
    "disclosures_value_or_symbol",
    "idempotent_answers_pkey",
    "import_contents_import_fkey",
    "import_contents_pkey",
    "import_rows_import_fkey",
    "import_rows_outcome_known",
    "import_rows_pkey",
    "import_rows_said_length",
    "imports_approved_known",
    "imports_charset_known",
    "imports_counts_object",
    "imports_end_told",
    "imports_form_known",
    "imports_mode_known",
    "imports_notes_list",
    "imports_pkey",
    "imports_resumed_object",
    "imports_state_known",
    "imports_strategy_known",
    "key_uses_key_fkey",
    "key_uses_pkey",
    "measure_reads_in_order",
    "measure_reads_key_fkey",
    "measure_reads_measure_fkey",
    "measure_reads_pkey",
    "measure_versions_measure_fkey",
    "measure_versions_pkey",
    "quarterly_reports_content_hash_fkey",
    "quarterly_reports_members_hash_fkey",
    "quarterly_reports_public_hash_fkey",
    "report_contents_hash_true",
    "report_contents_pkey",
    "target_versions_pkey",
    "target_versions_target_fkey",
    "webhook_deliveries_attempts_list",
    "webhook_deliveries_endpoint_fkey",
    "webhook_deliveries_once",
    "webhook_deliveries_pending_has_a_next",
    "webhook_deliveries_pkey",
    "webhook_deliveries_state_known",
    "webhook_secrets_endpoint_fkey",
    "webhook_secrets_long_enough",
    "webhook_secrets_pkey",
    "webhook_standings_endpoint_fkey",
    "webhook_standings_pkey",
];

/// Resources that are computed, each with the table of what callers may write of it.
const COMPUTED: &[(&str, &str)] = &[("data-requests", "data_request_waivers")];

/// Not ours: the table in which diesel keeps which migrations have run.
const NOT_OURS: &str = "__diesel_schema_migrations";

/// Every part of the schema, each as one line of text.
fn schema(sql: &Sql) -> Vec<String> {
    let parts = [
        "SELECT format('column %s.%s %s %s null=%s default=%s', table_name, ordinal_position, column_name, udt_name, is_nullable, \
         coalesce(column_default, identity_generation)) FROM information_schema.columns WHERE table_schema = 'public'",
        "SELECT format('constraint %s.%s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint \
         WHERE connamespace = 'public'::regnamespace",
        "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid WHERE NOT tgisinternal \
         AND relnamespace = 'public'::regnamespace",
        "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
        "SELECT format('sequence %s %s %s', sequencename, data_type, increment_by) FROM pg_sequences WHERE schemaname = 'public'",
        "SELECT format('comment on %s: %s', pg_describe_object(classoid, objoid, objsubid), description) FROM pg_description d \
         WHERE (pg_identify_object(classoid, objoid, objsubid)).schema = 'public'",
        "SELECT format('row of change_clock: %s', ahead) FROM change_clock",
    ];
    let there = sql.value("SELECT to_regclass('change_clock') IS NOT NULL") == "t";
    let parts = parts.iter().filter(|part| there || !part.contains("FROM change_clock"));
    let mut lines: Vec<String> =
        parts.flat_map(|part| sql.column(part)).filter(|line| !line.contains(NOT_OURS)).collect();
    lines.sort();
    lines
}

/// Names of constraints and of unique indexes that stand for one, with their tables.
fn constraints(sql: &Sql) -> BTreeSet<String> {
    let query = format!(
        "SELECT conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype IN ('c', 'u', 'f', 'p', 'x') \
         AND conrelid::regclass::text <> '{NOT_OURS}' UNION SELECT indexrelid::regclass::text FROM pg_index JOIN pg_class ON \
         pg_class.oid = indrelid WHERE indisunique AND relnamespace = 'public'::regnamespace AND relname <> '{NOT_OURS}'"
    );
    sql.column(&query).into_iter().collect()
}

/// The text of every migration that goes up.
fn migrations() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path().join("up.sql"));
    entries.filter(|path| path.exists()).map(|path| fs::read_to_string(path).unwrap()).collect()
}

#[test]
fn up_down_and_up_again_make_the_same_schema() {
    let database = Database::bare();
    let sql = Sql::connect(&database.url());
    let many = migrate::run(&database.url()).unwrap();
    let first = schema(&sql);
    assert!(many > 5 && first.len() > 200, "{many} migrations make {} parts", first.len());
    let pending = || runtime().block_on(migrate::pending(&database.url())).unwrap();
    assert_eq!((migrate::run(&database.url()).unwrap(), pending()), (0, 0));
    assert_eq!(migrate::revert_all(&database.url()).unwrap(), many);
    assert_eq!(schema(&sql), Vec::<String>::new(), "left behind");
    assert_eq!(pending(), many);
    assert_eq!(migrate::run(&database.url()).unwrap(), many);
    assert_eq!(schema(&sql), first);
}

#[test]
fn instances_that_start_together_take_turns() {
    let database = Database::bare();
    let run = || migrate::run(&database.url()).unwrap();
    let runs: Vec<usize> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..3).map(|_| scope.spawn(run)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(runs.iter().filter(|run| **run > 0).count(), 1, "{runs:?}");
}

#[test]
fn every_foreign_key_has_an_index_that_begins_with_it() {
    let app = App::start();
    let uncovered = app.sql().column(
        "SELECT conname FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND NOT EXISTS (\
         SELECT FROM pg_index WHERE indrelid = conrelid AND indpred IS NULL AND \
         (string_to_array(indkey::text, ' ')::smallint[])[1:cardinality(conkey)] @> conkey)",
    );
    assert_eq!(uncovered, Vec::<String>::new(), "foreign keys without an index");
    let all = app.sql().count("pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace");
    assert!(all >= 5, "only {all} foreign keys are looked at");
}

#[test]
fn every_constraint_has_a_name_that_we_gave_it() {
    let app = App::start();
    let text = migrations();
    for name in constraints(app.sql()) {
        let given = [format!("CONSTRAINT {name} "), format!("CREATE UNIQUE INDEX {name} ")];
        assert!(given.iter().any(|words| text.contains(words)), "PostgreSQL made up the name `{name}`");
    }
}

#[test]
fn every_constraint_has_words() {
    let app = App::start();
    let all = constraints(app.sql());
    let words: BTreeSet<&str> = resources::refusals().map(|refusal| refusal.constraint).collect();
    let links: BTreeSet<&str> = resources::links().map(|link| link.constraint).collect();
    for name in &all {
        let told = words.contains(name.as_str()) || links.contains(name.as_str());
        let reviewed = WITHOUT_WORDS.contains(&name.as_str());
        assert!(told || reviewed, "the constraint `{name}` has no words: add them to its resource's mod.rs");
        assert!(!(told && reviewed), "the constraint `{name}` has words now: take it off the list in this file");
    }
    for name in WITHOUT_WORDS {
        assert!(all.contains(*name), "there is no constraint `{name}`: take it off the list in this file");
    }
    let text = migrations();
    for name in words.union(&links) {
        // Raised by a trigger, there and then or after it has chosen which.
        let raised = [format!("CONSTRAINT = '{name}'"), format!("THEN '{name}'")];
        assert!(
            all.contains(*name) || raised.iter().any(|words| text.contains(words)),
            "there are words for `{name}`, which is no constraint"
        );
    }
}

#[test]
fn every_table_column_and_function_has_a_comment() {
    let app = App::start();
    let silent = app.sql().column(&format!(
        "SELECT c.relname || coalesce('.' || attname, '') FROM pg_class c LEFT JOIN LATERAL (SELECT attname, attnum FROM pg_attribute \
         WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped UNION ALL SELECT NULL, 0) a ON true \
         WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> '{NOT_OURS}' \
         AND col_description(c.oid, attnum) IS NULL AND (attnum > 0 OR obj_description(c.oid, 'pg_class') IS NULL) \
         UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND obj_description(oid, 'pg_proc') IS NULL"
    ));
    assert_eq!(silent, Vec::<String>::new(), "without a comment");
}

#[test]
fn every_table_that_callers_write_is_under_versions_and_the_log() {
    let app = App::start();
    for resource in resources::ALL {
        let computed = COMPUTED.iter().find(|(name, _)| *name == resource.name);
        let table = computed.map_or_else(|| resource.name.replace('-', "_"), |(_, table)| (*table).to_owned());
        let triggers = app
            .sql()
            .column(&format!("SELECT tgname FROM pg_trigger WHERE tgrelid = '{table}'::regclass AND NOT tgisinternal"));
        for trigger in ["a_row_version", "z_log_change"] {
            assert!(triggers.iter().any(|name| name == trigger), "{table} is not governed: no {trigger}");
        }
    }
}
