//! Receipts are kept, listed, and given as a file that can be mended and sent again.

use actix_web::rt::System;
use performance_framework::server;
use serde_json::json;

use super::jobs::{post, ten, work};
use super::{app, many, outcomes, row, send, send_csv};

#[test]
fn an_import_is_kept_with_every_row() {
    let app = app();
    let rows = [row("M-1", "2024-25-Q1", 50), row("M-2", "2024-25-Q1", 104)];
    let refused = send(&app, "", &rows).problem(422, "import_refused").member("import").clone();
    let done = send(&app, "?mode=row_by_row", &rows).must_be(200).json();
    let read = |number: &serde_json::Value| app.reader().get(&format!("imports/{number}")).call().must_be(200).json();
    for told in [refused, done] {
        let kept = read(&told["number"]);
        for field in ["state", "mode", "counts", "caller", "form", "charset", "created_at"] {
            assert_eq!(kept[field], told[field], "{field}");
        }
        let page = app.reader().get(&format!("imports/{}/rows", told["number"])).call().must_be(200).json();
        assert_eq!(page["items"], told["rows"]);
    }
    let list = app.reader().get("imports?sort=-key").call().must_be(200).json();
    let states: Vec<_> = list["items"].as_array().unwrap().iter().map(|one| one["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["done", "refused"]);
    let only = app.reader().get("imports?state=refused&count=true").call().must_be(200).json();
    assert_eq!((only["total"].as_i64(), &only["items"][0]["state"]), (Some(1), &json!("refused")));
    app.reader().get("imports/999").call().problem(404, "not_found");
    app.reader().get("imports?as_of=2025-01-01T00:00:00Z").call().problem(400, "unknown_parameter");
}

#[test]
fn rows_come_in_pages_and_by_their_outcome() {
    let app = app();
    let rows = [
        row("M-1", "2024-25-Q1", 50),
        row("M-2", "2024-25-Q1", 104),
        row("M-3", "2024-25-Q1", 50),
        row("M-1", "2024-25-Q2", 105),
    ];
    send(&app, "?mode=row_by_row", &rows).must_be(200);
    let first = app.reader().get("imports/1/rows?outcome=refused&limit=1").call().must_be(200);
    assert_eq!(first.json()["items"][0]["row"], 2);
    let second = app.reader().follow(first.json()["next"].as_str().unwrap()).call().must_be(200).json();
    assert_eq!((&second["items"][0]["row"], &second["next"]), (&json!(4), &json!(null)));
    app.reader().get("imports/1/rows?cursor=x").call().problem(400, "invalid_cursor");
}

#[test]
fn the_file_of_refused_rows_is_mended_and_sent_again() {
    let app = app();
    let content = "measure,quarter,data_period,value,narrative.challenges\n\
        M-1,2024-25-Q1,2024-25-Q1,50,\n\
        M-2,2024-25-Q1,2024-25-Q1,\"1,04\",\"Two\nlines, and \"\"so\"\".\"\n\
        M-9,2024-25-Q1,2024-25-Q1,7,\n";
    send_csv(&app, "?mode=row_by_row", content).must_be(200);
    let file = app.reader().get("imports/1/rows?format=csv").call().must_be(200);
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    let text = file.text();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[0],
        "measure,quarter,data_period,value,narrative.challenges,error_code,error_column,error_value,error_detail"
    );
    assert!(lines[1].starts_with("M-2,2024-25-Q1,2024-25-Q1,\"1,04\",\"Two"), "{text}");
    assert!(lines[2].contains("thousands_separator,value,\"1,04\""), "{text}");
    assert!(lines[3].contains("M-9") && lines[3].contains("unknown_reference,measure,M-9"), "{text}");
    let mended = text.replace("\"1,04\",\"Two", "104,\"Two").replace("M-9", "M-3");
    let again = send_csv(&app, "?mode=row_by_row", mended).must_be(200);
    assert_eq!(outcomes(&again), ["refused", "created"]);
    // The errors of the second file are its own.
    let text = app.reader().get("imports/2/rows").header("Accept", "text/csv").call().must_be(200).text();
    assert!(!text.contains("thousands_separator") && text.contains("out_of_range"), "{text}");
    assert_eq!(outcomes(&send_csv(&app, "", text.replace("104,\"Two", "54,\"Two")).must_be(200)), ["created"]);
}

#[test]
fn a_spreadsheet_runs_nothing_of_the_file_of_refused_rows() {
    let app = app();
    let link = "=HYPERLINK(\"\"http://x/\"\")";
    let content = format!(
        "measure,quarter,data_period,value,quality_note\nM-1,2024-25-Q1,2024-25-Q1,=1+1,\"{link}\"\nM-2,2024-25-Q1,2024-25-Q1,-5,\n"
    );
    send_csv(&app, "?mode=row_by_row", content).must_be(200);
    let text = app.reader().get("imports/1/rows?format=csv").call().must_be(200).text();
    assert!(
        text.contains(&format!(",'=1+1,\"'{link}\",formula,value,'=1+1,")) && text.contains(",-5,,out_of_range"),
        "{text}"
    );
    let mended = text.replacen("'=1+1", "2", 1).replacen(",-5,", ",5,", 1);
    assert_eq!(outcomes(&send_csv(&app, "", mended).must_be(200)), ["created", "created"]);
    let note = app.sql().value("SELECT quality_note FROM quarterly_submissions WHERE measure = 'M-1'");
    assert_eq!(note, "=HYPERLINK(\"http://x/\")");
}

#[test]
fn refused_rows_of_json_come_in_our_columns() {
    let app = app();
    let mut wrong = row("M-1", "2024-25-Q1", 104);
    wrong["narrative"] = json!({"challenges": "So."});
    send(&app, "?mode=row_by_row", &[wrong]).must_be(200);
    let text = app.reader().get("imports/1/rows?format=csv").call().must_be(200).text();
    let again = send_csv(&app, "", text.replacen(",104,", ",54,", 1)).must_be(200);
    assert_eq!(outcomes(&again), ["created"], "{text}");
    assert_eq!(app.sql().value("SELECT narrative ->> 'challenges' FROM quarterly_submissions"), "So.");
}

#[test]
fn old_receipts_go_with_their_imports_and_young_ones_stay() {
    let app = app();
    for quarter in ["2024-25-Q1", "2024-25-Q2"] {
        send(&app, "", &[row("M-1", quarter, 50), row("M-2", quarter, 1)]).must_be(200);
    }
    app.sql().run("UPDATE imports SET ended_at = now() - interval '91 days' WHERE number = 1");
    app.sql().run("UPDATE imports SET ended_at = now() - interval '89 days' WHERE number = 2");
    System::new().block_on(server::purge(&app.database_url())).unwrap();
    app.reader().get("imports/1").call().problem(404, "not_found");
    assert_eq!((app.sql().count("imports"), app.sql().count("import_rows")), (1, 2));
    assert_eq!(app.sql().count("quarterly_submissions"), 4);
}

#[test]
fn what_is_kept_of_an_import_and_cannot_be_read_is_an_error_and_not_nothing() {
    let app = ten();
    send(&app, "", &[row("M-1", "2024-25-Q1", 50)]).must_be(200);
    app.sql().run("UPDATE imports SET counts = '{\"read\": \"many\"}'");
    app.reader().get("imports/1").call().problem(500, "internal_error");
    app.sql().run("UPDATE import_rows SET notes = '{}'");
    app.reader().get("imports/1/rows").call().problem(500, "internal_error");
    app.sql().run("DELETE FROM imports");
    // Work does not begin anew at the beginning, as if nothing had been stored.
    post(&app, "?mode=row_by_row", &many(1100)).must_be(202);
    app.sql().run("UPDATE imports SET state = 'working', place = '{\"byte\": \"far\"}'");
    assert_eq!((work(&app), app.sql().count("import_rows")), (1, 0));
    let failed = app.reader().get("imports/2").call().must_be(200).json();
    assert_eq!((&failed["state"], &failed["problem"]["code"]), (&json!("failed"), &json!("internal_error")));
}

/// Counts of an import's rows by what became of them.
fn counted(counts: &serde_json::Value, names: &[&str]) -> Vec<i64> {
    names.iter().map(|name| counts[name].as_i64().unwrap()).collect()
}

#[test]
fn what_was_not_stored_is_neither_created_nor_changed() {
    const NAMES: [&str; 7] = ["read", "valid", "stored", "created", "unchanged", "not_stored", "refused"];
    let app = ten();
    send(&app, "", &[row("M-3", "2024-25-Q1", 50)]).must_be(200);
    let rows = [row("M-1", "2024-25-Q1", 50), row("M-2", "2024-25-Q1", 104), row("M-3", "2024-25-Q1", 50)];
    let refused = send(&app, "", &rows);
    assert_eq!(outcomes(&refused), ["not_stored", "refused", "unchanged"]);
    let told = refused.problem(422, "import_refused").member("import").clone();
    assert_eq!(
        (&told["rows"][0]["revision"], counted(&told["counts"], &NAMES)),
        (&json!(null), vec![3, 2, 0, 0, 1, 1, 1])
    );
    // A job is neither before it ends nor when it is stopped or refused.
    let mut many = many(1500);
    many.push(row("M-1", "2090-91-Q1", 104));
    post(&app, "", &many).must_be(202);
    work(&app);
    let job = app.reader().get("imports/3").call().must_be(200).json();
    assert_eq!(
        (job["state"].as_str(), counted(&job["counts"], &NAMES)),
        (Some("refused"), vec![1501, 1500, 0, 0, 0, 1500, 1])
    );
    let of = |outcome: &str| {
        let page = app.reader().get(&format!("imports/3/rows?outcome={outcome}&limit=1000")).call().must_be(200).json();
        page["items"].as_array().unwrap().len()
    };
    assert_eq!([of("created"), of("not_stored"), of("refused")], [0, 1000, 1]);
    post(&app, "", &many).must_be(202);
    app.sql().run("UPDATE imports SET state = 'working', started_at = now(), cancel_asked = true WHERE number = 4");
    work(&app);
    let job = app.reader().get("imports/4").call().must_be(200).json();
    assert_eq!((job["state"].as_str(), &job["counts"]["created"]), (Some("cancelled"), &json!(0)));
    // What became of rows is told alike of a dry run and of what was stored row by row.
    assert_eq!(outcomes(&send(&app, "?mode=row_by_row&dry_run=true", &rows)), ["created", "refused", "unchanged"]);
    assert_eq!(outcomes(&send(&app, "?mode=row_by_row", &rows)), ["created", "refused", "unchanged"]);
}
