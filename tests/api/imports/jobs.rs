//! More rows than are answered for at once: kept, worked afterwards, followed, and gone on with after any end of the worker.

use actix_web::rt::System;
use performance_framework::bulk::worker;
use serde_json::{Value, json};

use super::{app, many, receipt_alone, row, stored};
use crate::support::App;
use crate::support::client::Answer;

/// A service with the measures `M-1` to `M-10`.
pub fn ten() -> App {
    let app = app();
    (4..=10).for_each(|n| drop(app.measure(&format!("M-{n}")).create()));
    app
}

/// Works all that waits, as the worker beside the service does.
pub fn work(app: &App) -> usize {
    let url = app.database_url();
    System::new().block_on(async move { worker::work_waiting(&url).await.unwrap() })
}

/// Works until the first figure for this quarter or a later one, which cannot be written as if the database went away.
fn break_off(app: &App, quarter: &str) {
    app.sql().run(&format!(
        "CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.quarter >= '{quarter}' THEN \
         RAISE EXCEPTION 'terminating connection'; END IF; RETURN NEW; END $$; \
         CREATE TRIGGER broken BEFORE INSERT ON quarterly_submissions FOR EACH ROW EXECUTE FUNCTION broken()"
    ));
    let url = app.database_url();
    let broken = System::new().block_on(async move { worker::work_waiting(&url).await });
    assert_eq!(broken.unwrap_err().kind().code, "unavailable");
    app.sql().run("DROP TRIGGER broken ON quarterly_submissions; DROP FUNCTION broken()");
}

fn lines(rows: &[Value]) -> String {
    rows.iter().map(|row| format!("{row}\n")).collect()
}

pub fn post(app: &App, query: &str, rows: &[Value]) -> Answer {
    app.provider().post(&format!("imports{query}")).raw("application/x-ndjson", lines(rows))
}

pub fn read(app: &App, number: i64) -> Value {
    app.reader().get(&format!("imports/{number}")).call().must_be(200).json()
}

#[test]
fn many_rows_wait_for_the_worker_and_are_stored_by_it() {
    let app = ten();
    for (query, form) in [("", "application/json"), ("?mode=row_by_row", "application/x-ndjson")] {
        let rows = many(2500);
        let body = if form == "application/json" { json!({"rows": rows}).to_string() } else { lines(&rows) };
        let accepted =
            receipt_alone(&app, || app.provider().post(&format!("imports{query}")).raw(form, body)).must_be(202);
        let number = accepted.json()["number"].as_i64().unwrap();
        assert_eq!(
            (accepted.json()["state"].as_str(), accepted.header("location")),
            (Some("waiting"), format!("/api/v1/imports/{number}").as_str())
        );
        assert_eq!(work(&app), 1);
        let done = read(&app, number);
        let outcome = if query.is_empty() { "created" } else { "unchanged" };
        assert_eq!(
            (&done["state"], &done["counts"]["read"], &done["counts"][outcome]),
            (&json!("done"), &json!(2500), &json!(2500))
        );
        assert_eq!((&done["progress"]["percent"], &done["progress"]["seconds_left"]), (&json!(100.0), &json!(0)));
        assert_eq!((app.sql().count("quarterly_submissions"), app.sql().count("import_contents")), (2500, 0));
        let last = app.reader().get(&format!("imports/{number}/rows?limit=1&cursor=MjQ5OQ")).call().must_be(200).json();
        assert_eq!(
            (&last["items"][0]["row"], &last["items"][0]["line"], &last["next"]),
            (&json!(2500), &json!(if query.is_empty() { 1 } else { 2500 }), &json!(null))
        );
    }
    // All or nothing, all rows became known at one instant.
    assert_eq!(app.sql().value("SELECT count(DISTINCT updated_at) FROM quarterly_submissions"), "1");
}

#[test]
fn csv_is_read_in_parts_with_its_quoted_breaks() {
    let app = ten();
    let row = |row: &Value| {
        format!(
            "{},{},{},{},\"A note\nof two lines.\"\r\n",
            row["measure"].as_str().unwrap(),
            row["quarter"].as_str().unwrap(),
            row["quarter"].as_str().unwrap(),
            row["value"]
        )
    };
    let body: String = std::iter::once("measure,quarter,data_period,value,quality_note\r\n".to_owned())
        .chain(many(3000).iter().map(row))
        .collect();
    app.provider().post("imports?mode=row_by_row").raw("text/csv", body).must_be(202);
    work(&app);
    let done = read(&app, 1);
    assert_eq!((&done["state"], &done["counts"]["created"]), (&json!("done"), &json!(3000)), "{done}");
    assert_eq!(app.sql().count("quarterly_submissions WHERE quality_note = E'A note\\nof two lines.'"), 3000);
}

