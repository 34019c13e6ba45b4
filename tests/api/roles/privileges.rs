//! Every table, view, sequence and function of the database, and what the service's role may do with it.

use std::collections::BTreeMap;

use performance_framework::db::session::{AUDIENCE_ROLE, LIMITED_ROLE, ROLE};

use crate::support::App;

/// What a governed table allows.
const GOVERNED: &str = "SELECT INSERT UPDATE DELETE";

/// Tables that are not governed, or allow less, with what the service needs of them.
const OTHERWISE: &[(&str, &str)] = &[
    ("public.__diesel_schema_migrations", "SELECT"),
    ("public.accounts", "SELECT"),
    ("public.api_keys", "SELECT INSERT UPDATE"),
    ("public.change_clock", "SELECT"),
    ("public.change_seals", "SELECT"),
    ("public.changes", "SELECT"),
    ("public.code_register", "SELECT"),
    ("public.disclosures", "SELECT INSERT"),
    ("public.idempotent_answers", "SELECT INSERT DELETE"),
    ("public.import_contents", GOVERNED),
    ("public.import_rows", GOVERNED),
    ("public.imports", GOVERNED),
    ("public.issue_measures", ""),
    ("public.key_uses", "SELECT INSERT UPDATE"),
    ("public.measure_reads", "SELECT INSERT UPDATE"),
    ("public.measure_versions", "SELECT"),
    ("public.report_contents", "SELECT INSERT"),
    ("public.target_versions", "SELECT"),
    ("public.webhook_deliveries", GOVERNED),
    ("public.webhook_secrets", GOVERNED),
    ("public.webhook_standings", GOVERNED),
];

/// Functions that run as the owner and that the service may call; all others of the kind are for triggers alone.
const CALLED: &[&str] = &[
    "public.append_seal(last_number bigint, of_sequences bigint[], of_hashes bytea, of_marks bytea)",
    "public.erase_account(erased bigint, reason text)",
    "public.held_of_account(asked bigint)",
    "public.sealed_to(of_framework text)",
    "public.sender_name(of_number bigint)",
    "public.settle_change_clock()",
];

/// The schemas of ours, as SQL.
const OURS: &str = "('public'::regnamespace, 'history'::regnamespace, 'as_of'::regnamespace)";

#[test]
fn every_table_and_view_allows_the_service_what_it_needs_and_no_more() {
    let app = App::start();
    let rows = app.sql().rows(&format!(
        "SELECT relnamespace::regnamespace || '.' || relname, coalesce(string_agg(p, ' ' ORDER BY position) FILTER (WHERE \
         has_table_privilege('{ROLE}', c.oid, p)), ''), EXISTS (SELECT FROM pg_trigger WHERE tgrelid = c.oid AND tgname = 'z_log_change') \
         FROM pg_class c, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) \
         WITH ORDINALITY AS k (p, position) WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND relnamespace IN {OURS} GROUP BY c.oid, relnamespace, relname"
    ));
    assert!(rows.len() > 60, "only {} tables and views are looked at", rows.len());
    let otherwise: BTreeMap<&str, &str> = OTHERWISE.iter().copied().collect();
    let mut wrong = Vec::new();
    for row in &rows {
        let (name, allowed, governed) = (row[0].as_str(), row[1].as_str(), row[2] == "t");
        let needed = match (otherwise.get(name), name.split('.').next().unwrap()) {
            (Some(needed), _) => needed,
            (None, "as_of") => "SELECT",
            (None, "history") => "",
            (None, _) if governed => GOVERNED,
            (None, _) => {
                wrong.push(format!("{name} is not governed: GRANT what the service needs, and name it in this file"));
                continue;
            }
        };
        if allowed != needed {
            wrong.push(format!("{name} allows `{allowed}`, but must allow `{needed}`"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let columns = app.sql().column(&format!(
        "SELECT attrelid::regclass || '.' || attname FROM pg_attribute JOIN pg_class c ON c.oid = attrelid \
         WHERE attacl IS NOT NULL AND relnamespace IN {OURS}"
    ));
    assert_eq!(columns, Vec::<String>::new(), "columns with privileges of their own");
    let missing = OTHERWISE.iter().filter(|(name, _)| !rows.iter().any(|row| row[0] == *name));
    assert_eq!(missing.count(), 0, "there is no such table: take it off the list in this file");
}

#[test]
fn of_sequences_it_counts_row_versions_alone() {
    let app = App::start();
    let allowed = app.sql().rows(&format!(
        "SELECT c.oid::regclass, string_agg(p, ' ' ORDER BY p) FROM pg_class c, unnest(ARRAY['SELECT', 'UPDATE', 'USAGE']) AS p \
         WHERE relkind = 'S' AND has_sequence_privilege('{ROLE}', c.oid, p) GROUP BY c.oid"
    ));
    assert_eq!(allowed, [["row_versions", "USAGE"]]);
}

#[test]
fn what_runs_as_the_owner_cannot_be_turned_against_it() {
    let app = App::start();
    let functions = app.sql().rows(&format!(
        "SELECT pronamespace::regnamespace || '.' || proname || '(' || pg_get_function_identity_arguments(oid) || ')', \
         array_to_string(proconfig, ';'), has_function_privilege('{ROLE}', oid, 'EXECUTE'), proacl IS NULL OR EXISTS (SELECT FROM \
         aclexplode(proacl) WHERE grantee = 0) FROM pg_proc WHERE prosecdef AND pronamespace IN {OURS}"
    ));
    assert!(functions.len() > 20, "only {} functions are looked at", functions.len());
    for row in &functions {
        let name = row[0].as_str();
        assert_eq!(
            row[1], "search_path=public, pg_temp",
            "{name} takes its tables from a search path that callers set"
        );
        // Who may execute a trigger's function may put it on a table of their own, and so write what it writes.
        assert_eq!(
            (row[2] == "t", row[3].as_str()),
            (CALLED.contains(&name), "f"),
            "{name}: CALL run_as_owner('{name}')"
        );
    }
    let history = app.sql().count("pg_proc WHERE pronamespace = 'history'::regnamespace AND NOT prosecdef");
    assert_eq!(history, 0, "functions of schema history that the service would run by its own right");
}

#[test]
fn the_role_itself_can_nothing() {
    let app = App::start();
    let flags = "rolsuper, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication, rolbypassrls";
    let role = app.sql().rows(&format!("SELECT {flags} FROM pg_roles WHERE rolname = '{ROLE}'"));
    assert_eq!(role, [["f"; 6]], "{flags}");
    let of = app.sql().column(&format!(
        "SELECT roleid::regrole FROM pg_auth_members WHERE member = '{ROLE}'::regrole ORDER BY roleid::regrole::text"
    ));
    assert_eq!(of, [AUDIENCE_ROLE, LIMITED_ROLE], "is a member of others");
    assert_eq!(
        app.sql().count(&format!("pg_shdepend WHERE refobjid = '{ROLE}'::regrole AND deptype = 'o'")),
        0,
        "owns"
    );
    let creates = app.sql().column(&format!(
        "SELECT nspname FROM pg_namespace WHERE has_schema_privilege('{ROLE}', oid, 'CREATE') UNION ALL \
         SELECT 'the database' WHERE has_database_privilege('{ROLE}', current_database(), 'CREATE')"
    ));
    assert_eq!(creates, Vec::<String>::new(), "where it may create");
}
