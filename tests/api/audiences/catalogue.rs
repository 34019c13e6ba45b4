//! The role of members and the public reads views, and nothing else; every remembered table has its view.

use performance_framework::db::session::{self, AUDIENCE_ROLE, ROLE};

use crate::support::App;
use crate::support::sql::Sql;

#[test]
fn every_remembered_table_says_what_it_shows() {
    let app = App::start();
    let missing = app.sql().column(
        "SELECT viewname FROM pg_views v WHERE schemaname = 'as_of' AND 2 > (SELECT count(*) FROM pg_views d \
         WHERE d.schemaname IN ('disclosed', 'disclosed_as_of') AND d.viewname = v.viewname) ORDER BY 1",
    );
    assert_eq!(missing, Vec::<String>::new(), "let their migrations CALL disclose(…)");
    let other = app.sql().column(
        "SELECT viewname || ': ' || attname FROM pg_views v JOIN pg_attribute ON attrelid = format('public.%I', viewname)::regclass \
         WHERE schemaname = 'disclosed' AND attnum > 0 AND NOT attisdropped AND NOT EXISTS (SELECT FROM pg_attribute o \
         WHERE o.attrelid = format('disclosed.%I', viewname)::regclass AND o.attname = pg_attribute.attname)",
    );
    assert_eq!(other, Vec::<String>::new(), "columns that the views lack: CALL forget, remember and disclose");
}

#[test]
fn the_role_reads_its_views_and_nothing_else() {
    let app = App::start();
    let rights = app.sql().column(&format!(
        "SELECT relnamespace::regnamespace || ' ' || string_agg(DISTINCT p, ' ') AS may FROM pg_class c, \
         unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS p \
         WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace) \
         AND has_table_privilege('{AUDIENCE_ROLE}', c.oid, p) GROUP BY relnamespace ORDER BY may"
    ));
    assert_eq!(rights, ["disclosed SELECT", "disclosed_as_of SELECT"]);
    let open = app.sql().column(
        "SELECT viewname FROM pg_views v JOIN pg_class c ON c.oid = format('%I.%I', schemaname, viewname)::regclass \
         WHERE schemaname LIKE 'disclosed%' AND coalesce(array_to_string(reloptions, ' '), '') NOT LIKE '%security_barrier%'",
    );
    assert_eq!(open, Vec::<String>::new(), "views through which a condition could look at what they hide");
    let sql = Sql::connect(&session::disclosed(&app.database_url()));
    assert_eq!(sql.value("SELECT current_user"), AUDIENCE_ROLE);
    for refused in [
        "SELECT * FROM public.quarterly_submissions",
        "SELECT * FROM public.disclosures",
        "SELECT * FROM public.changes",
        "UPDATE measures SET title = ''",
        "CREATE TABLE disclosed.mine ()",
    ] {
        assert!(sql.try_run(refused).is_err(), "{refused}");
    }
    let flags = "rolsuper, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication, rolbypassrls";
    assert_eq!(app.sql().rows(&format!("SELECT {flags} FROM pg_roles WHERE rolname = '{AUDIENCE_ROLE}'")), [["f"; 6]]);
    assert_eq!(app.sql().value(&format!("SELECT pg_has_role('{ROLE}', '{AUDIENCE_ROLE}', 'USAGE')")), "f");
    assert_eq!(app.sql().count(&format!("pg_auth_members WHERE member = '{AUDIENCE_ROLE}'::regrole")), 0);
}
