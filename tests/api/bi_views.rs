//! Schema `bi`: what colleagues who ask in SQL read is what the feed tells, and all that their role reads.

use std::collections::BTreeMap;

use chrono::DateTime;
use performance_framework::bi::catalogue::{COLUMNS, Kind, Source};
use rust_decimal::Decimal;
use serde_json::Value;

use crate::accounts::classes;
use crate::demonstration::demonstration;
use crate::support::App;
use crate::support::sql::Sql;

fn asking(app: &App) -> Sql {
    let sql = app.another_sql();
    sql.run("SET ROLE performance_framework_bi");
    sql
}

/// Rows by their keys.
fn by_key(rows: Vec<Value>) -> BTreeMap<String, Value> {
    let key = |row: &Value| ["measure", "quarter", "dimension", "category"].map(|name| row[name].to_string()).join(" ");
    rows.into_iter().map(|row| (key(&row), row)).collect()
}

/// A value in one way of writing it.
fn plain(kind: Kind, value: &Value) -> Value {
    match kind {
        _ if value.is_null() => Value::Null,
        Kind::Decimal | Kind::Integer => value.to_string().parse::<Decimal>().unwrap().normalize().to_string().into(),
        Kind::Instant => DateTime::parse_from_rfc3339(value.as_str().unwrap()).unwrap().to_utc().to_rfc3339().into(),
        _ => value.clone(),
    }
}

#[test]
fn the_views_tell_what_the_feed_tells_of_what_is_stored() {
    let app = App::copy_of(demonstration());
    let lines = app.reader().get("observations?format=ndjson").call().must_be(200).text();
    let told = by_key(lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect());
    let rows = asking(&app).column("SELECT row_to_json(o) FROM bi.observations o");
    let shown = by_key(rows.iter().map(|row| serde_json::from_str(row).unwrap()).collect());
    assert!(told.len() > 300 && told.keys().eq(shown.keys()), "{} rows, {} shown", told.len(), shown.len());
    let stored =
        || COLUMNS.iter().filter(|column| matches!(column.source, Source::Chosen(_)) && column.name != "owner");
    assert!(stored().count() > 30, "only {} columns are compared", stored().count());
    for (key, row) in &told {
        for column in stored() {
            let (told, shown) = (plain(column.kind, &row[column.name]), plain(column.kind, &shown[key][column.name]));
            assert_eq!(shown, told, "{} of {key}", column.name);
        }
        let names = shown[key].as_object().unwrap().keys();
        assert_eq!(names.clone().filter(|name| !stored().any(|column| column.name == *name)).count(), 0, "{names:?}");
    }
}

#[test]
fn the_role_reads_the_views_and_nothing_else() {
    let app = App::copy_of(demonstration());
    let sql = asking(&app);
    let views =
        app.sql().column("SELECT relname FROM pg_class WHERE relnamespace = 'bi'::regnamespace AND relkind = 'v'");
    assert_eq!(views.len(), 7);
    for view in &views {
        assert!(sql.count(&format!("bi.{view}")) > 0, "{view} is empty");
    }
    let refused = |statement: &str| sql.try_run(statement).unwrap_err().code;
    assert_eq!(refused("SELECT FROM public.measures"), "42501");
    assert_eq!(refused("UPDATE bi.measures SET title = 'Another'"), "42501");
    assert_eq!(refused("DELETE FROM bi.benchmarks"), "42501");
    let reached = app.sql().column(
        "SELECT c.oid::regclass || ' ' || p FROM pg_class c, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) p \
         WHERE c.relkind IN ('r', 'v') AND c.relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace) \
         AND has_schema_privilege('performance_framework_bi', c.relnamespace, 'USAGE') AND has_table_privilege('performance_framework_bi', c.oid, p) \
         AND NOT (c.relnamespace = 'bi'::regnamespace AND p = 'SELECT')",
    );
    assert_eq!(reached, Vec::<String>::new());
}

#[test]
fn what_the_page_about_sql_asks_is_answered() {
    let page = include_str!("../../docs/bi/sql.md");
    let app = App::copy_of(demonstration());
    let sql = asking(&app);
    let blocks: Vec<&str> = page.split("```sql\n").skip(1).filter_map(|block| block.split("```").next()).collect();
    let asked = blocks.iter().flat_map(|block| block.split(";\n")).filter(|asked| asked.contains("SELECT"));
    let asked: Vec<&str> = asked.collect();
    assert_eq!(asked.len(), 2);
    for query in asked {
        assert!(!sql.rows(query).is_empty(), "{query}");
    }
}

#[test]
fn no_view_shows_a_name() {
    let app = App::start();
    let classes = classes::classes();
    let shown = app.sql().column(
        "SELECT table_name || '.' || column_name FROM information_schema.view_column_usage WHERE view_schema = 'bi'",
    );
    assert!(shown.len() > 50, "only {} columns are looked at", shown.len());
    let names: Vec<_> =
        shown.iter().filter(|column| classes.get(*column).is_none_or(|class| class == "personal")).collect();
    assert_eq!(names, Vec::<&String>::new());
}
