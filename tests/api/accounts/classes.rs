//! Every column of every table and view is classified, and the classes have their consequences.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::support::App;

/// Personal columns that are not in `name_places()`: the register itself, and stored answers, which an erasure deletes.
const BESIDE: &[&str] = &["accounts.name", "accounts.salt", "idempotent_answers.body", "idempotent_answers.caller"];

/// What docs/data-classes.txt says: the class of each `table.column`.
pub fn classes() -> BTreeMap<String, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/data-classes.txt");
    let text = fs::read_to_string(path).unwrap();
    let (mut table, mut class, mut found) = ("", "", BTreeMap::new());
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let mut words = line.split_whitespace();
        match line.len() - line.trim_start().len() {
            0 => table = words.next().unwrap(),
            4 => class = words.next().unwrap(),
            _ => {}
        }
        if line.starts_with(' ') {
            assert!(["public", "internal", "personal"].contains(&class), "{table} has a class `{class}`");
            for column in words {
                let twice = found.insert(format!("{table}.{column}"), class.to_owned());
                assert!(twice.is_none(), "{table}.{column} is classified twice");
            }
        }
    }
    found
}

/// `relation.column` for every column of a schema's tables and views.
fn columns(app: &App, schema: &str) -> BTreeSet<String> {
    let query = format!(
        "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = '{schema}'"
    );
    app.sql().column(&query).into_iter().collect()
}

#[test]
fn every_column_is_classified_and_no_other() {
    let app = App::start();
    let (live, classified) = (columns(&app, "public"), classes().into_keys().collect::<BTreeSet<_>>());
    assert!(live.len() > 300, "only {} columns are looked at", live.len());
    let missing: Vec<_> = live.difference(&classified).collect();
    assert!(missing.is_empty(), "not classified: add to docs/data-classes.txt {missing:?}");
    let gone: Vec<_> = classified.difference(&live).collect();
    assert!(gone.is_empty(), "there is no such column: take off docs/data-classes.txt {gone:?}");
}

#[test]
fn other_schemas_hold_copies_of_what_is_classified() {
    let app = App::start();
    let public = columns(&app, "public");
    let ours = app.sql().column(
        "SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema' ORDER BY 1",
    );
    assert_eq!(ours, ["as_of", "bi", "disclosed", "disclosed_as_of", "granted_as_of", "history", "public"]);
    // What the views for dashboards show is held against the feed: see `bi_views`.
    for schema in ours.into_iter().filter(|schema| schema != "bi") {
        let other: Vec<String> = columns(&app, &schema)
            .into_iter()
            .filter(|column| !public.contains(column) && !column.ends_with(".superseded_at"))
            .collect();
        assert_eq!(other, Vec::<String>::new(), "columns of schema {schema} that are no copies");
    }
    assert_eq!(app.sql().count("pg_class WHERE relkind = 'm'"), 0, "copies that nobody classified");
}

/// The columns that a disclosed view shows as they are, each as `table.column`; none of one that shows no row.
fn bare(app: &App, schema: &str, view: &str) -> Vec<String> {
    let text = app.sql().value(&format!("SELECT pg_get_viewdef('{schema}.{view}'::regclass, true)"));
    if text.trim_end().ends_with("WHERE false;") {
        return Vec::new();
    }
    let (shown, from) = text.split_once("\n   FROM ").unwrap();
    // `disclosures` is joined as d; all else is the table itself.
    assert!(!from.contains("JOIN") || from.contains(" d ON ") || from.contains("EXISTS"), "{view} joins {from}");
    let expressions = shown.trim().trim_start_matches("SELECT ").lines().map(|line| line.trim().trim_end_matches(','));
    let of = |expression: &str| {
        let (table, column) = match expression.replace('"', "").split_once('.') {
            Some(("d", column)) => ("disclosures".to_owned(), column.to_owned()),
            Some((_, column)) => (view.to_owned(), column.to_owned()),
            None => (view.to_owned(), expression.to_owned()),
        };
        let word =
            |text: &str| text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        expression.replace('"', "").split('.').all(word).then(|| format!("{table}.{column}"))
    };
    expressions.filter_map(of).collect()
}

#[test]
fn what_is_disclosed_as_it_is_is_public() {
    let app = App::start();
    let classes = classes();
    let mut looked_at = 0;
    for schema in ["disclosed", "disclosed_as_of"] {
        for view in app.sql().column(&format!("SELECT viewname FROM pg_views WHERE schemaname = '{schema}'")) {
            for column in bare(&app, schema, &view) {
                assert_eq!(classes.get(&column).map(String::as_str), Some("public"), "{schema}.{view} shows {column}");
                looked_at += 1;
            }
        }
    }
    assert!(looked_at > 300, "only {looked_at} columns are looked at");
}

#[test]
fn export_and_erasure_reach_what_is_personal() {
    let app = App::start();
    let reached: BTreeSet<String> = app
        .sql()
        .column("SELECT place_table || '.' || field FROM name_places()")
        .into_iter()
        .chain(BESIDE.iter().map(|column| (*column).to_owned()))
        .collect();
    let classes = classes();
    let personal: BTreeSet<String> =
        classes.into_iter().filter(|(_, class)| class == "personal").map(|(column, _)| column).collect();
    assert_eq!(personal, reached, "left: docs/data-classes.txt; right: CALL names_staff(…) in the migrations");
    let silent = app.sql().column(
        "SELECT attrelid::regclass || '.' || attname FROM pg_attribute JOIN name_places() ON field = attname \
         JOIN pg_class t ON t.oid = place_table JOIN pg_class c ON c.oid = attrelid AND c.relname = t.relname AND c.relkind = 'r' \
         WHERE attstattarget <> 0",
    );
    assert_eq!(silent, Vec::<String>::new(), "sampled for the planner, where names would outlast their erasure");
}
