//! `as_of`: whatever was answered once is answered again, byte for byte, whatever is written afterwards.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use performance_framework::resources;
use serde_json::json;

use crate::support::client::Answer;
use crate::support::document::operations;
use crate::support::{App, Client};

/// Reads that a change of the figures, targets, definitions or narrative of `M-1` would show.
const QUESTIONS: &[&str] = &[
    "frameworks",
    "frameworks/F",
    "outcomes?sort=-updated_at",
    "outcomes/O-1",
    "measures?framework=F&count=true",
    "measures/M-1",
    "targets?framework=F",
    "targets/M-1/2024-25",
    "quarterly-submissions?framework=F&which=all",
    "quarterly-submissions/M-1/2024-25-Q1",
    "quarterly-submissions/M-1/2024-25-Q1/revisions",
    "quarterly-submissions/M-1/2024-25-Q1/revisions/1",
    "annual-target-reviews/F/2024-25",
    "frameworks/F/scorecard?quarter=2024-25-Q1",
    "frameworks/F/scorecard?quarter=2024-25-Q2&format=csv",
    "collection-cycles?framework=F",
    "collection-cycles/F/2024-25-Q1",
    "data-requests?framework=F&quarter=2024-25-Q1",
    "data-requests/M-1/2024-25-Q1",
    "data-requests/M-1/2024-25-Q2",
    "frameworks/F/chase-list?quarter=2024-25-Q2",
    "frameworks/F/deadlines.ics",
];

/// The instant by the database's clock, as `as_of` takes it.
fn now(app: &App) -> String {
    app.sql().value("SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")
}

fn ask(client: &Client, question: &str, instant: &str) -> Answer {
    let joint = if question.contains('?') { '&' } else { '?' };
    client.get(&format!("{question}{joint}as_of={instant}")).call()
}

/// Every answer as at an instant, each with what a cache would keep of it.
fn all(app: &App, instant: &str) -> Vec<(u16, String, Vec<u8>)> {
    let answers = QUESTIONS.iter().map(|question| ask(&app.reader(), question, instant));
    answers
        .map(|answer| {
            // A problem names its own request.
            let body =
                if answer.status == 200 { answer.body.clone() } else { answer.json()["code"].to_string().into() };
            (answer.status, answer.header("etag").to_owned(), body)
        })
        .collect()
}

/// Writes of every kind, one after the other, each of which changes some answer.
fn write(app: &App, step: usize) {
    let value = 40 + step;
    let patch = |path: &str, body: serde_json::Value| app.editor().patch(path).send(&body).must_be(200);
    match step % 11 {
        0 => drop(patch("measures/M-1", json!({"title": format!("Title {step}"), "decimal_places": step % 3}))),
        1 => drop(patch("targets/M-1/2024-25", json!({"value": value}))),
        2 => drop(patch("frameworks/F", json!({"title": format!("Framework {step}")}))),
        3 => drop(
            app.submission("M-1", "2024-25-Q1")
                .with(json!({"value": value, "narrative": {"challenges": format!("Step {step}")}}))
                .put(),
        ),
        4 => drop(app.provider().post("quarterly-submissions/M-1/2024-25-Q1/submit").call()),
        5 => drop(app.officer().post("quarterly-submissions/M-1/2024-25-Q1/approve").call()),
        6 => drop(
            app.officer()
                .post("quarterly-submissions/M-1/2024-25-Q1/revise")
                .send(&json!({"reason": "A late return.", "value": value})),
        ),
        7 => drop(patch("outcomes/O-1", json!({"position": step}))),
        8 => drop(
            app.editor()
                .put("collection-cycles/F/2024-25-Q2")
                .send(&json!({"opens_on": "2024-10-01", "due_on": format!("2024-10-{}", 10 + step % 20), "locks_on": "2024-11-04"})),
        ),
        9 => {
            let request = "data-requests/M-1/2024-25-Q2";
            if app.officer().post(&format!("{request}/reinstate")).call().status == 409 {
                app.officer().post(&format!("{request}/waive")).send(&json!({"reason": "None expected."})).must_be(200);
            }
        }
        _ => drop(
            app.editor().patch("annual-target-reviews/F/2024-25").send(&json!({"summary": format!("Step {step}")})),
        ),
    }
}

