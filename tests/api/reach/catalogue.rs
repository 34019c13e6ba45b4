//! Every table says how far limited grants reach, and nobody else pays for it: walked through the catalogue.

use performance_framework::db::session::{self, LIMITED_ROLE, ROLE};

use crate::support::App;
use crate::support::sql::Sql;

/// Tables that no limited caller reads or writes at all.
const UNREACHED: &[&str] = &[
    "__diesel_schema_migrations",
    "accounts",
    "api_keys",
    "change_clock",
    "change_seals",
    "changes",
    "code_register",
    "issue_measures",
    "key_uses",
    "measure_reads",
    "webhook_deliveries",
    "webhook_secrets",
    "webhook_standings",
];

/// Tables of schema public but those that are not reached.
fn tables(app: &App) -> Vec<String> {
    let all = app.sql().column("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1");
    let rights = |table: &str| {
        app.sql().value(&format!(
            "SELECT has_table_privilege('{LIMITED_ROLE}', 'public.{table}', 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')"
        ))
    };
    for table in &all {
        let reached = !UNREACHED.contains(&table.as_str());
        assert_eq!(
            rights(table) == "t",
            reached,
            "{table}: let its migration CALL limit_reach('{table}', …), or name it in this file"
        );
    }
    all.into_iter().filter(|table| rights(table) == "t").collect()
}

#[test]
fn every_table_has_policies_for_limited_callers() {
    let app = App::start();
    let tables = tables(&app);
    assert!(tables.len() > 20, "only {tables:?}");
    for table in &tables {
        let found = app.sql().rows(&format!(
            "SELECT relrowsecurity, count(polname) FILTER (WHERE polroles = ARRAY['{LIMITED_ROLE}'::regrole::oid]), \
             count(polname) FILTER (WHERE polroles = ARRAY['{ROLE}'::regrole::oid]), count(polname) \
             FROM pg_class c LEFT JOIN pg_policy p ON polrelid = c.oid WHERE c.oid = 'public.{table}'::regclass GROUP BY relrowsecurity"
        ));
        let [on, limited, service, all] = found[0].clone().try_into().unwrap();
        let numbers: Vec<usize> = [limited, service, all].iter().map(|number| number.parse().unwrap()).collect();
        assert_eq!(on, "t", "{table}: CALL limit_reach('{table}', …)");
        assert!(
            numbers[0] > 0 && numbers[1] == 1 && numbers[0] + numbers[1] == numbers[2],
            "{table} has policies {numbers:?}"
        );
    }
}

#[test]
fn every_remembered_table_has_a_past_for_limited_callers() {
    let app = App::start();
    let views = |schema: &str| {
        app.sql().column(&format!("SELECT viewname FROM pg_views WHERE schemaname = '{schema}' ORDER BY 1"))
    };
    assert_eq!(views("granted_as_of"), views("as_of"), "CALL limit_reach(…) after remember");
    let open = app.sql().column(
        "SELECT relname FROM pg_class WHERE relnamespace = 'granted_as_of'::regnamespace AND NOT coalesce(reloptions @> '{security_barrier=true}', false)",
    );
    assert_eq!(open, Vec::<String>::new(), "views through which a condition could look");
    let rights = |role: &str, schema: &str| {
        app.sql().count(&format!(
            "pg_class WHERE relnamespace = '{schema}'::regnamespace AND relkind IN ('r', 'v') AND has_table_privilege('{role}', oid, 'SELECT, INSERT, UPDATE, DELETE')"
        ))
    };
    assert_eq!(
        (rights(LIMITED_ROLE, "as_of"), rights(LIMITED_ROLE, "history"), rights(ROLE, "granted_as_of")),
        (0, 0, 0)
    );
    app.sql().run("CALL forget('measures'); ALTER TABLE measures ADD later text NOT NULL DEFAULT 'x'; CALL remember('measures', 'code')");
    assert_eq!(views("granted_as_of"), views("as_of"), "forget and remember lose it");
}

#[test]
fn who_is_not_limited_plans_as_ever() {
    let app = App::with_measure();
    let service = Sql::connect(&session::serving(&app.database_url()));
    for table in tables(&app) {
        let plan = service.column(&format!("EXPLAIN (COSTS OFF) SELECT * FROM {table}")).join("\n");
        assert!(plan.starts_with("Seq Scan on") && plan.lines().count() == 1, "{table}: {plan}");
    }
    let by_key = service.column("EXPLAIN (COSTS OFF) SELECT * FROM measures WHERE code = 'M-1'").join("\n");
    assert!(!by_key.contains("granted") && !by_key.contains("InitPlan"), "{by_key}");
}

#[test]
fn a_limited_session_without_grants_sees_and_may_nothing() {
    let app = super::start();
    let session = Sql::connect(&session::limited(&app.database_url()));
    let shared = ["areas", "comparator_groups", "comparator_memberships", "decisions", "meetings"];
    for table in tables(&app).iter().filter(|table| !shared.contains(&table.as_str())) {
        assert_eq!(session.value(&format!("SELECT count(*) FROM {table}")), "0", "{table}");
    }
    for attempt in [
        "SELECT FROM changes",
        "SELECT FROM api_keys",
        "SELECT FROM key_uses",
        "SELECT FROM history.measures",
        "SELECT FROM as_of.measures",
        "UPDATE meetings SET title = 'x'",
        "UPDATE decisions SET title = 'x'",
        "INSERT INTO measure_versions SELECT * FROM measure_versions",
        "TRUNCATE measures",
        "ALTER TABLE measures DISABLE ROW LEVEL SECURITY",
        "CREATE POLICY mine ON measures USING (true)",
        "DROP POLICY granted_seen ON measures",
        "CREATE TABLE mine ()",
        "CREATE FUNCTION granted(kind text) RETURNS text[] LANGUAGE sql RETURN ARRAY['M-1']",
    ] {
        let refused = session.try_run(attempt).err().unwrap_or_else(|| panic!("it may: {attempt}"));
        assert_eq!(refused.code, "42501", "{attempt}: {refused:?}");
    }
}

#[test]
fn the_role_can_nothing_of_its_own_and_gives_the_service_nothing() {
    let app = App::start();
    let flags = "rolsuper, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication, rolbypassrls";
    assert_eq!(app.sql().rows(&format!("SELECT {flags} FROM pg_roles WHERE rolname = '{LIMITED_ROLE}'")), [["f"; 6]]);
    let inherits = app.sql().value(&format!("SELECT pg_has_role('{ROLE}', '{LIMITED_ROLE}', 'USAGE')"));
    let may_take = app.sql().value(&format!("SELECT pg_has_role('{ROLE}', '{LIMITED_ROLE}', 'MEMBER')"));
    assert_eq!((inherits.as_str(), may_take.as_str()), ("f", "t"));
    assert_eq!(app.sql().count(&format!("pg_auth_members WHERE member = '{LIMITED_ROLE}'::regrole")), 0);
}