#[test]
fn one_refused_row_of_thousands_leaves_nothing_but_its_receipt() {
    let app = ten();
    let mut rows = many(2500);
    rows[1800] = row("M-1", "2090-91-Q1", 104);
    rows.push(rows[3].clone());
    rows[3]["value"] = json!(0.5);
    post(&app, "", &rows).must_be(202);
    receipt_alone(&app, || {
        work(&app);
        app.reader().get("imports/1").call()
    });
    let refused = read(&app, 1);
    assert_eq!(
        (&refused["state"], &refused["counts"]["refused"], &refused["counts"]["stored"]),
        (&json!("refused"), &json!(2), &json!(0))
    );
    let rows = app.reader().get("imports/1/rows?outcome=refused").call().must_be(200).json();
    let told: Vec<_> = rows["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["row"].as_i64().unwrap(), row["errors"][0]["code"].as_str().unwrap()))
        .collect();
    assert_eq!(told, [(1801, "out_of_range"), (2501, "duplicate_row")]);
}

#[test]
fn a_second_row_is_answered_alike_wherever_its_first_stands() {
    let quarter = "2097-98-Q4";
    let rows = |between: usize| {
        let mut rows = vec![row("M-1", quarter, 104)];
        rows.extend(many(between));
        rows.extend([row("M-1", quarter, 50), row("M-1", quarter, 51), row("M-1", quarter, 50)]);
        rows
    };
    // In one chunk, and in two or three.
    for between in [10, 998, 999, 1500] {
        let app = ten();
        let answer = post(&app, "?mode=row_by_row", &rows(between));
        work(&app);
        let refused = app.reader().get("imports/1/rows?outcome=refused").call().must_be(200).json();
        let told: Vec<_> =
            refused["items"].as_array().unwrap().iter().map(|row| row["errors"][0]["code"].clone()).collect();
        assert_eq!(told, ["out_of_range", "duplicate_row"], "{between} rows between: {answer}");
        assert_eq!(stored(&app, "M-1", quarter), "1 draft 50");
        assert_eq!(read(&app, 1)["counts"]["unchanged"], 1, "{between} rows between: the last says what is stored");
    }
}

#[test]
fn row_by_row_it_goes_on_where_it_was() {
    let app = ten();
    post(&app, "?mode=row_by_row", &many(2500)).must_be(202);
    // The second chunk meets a figure that the service cannot write just now.
    break_off(&app, "2030-31-Q1");
    let halfway = read(&app, 1);
    assert_eq!((&halfway["state"], &halfway["counts"]["stored"]), (&json!("working"), &json!(1000)));
    assert_eq!((app.sql().count("quarterly_submissions"), app.sql().count("import_rows")), (1000, 1000));
    assert_eq!(work(&app), 1);
    let done = read(&app, 1);
    assert_eq!(
        (&done["state"], &done["counts"]["created"], &done["counts"]["read"]),
        (&json!("done"), &json!(2500), &json!(2500))
    );
    assert_eq!((app.sql().count("quarterly_submissions"), app.sql().count("import_rows")), (2500, 2500));
    assert_eq!(app.sql().count("changes WHERE resource = 'quarterly_submissions'"), 2500);
}

#[test]
fn all_or_nothing_it_begins_anew() {
    let app = ten();
    post(&app, "", &many(2500)).must_be(202);
    break_off(&app, "2050-51-Q1");
    assert_eq!((app.sql().count("quarterly_submissions"), &read(&app, 1)["counts"]["stored"]), (0, &json!(0)));
    work(&app);
    assert_eq!((&read(&app, 1)["counts"]["created"], app.sql().count("import_rows")), (&json!(2500), 2500));
}

#[test]
fn a_content_that_breaks_off_is_told_with_the_place() {
    let app = ten();
    let body = format!("{}{}", lines(&many(1500)), "{\"measure\": ");
    app.provider().post("imports?mode=row_by_row").raw("application/x-ndjson", body).must_be(202);
    let list = json!(many(1500)).to_string();
    app.provider().post("imports").raw("application/json", &list[..list.len() - 1]).must_be(202);
    work(&app);
    let first = read(&app, 1);
    assert_eq!(
        (&first["state"], &first["counts"]["created"], &first["counts"]["refused"]),
        (&json!("done"), &json!(1500), &json!(1))
    );
    let second = read(&app, 2);
    assert_eq!(
        (&second["state"], &second["problem"]["code"]),
        (&json!("refused"), &json!("malformed_json")),
        "{second}"
    );
}

#[test]
fn the_same_again_is_the_same_import_and_a_key_its_first_answer() {
    let app = ten();
    let first = post(&app, "", &many(1500)).must_be(202);
    let again = post(&app, "", &many(1500)).must_be(202);
    assert_eq!(first.header("location"), again.header("location"));
    let other = post(&app, "?mode=row_by_row", &many(1500)).must_be(202);
    assert_ne!(first.header("location"), other.header("location"));
    let keyed = || {
        app.provider().post("imports").header("Idempotency-Key", "k").raw("application/x-ndjson", lines(&many(1600)))
    };
    let (one, two) = (keyed().must_be(202), keyed().must_be(202));
    assert_eq!((one.body.clone(), two.header("idempotent-replayed")), (two.body.clone(), "true"));
    assert_eq!((app.sql().count("imports"), app.sql().count("imports WHERE state = 'receiving'")), (3, 0));
    assert_eq!(work(&app), 3);
    assert_eq!(read(&app, 1)["counts"]["created"], 1500);
}

#[test]
fn its_events_end_with_the_import() {
    let app = ten();
    post(&app, "", &many(1500)).must_be(202);
    work(&app);
    let events = app.reader().get("imports/1/events").call().must_be(200);
    assert_eq!(events.header("content-type"), "text/event-stream");
    let text = events.text();
    let data = text.strip_prefix("event: end\ndata: ").unwrap_or_else(|| panic!("{text}"));
    let import: Value = serde_json::from_str(data.trim()).unwrap();
    assert_eq!((&import["state"], &import["counts"]["stored"]), (&json!("done"), &json!(1500)));
}

#[test]
fn limited_callers_reach_no_further_by_a_job() {
    let app = ten();
    let grants = json!([{"role": "provider", "measure": "M-1"}]);
    let made = app.admin().post("keys").send(&json!({"name": "team", "grants": grants})).must_be(201).json();
    let team = app.anonymous().with_key(made["key"].as_str().unwrap());
    team.post("imports?mode=row_by_row").raw("application/x-ndjson", lines(&many(1500))).must_be(202);
    work(&app);
    let done = team.get("imports/1").call().must_be(200).json();
    assert_eq!((&done["counts"]["created"], &done["counts"]["refused"]), (&json!(150), &json!(1350)), "{done}");
    assert_eq!(app.sql().column("SELECT DISTINCT measure FROM quarterly_submissions"), ["M-1"]);
}

#[test]
fn a_dry_run_of_thousands_stores_nothing_and_tells_its_effect() {
    let app = ten();
    post(&app, "?dry_run=true", &many(2500)).must_be(202);
    receipt_alone(&app, || {
        work(&app);
        app.reader().get("imports/1").call()
    });
    let done = read(&app, 1);
    assert_eq!(
        (&done["state"], &done["counts"]["valid"], &done["counts"]["stored"]),
        (&json!("done"), &json!(2500), &json!(0))
    );
    // Those of eight quarters of the first thousand rows.
    assert_eq!((done["effect"]["measures"].as_array().unwrap().len(), &done["effect"]["further"]), (80, &json!(2420)));
    assert_eq!(app.sql().count("import_rows"), 2500, "each row has its receipt");
}

#[test]
fn how_fast_it_goes_is_measured_since_it_went_on() {
    let app = ten();
    post(&app, "?mode=row_by_row", &many(2500)).must_be(202);
    break_off(&app, "2030-31-Q1");
    // Days pass, in which nothing is worked.
    app.sql().run(
        "UPDATE imports SET started_at = started_at - interval '3 days', created_at = created_at - interval '3 days'",
    );
    work(&app);
    let done = read(&app, 1);
    let rate = done["progress"]["rows_per_second"].as_f64().unwrap();
    assert!(rate > 2500.0 / (3.0 * 86_400.0) + 1.0, "{done}");
    let resumed = app.sql().value("SELECT resumed ->> 'read' FROM imports");
    assert_eq!(resumed, "1000", "1500 rows are what it is measured by");
}