#[test]
fn old_answers_never_change_whatever_is_written() {
    let app = App::with_measure();
    let before_anything = "2020-01-01T00:00:00Z";
    app.target("M-1", "2024-25", 55).create();
    app.review("2024-25").create();
    let mut known = Vec::new();
    for step in 0..36 {
        write(&app, step);
        let instant = now(&app);
        let live: Vec<_> = QUESTIONS.iter().map(|question| app.reader().get(question).call().status).collect();
        let answers = all(&app, &instant);
        assert_eq!(answers.iter().map(|answer| answer.0).collect::<Vec<_>>(), live, "step {step}");
        known.push((instant, answers));
    }
    app.editor().delete("targets/M-1/2025-26").call();
    for (step, (instant, answers)) in known.iter().enumerate() {
        assert_eq!(&all(&app, instant), answers, "what was known after step {step}");
    }
    let distinct: std::collections::BTreeSet<_> = known.iter().map(|(_, answers)| answers).collect();
    assert!(distinct.len() > 20, "only {} of the writes changed anything", distinct.len());
    for (question, answer) in QUESTIONS.iter().zip(all(&app, before_anything)) {
        let list = ["frameworks", "outcomes?sort=-updated_at"].contains(question) || question.contains("=F");
        assert_eq!(answer.0, if list { 200 } else { 404 }, "{question} before anything was known");
    }
}

#[test]
fn as_at_now_is_what_is_known_now() {
    let app = App::with_measure();
    app.approved("M-1", "2024-25-Q1", 41);
    let instant = now(&app);
    for question in QUESTIONS {
        let (live, then) = (app.reader().get(question).call(), ask(&app.reader(), question, &instant));
        assert_eq!((then.status, then.header("etag")), (live.status, live.header("etag")), "{question}");
        if live.status == 200 {
            assert_eq!(then.text(), live.text(), "{question}");
            assert_eq!(then.header("as-of"), instant, "{question}");
            assert!(then.header("memento-datetime").ends_with(" GMT"), "{question}");
            assert_eq!(live.header("as-of"), "", "{question}");
        }
    }
}

#[test]
fn what_was_deleted_is_still_there_as_at_before() {
    let app = App::with_measure();
    app.target("M-1", "2025-26", 60).create();
    let instant = now(&app);
    app.editor().delete("targets/M-1/2025-26").call().must_be(204);
    app.reader().get("targets/M-1/2025-26").call().must_be(404);
    assert_eq!(ask(&app.reader(), "targets/M-1/2025-26", &instant).must_be(200).json()["value"], 60);
    assert_eq!(ask(&app.reader(), "targets/M-1/2025-26", &now(&app)).must_be(404).json()["code"], "not_found");
}

#[test]
fn a_writer_that_has_not_ended_is_waited_for() {
    let app = App::with_measure();
    let (writer, url) = (app.another_sql(), app.database_url());
    writer.run("BEGIN; UPDATE measures SET title = 'Written late' WHERE code = 'M-1'");
    let instant = now(&app);
    let (reader, asked) = (app.reader(), instant.clone());
    let (tell, told) = mpsc::channel();
    let waiting = thread::spawn(move || tell.send(ask(&reader, "measures/M-1", &asked).json()["title"].clone()));
    // An answer now could only be the old title, which the same question would contradict after the commit.
    assert_eq!(told.recv_timeout(Duration::from_millis(300)), Err(mpsc::RecvTimeoutError::Timeout), "{url}");
    writer.run("COMMIT");
    assert_eq!(told.recv().unwrap(), "Written late");
    waiting.join().unwrap().unwrap();
    assert_eq!(ask(&app.reader(), "measures/M-1", &instant).json()["title"], "Written late");
}

#[test]
fn a_writer_who_began_later_is_not_waited_for() {
    let app = App::with_measure();
    let writer = app.another_sql();
    let instant = "2025-02-04T10:00:00Z";
    writer.run("BEGIN; UPDATE measures SET title = 'Later' WHERE code = 'M-1'");
    ask(&app.reader(), "measures/M-1", instant).must_be(404);
    writer.run("ROLLBACK");
}

#[test]
fn all_rows_of_one_write_are_known_from_one_instant() {
    let app = App::with_outcome();
    app.sql().run(
        "BEGIN; UPDATE outcomes SET title = 'New'; SELECT pg_sleep(0.01); UPDATE frameworks SET title = 'New'; COMMIT",
    );
    let instants = app.sql().column("SELECT updated_at FROM outcomes UNION SELECT updated_at FROM frameworks");
    assert_eq!(instants.len(), 1, "{instants:?}");
}

