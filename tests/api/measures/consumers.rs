//! Which keys read a measure, told by `GET /api/v1/measures/{measure}/consumers`.

use serde_json::{Value, json};

use crate::observations::{council_with, settle};
use crate::support::{App, Client};

fn council() -> App {
    council_with("Counted", "Two posts vacant")
}

/// A caller with a key of this name that may read.
fn reader(app: &App, name: &str) -> Client {
    let made = app.admin().post("keys").send(&json!({"name": name, "scopes": ["read"]})).must_be(201).json();
    app.anonymous().with_key(made["key"].as_str().unwrap())
}

fn items(app: &App, measure: &str) -> Vec<Value> {
    let told = app.editor().get(&format!("measures/{measure}/consumers")).call().must_be(200).json();
    told["items"].as_array().unwrap().clone()
}

/// The names of those who read a measure, in the order of the alphabet.
fn consumers(app: &App, measure: &str) -> Vec<String> {
    let mut names: Vec<String> =
        items(app, measure).iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect();
    names.sort();
    names
}

#[test]
fn whoever_reads_a_measure_in_any_form_is_in_the_register() {
    let app = council();
    for (name, path) in [
        ("page", "observations?measure=M-1"),
        ("csv", "observations?measure=M-1&format=csv"),
        ("ees", "observations?measure=M-1&format=ees"),
        ("jsonstat", "observations?measure=M-1&format=jsonstat"),
        ("ndjson", "observations?measure=M-1&format=ndjson"),
        ("parquet", "observations?measure=M-1&format=parquet"),
        ("sorted", "observations?measure=M-1&format=csv&sort=rag&limit=10"),
        ("odata", "/odata/v1/Observations?$filter=measure%20eq%20'M-1'"),
        ("entity", "/odata/v1/Observations(measure='M-1',quarter='2024-25-Q1',dimension='total',category='total')"),
        ("definition", "measures/M-1"),
        ("scorecard", "frameworks/F/scorecard?quarter=2024-25-Q1"),
        ("everything", "observations?format=csv"),
        // What tells of no figures is no read.
        ("types", "observations?format=csvw"),
        ("count", "/odata/v1/Observations/$count"),
        ("dimension", "dimensions/measures"),
    ] {
        reader(&app, name).get(path).call().must_be(200);
    }
    assert!(app.write_readings());
    let of_one = ["csv", "definition", "ees", "entity", "everything", "jsonstat", "ndjson", "odata", "page", "parquet"];
    assert_eq!(consumers(&app, "M-1"), [&of_one[..], &["scorecard", "sorted"]].concat());
    assert_eq!(consumers(&app, "M-2"), ["everything", "scorecard"]);
    let days = "first_read_on = last_read_on AND last_read_on >= current_date - 1";
    assert_eq!(app.sql().count(&format!("measure_reads WHERE NOT ({days})")), 0);
}

#[test]
fn a_page_from_memory_and_one_that_is_known_are_read_too() {
    let app = council();
    settle(&app);
    for (path, names) in [
        ("observations?measure=M-1", ["first", "second", "third"]),
        ("/odata/v1/Observations?$filter=measure%20eq%20'M-2'", ["fourth", "fifth", "sixth"]),
    ] {
        let clients = names.map(|name| reader(&app, name));
        settle(&app);
        let tag = clients[0].get(path).call().must_be(200).header("etag").to_owned();
        clients[1].get(path).call().must_be(200);
        clients[2].get(path).header("If-None-Match", &tag).call().must_be(304);
    }
    assert!(app.write_readings());
    assert_eq!(consumers(&app, "M-1"), ["first", "second", "third"]);
    assert_eq!(consumers(&app, "M-2"), ["fifth", "fourth", "sixth"]);
}

