//! One name, written into every place that is classified as personal: all of them are exported, none is disclosed, and after the
//! erasure it is found nowhere in the database.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::json;

use super::{NAME, caller, disguises, erased, number};
use crate::demonstration::demonstration;
use crate::support::App;

/// Table, column, and the member of a JSON column.
fn places(app: &App) -> Vec<[String; 3]> {
    let rows = app.sql().rows("SELECT place_table, field, coalesce(member, '') FROM name_places() ORDER BY 1, 2, 3");
    rows.into_iter().map(|row| row.try_into().unwrap()).collect()
}

fn has_past(app: &App, table: &str) -> bool {
    app.sql().value(&format!("SELECT to_regclass('history.{table}') IS NOT NULL")) == "t"
}

/// Writes the name into every place of every table, and of its past, by hand: each into a row that has no other.
fn write_everywhere(app: &App) {
    let places = places(app);
    let tables: BTreeSet<&String> = places.iter().map(|[table, ..]| table).collect();
    app.sql().run("SET session_replication_role = replica");
    for table in tables {
        let checks = app.sql().column(&format!(
            "SELECT conname FROM pg_constraint WHERE conrelid = '{table}'::regclass AND contype = 'c'"
        ));
        checks.iter().for_each(|check| app.sql().run(&format!("ALTER TABLE {table} DROP CONSTRAINT {check}")));
    }
    let (text, inner) = (NAME.replace('\'', "''"), json!(NAME).to_string());
    for [table, field, member] in &places {
        let value = if member.is_empty() { format!("'{text}'") } else { format!(r#"'[{{"{member}": {inner}}}]'"#) };
        let free = format!("SELECT ctid FROM {table} t WHERE position('Quill' IN t::text) = 0 LIMIT 1");
        app.sql().run(&format!("UPDATE {table} SET {field} = {value} WHERE ctid = ({free})"));
        if has_past(app, table) {
            let written = if member.is_empty() { "Jo ".to_owned() } else { format!("\"{member}\": \"Jo ") };
            let named = format!("SELECT * FROM {table} t WHERE position('{written}' IN {field}::text) > 0 LIMIT 1");
            app.sql().run(&format!("INSERT INTO history.{table} SELECT n.*, now() FROM ({named}) n"));
        }
        let there = app.sql().count(&format!("{table} WHERE position('Quill' IN {field}::text) > 0"));
        assert!(there > 0, "{table} has too few rows for {field}");
    }
    app.sql().run("SET session_replication_role = origin");
}

/// Tables and views of ours in which the name, in whatever form, is found; and what the planner has sampled.
fn found(app: &App) -> Vec<String> {
    let relations = app.sql().rows(
        "SELECT format('%I.%I', relnamespace::regnamespace, relname), relnamespace::regnamespace::text LIKE '%as_of' FROM pg_class \
         WHERE relkind IN ('r', 'v') AND relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' \
         AND nspname <> 'information_schema')",
    );
    assert!(relations.len() > 100, "only {} tables and views are looked at", relations.len());
    app.sql().run("ANALYZE; SELECT set_config('app.as_of', clock_timestamp()::text, false)");
    let names = relations.iter().map(|row| row[0].as_str()).chain(["pg_catalog.pg_statistic"]);
    names
        .filter(|name| {
            let all: String = app.sql().value(&format!("SELECT coalesce(string_agg(t::text, ' '), '') FROM {name} t"));
            // A row as text doubles its quotes.
            disguises(NAME).iter().any(|form| all.replace("\"\"", "\"").replace("\\\\", "\\").contains(form.as_str()))
                || all.contains("Quill")
        })
        .map(str::to_owned)
        .collect()
}

/// PostgreSQL's own dump of the data; none where its program is not installed.
fn dump(app: &App) -> Option<String> {
    let run = Command::new("pg_dump").args(["--data-only", "--inserts", "--dbname", &app.database_url()]).output();
    match run {
        Ok(done) if done.status.success() => Some(String::from_utf8(done.stdout).unwrap()),
        other => {
            eprintln!("skipped: pg_dump does not run here: {other:?}");
            None
        }
    }
}

#[test]
fn a_name_is_exported_from_everywhere_disclosed_nowhere_and_erased_from_everywhere() {
    let app = App::copy_of(demonstration());
    let (client, _) = caller(&app, NAME, "configure");
    let meeting = json!({"code": "MT-Q", "committee": "C", "held_on": "2025-01-01", "kind": "ordinary"});
    client.post("meetings").header("Idempotency-Key", "quill-1").send(&meeting).must_be(201);
    write_everywhere(&app);
    let before = found(&app);
    let reports: Vec<String> = before.iter().filter(|name| name.contains("disclosed")).cloned().collect();
    assert_eq!(reports, Vec::<String>::new(), "names of staff are disclosed");
    assert!(!before.iter().any(|name| name.contains("changes") || name.contains("pg_statistic")), "{before:?}");
    if let Some(dumped) = dump(&app) {
        assert!(dumped.contains("Quill"));
    }

    let account = number(&app, NAME);
    let mut told = BTreeSet::new();
    let mut page = app.admin().get(&format!("accounts/{account}/export?limit=7")).call().must_be(200).json();
    loop {
        for item in page["items"].as_array().unwrap() {
            let [place, resource, field] =
                ["place", "resource", "field"].map(|name| item[name].as_str().unwrap().to_owned());
            told.insert(format!("{place} {resource} {field}"));
        }
        let Some(next) = page["next"].as_str().map(str::to_owned) else { break };
        page = app.admin().follow(&next).call().must_be(200).json();
    }
    let mut expected: BTreeSet<String> =
        ["log meetings actor", "register accounts name", "stored answer idempotent_answers caller"]
            .map(str::to_owned)
            .into();
    for [table, field, member] in places(&app) {
        let place = if member.is_empty() { field } else { format!("{field}.{member}") };
        expected.insert(format!("present {table} {place}"));
        if has_past(&app, &table) {
            expected.insert(format!("past {table} {place}"));
        }
    }
    assert_eq!(told, expected);

    let done = erased(&app, NAME);
    assert_eq!(done["names"], json!([]));
    assert_eq!(found(&app), Vec::<String>::new(), "where the name is found");
    if let Some(dumped) = dump(&app) {
        for form in disguises(NAME).iter().map(String::as_str).chain(["Quill"]) {
            assert!(!dumped.contains(form), "the dump has {form}");
        }
    }
    for [table, field, _] in places(&app) {
        let stands = format!("{table} WHERE position('erased person {account}' IN {field}::text) > 0");
        assert!(app.sql().count(&stands) > 0, "{table}.{field} has nothing in place of the name");
    }
    let off = app.sql().count("pg_trigger WHERE tgenabled <> 'O'");
    assert_eq!(off, 0, "triggers that stayed switched off");
    let held = app.admin().get(&format!("accounts/{account}/export?limit=1000")).call().must_be(200).json();
    let places: BTreeSet<_> =
        held["items"].as_array().unwrap().iter().map(|item| item["place"].as_str().unwrap()).collect();
    assert_eq!(places, BTreeSet::from(["log"]), "what is still held");
}

#[test]
fn callers_are_named_nowhere_else() {
    let app = App::copy_of(demonstration());
    let classes = super::classes::classes();
    let personal = |table: &str| -> Vec<String> {
        let prefix = format!("{table}.");
        let names = classes.iter().filter(|(column, class)| column.starts_with(&prefix) && *class == "personal");
        names.map(|(column, _)| column[prefix.len()..].to_owned()).collect()
    };
    let tables = app.sql().column("SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
    // Other keys are called as scopes are.
    let callers = "(SELECT name FROM api_keys WHERE name LIKE '%-%')";
    assert!(app.sql().count(&format!("accounts WHERE name IN {callers}")) >= 3);
    for table in tables {
        let rest = format!("to_jsonb(t) - '{{{}}}'::text[]", personal(&table).join(","));
        // As a whole text of JSON: a word of a sentence is not meant.
        let named = format!("{table} t, {callers} k WHERE position(to_jsonb(k.name)::text IN ({rest})::text) > 0");
        assert_eq!(app.sql().count(&named), 0, "{table} names callers: CALL names_staff('{table}', …)");
    }
}