#[test]
fn versions_of_a_row_never_overlap() {
    let app = App::with_measure();
    // The transaction that stamps first writes the row last.
    let (early, late) = (app.another_sql(), app.another_sql());
    early.run("BEGIN; UPDATE outcomes SET title = 'Early'");
    late.run("UPDATE measures SET title = 'Late'");
    early.run("UPDATE measures SET title = 'Early'; COMMIT");
    let overlaps = "history.measures h JOIN measures m USING (code) WHERE h.superseded_at > m.updated_at OR h.superseded_at <= h.updated_at";
    assert_eq!(app.sql().count(overlaps), 0);
    assert_eq!(app.reader().get("measures/M-1").call().json()["title"], "Early");
}

#[test]
fn wrong_instants_are_refused() {
    let app = App::start();
    for (instant, status, code) in [
        ("tomorrow", 400, "invalid_parameter"),
        ("2025-02-04", 400, "invalid_parameter"),
        ("2025-02-04T10:00:00", 400, "invalid_parameter"),
        ("", 400, "invalid_parameter"),
        ("9999-12-31T23:59:59Z", 422, "as_of_in_future"),
    ] {
        for question in ["measures", "measures/M-1", "frameworks/F/scorecard?quarter=2024-25-Q1"] {
            let answer = ask(&app.reader(), question, instant).must_be(status);
            assert_eq!(answer.json()["code"], code, "{question} as of {instant}");
        }
    }
    ask(&app.reader(), "measures", "0001-01-01T00:00:00Z").must_be(200);
    ask(&app.reader(), "measures", "2025-02-04T10:00:00+01:00").must_be(200);
}

#[test]
fn every_read_of_governed_data_travels() {
    // Reads of what has no past of its own: the log is the past, and keys, accounts, callers, limits, imports, where the feed is and how calls fare are not
    // part of the framework.
    let present = [
        "/api/v1/accounts",
        "/api/v1/audit",
        "/api/v1/changes",
        "/api/v1/frameworks/{framework}/connection.pbids",
        "/api/v1/imports",
        "/api/v1/keys",
        "/api/v1/limits",
        "/api/v1/me",
        "/api/v1/measures/{measure}/consumers",
        "/api/v1/webhook-endpoints/{endpoint}/deliveries",
        "/api/v1/webhook-endpoints/{endpoint}/standing",
    ];
    let mut checked = 0;
    for operation in operations().iter().filter(|one| one.method == "GET" && one.path.starts_with("/api/")) {
        let travels = operation.parameters("query").any(|parameter| parameter["name"] == "as_of");
        let within = |path: &&str| operation.path == **path || operation.path.starts_with(&format!("{path}/"));
        let governed = !present.iter().any(within);
        assert_eq!(travels, governed, "{operation} takes `Moment` in its parameters and reads by `db.reading`");
        checked += usize::from(governed);
    }
    assert!(checked > 12, "only {checked} reads are looked at");
}

#[test]
fn every_governed_table_is_remembered() {
    let app = App::start();
    // What was decided to be shown is written once: it has no past.
    let governed = app.sql().column(
        "SELECT relname FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid WHERE tgname = 'z_log_change' \
         AND relname NOT IN ('accounts', 'api_keys', 'disclosures')",
    );
    assert!(governed.len() >= resources::ALL.len(), "{governed:?}");
    for table in governed {
        let columns = |schema: &str| {
            app.sql().column(&format!(
                "SELECT column_name || ' ' || udt_name FROM information_schema.columns WHERE table_schema = '{schema}' \
                 AND table_name = '{table}' AND column_name <> 'superseded_at' ORDER BY ordinal_position"
            ))
        };
        let now = columns("public");
        for schema in ["history", "as_of"] {
            assert_eq!(
                columns(schema),
                now,
                "schema {schema}: let the migration of `{table}` CALL remember('{table}', …)"
            );
        }
    }
}

#[test]
fn what_the_log_knew_before_is_remembered_too() {
    let app = App::with_measure();
    let instant = now(&app);
    app.editor().patch("measures/M-1").send(&json!({"title": "New title"})).must_be(200);
    // As a later migration does that adds a column.
    app.sql().run(
        "CALL forget('measures'); ALTER TABLE measures ADD later text NOT NULL DEFAULT 'as before'; CALL remember('measures', 'code')",
    );
    assert_eq!(app.sql().column("SELECT title || ', ' || later FROM history.measures"), ["Measure M-1, as before"]);
    assert_eq!(ask(&app.reader(), "measures/M-1", &instant).must_be(200).json()["title"], "Measure M-1");
}