#[test]
fn a_later_read_moves_the_last_day_alone() {
    let app = council();
    let reads = reader(&app, "dashboard");
    reads.get("measures/M-1").call().must_be(200);
    assert!(app.write_readings());
    let key = items(&app, "M-1")[0]["key"].clone();
    app.sql().run("UPDATE measure_reads SET first_read_on = '2025-01-01', last_read_on = '2025-01-02'");
    // Once a day is enough: what was written is not written again before the service has begun anew.
    reads.get("measures/M-1").call().must_be(200);
    assert!(app.write_readings());
    assert_eq!(items(&app, "M-1")[0]["last_read_on"], "2025-01-02");
    let app = App::on(app.into_database());
    let reads = reader(&app, "another");
    reads.get("measures/M-1").call().must_be(200);
    app.sql().run("UPDATE api_keys SET revoked_at = now() WHERE name = 'dashboard'");
    app.reader().get("observations?format=csv&measure=M-2").call().must_be(200);
    assert!(app.write_readings());
    let told = items(&app, "M-1");
    assert_eq!((&told[0]["name"], &told[0]["revoked_at"]), (&json!("another"), &json!(null)));
    assert_eq!((&told[1]["key"], told[1]["revoked_at"].is_string()), (&key, true));
    assert_eq!((&told[1]["first_read_on"], &told[1]["last_read_on"]), (&json!("2025-01-01"), &json!("2025-01-02")));
    app.sql().run("INSERT INTO measure_reads SELECT key, 'M-2', '2025-01-01', '2025-01-02' FROM measure_reads WHERE measure = 'M-1' ORDER BY last_read_on DESC LIMIT 1");
    reads.get("measures/M-2").call().must_be(200);
    assert!(app.write_readings());
    let told = items(&app, "M-2").into_iter().find(|item| item["name"] == "another").unwrap();
    assert_eq!(told["first_read_on"], "2025-01-01");
    assert_ne!(told["last_read_on"], "2025-01-02");
}

#[test]
fn a_read_does_not_fail_with_the_register_and_is_written_later() {
    let app = council();
    let reads = reader(&app, "dashboard");
    app.sql().run("ALTER TABLE measure_reads RENAME TO away");
    for path in ["observations?measure=M-1", "observations?measure=M-1&format=csv", "measures/M-1"] {
        reads.get(path).call().must_be(200);
    }
    assert!(!app.write_readings());
    app.sql().run("ALTER TABLE away RENAME TO measure_reads");
    assert!(app.write_readings());
    assert_eq!(consumers(&app, "M-1"), ["dashboard"]);
}

#[test]
fn what_is_gone_is_no_trouble() {
    let app = council();
    app.measure("M-3").create();
    let reads = reader(&app, "dashboard");
    reads.get("measures/M-3").call().must_be(200);
    reads.get("measures/M-1").call().must_be(200);
    app.editor().delete("measures/M-3").call().must_be(204);
    assert!(app.write_readings());
    app.measure("M-4").create();
    reads.get("measures/M-4").call().must_be(200);
    assert!(app.write_readings());
    assert_eq!(consumers(&app, "M-4"), ["dashboard"]);
    app.editor().delete("measures/M-4").call().must_be(204);
    app.editor().get("measures/M-4/consumers").call().problem(404, "not_found");
    assert_eq!(app.sql().column("SELECT measure FROM measure_reads"), ["M-1"]);
}

#[test]
fn it_is_told_to_officers_who_see_everything() {
    let app = council();
    let holder = |grant: Value| {
        let body = json!({"name": format!("holder of {grant}"), "grants": [grant]});
        let made = app.admin().post("keys").send(&body).must_be(201).json();
        app.anonymous().with_key(made["key"].as_str().unwrap())
    };
    let path = "measures/M-1/consumers";
    app.reader().get(path).call().problem(403, "forbidden");
    for grant in
        [json!({"role": "performance_officer", "framework": "F"}), json!({"role": "public"}), json!({"role": "member"})]
    {
        holder(grant).get(path).call().problem(403, "forbidden");
    }
    holder(json!({"role": "performance_officer"})).get(path).call().must_be(200);
    app.editor().get("measures/NONE/consumers").call().problem(404, "not_found");
}
