//! How much may come in one import, as `GET /limits` tells it: each bound tried at its limit and one beyond.

use serde_json::{Value, json};

use super::{app, row};
use crate::support::{App, Role, raw};

fn bound(app: &App, name: &str) -> usize {
    let told = app.anonymous().get("limits").call().must_be(200).json()["imports"].clone();
    told[name].as_u64().unwrap_or_else(|| panic!("{name} in {told}")).try_into().unwrap()
}

#[test]
fn so_many_rows_are_answered_for_at_once() {
    let app = app();
    let rows = bound(&app, "rows_at_once");
    let same: Vec<Value> = vec![row("M-1", "2024-25-Q1", 50); rows + 1];
    let post = |rows: &[Value]| app.provider().post("imports?mode=row_by_row&dry_run=true").send(&json!(rows));
    let answer = post(&same[1..]).must_be(200).json();
    assert_eq!((&answer["counts"]["read"], answer["rows"].as_array().unwrap().len()), (&json!(rows), rows));
    let accepted = post(&same).must_be(202).json();
    assert_eq!((&accepted["state"], &accepted["rows"]), (&json!("waiting"), &Value::Null));
}

#[test]
fn so_many_bytes_are_answered_for_at_once() {
    let app = app();
    let bytes = bound(&app, "bytes_at_once");
    let line = format!("{}\n", row("M-1", "2024-25-Q1", 50));
    for (length, status) in [(bytes, 200), (bytes + 1, 202)] {
        let content = format!("{line}{}", "\n".repeat(length - line.len()));
        app.provider().post("imports?dry_run=true").raw("application/x-ndjson", content).must_be(status);
    }
}

#[test]
fn a_row_has_so_many_bytes() {
    let app = app();
    let bytes = bound(&app, "row_bytes");
    let line = row("M-1", "2024-25-Q1", 50).to_string();
    let padded = |length: usize| format!("{}{}", line, " ".repeat(length - line.len()));
    let post = |length: usize| {
        let content = format!("{line}\n{}\n", padded(length));
        app.provider().post("imports?mode=row_by_row&dry_run=true").raw("application/x-ndjson", content)
    };
    post(bytes).must_be(200);
    let refused = app.storing_nothing(|| post(bytes + 1));
    refused.problem(422, "import_unreadable").only_fault("", "row_too_large").says("line 2");
    let open = format!("measure,quarter,data_period,quality_note\nM-1,2024-25-Q1,2024-25-Q1,\"{}", "x\n".repeat(bytes));
    let refused = app.storing_nothing(|| app.provider().post("imports").raw("text/csv", open));
    refused.problem(422, "import_unreadable").says("quotation mark");
}

#[test]
fn a_content_that_is_too_large_is_refused_before_it_comes() {
    let app = app();
    let before = app.everything();
    let head = format!(
        "POST /api/v1/imports HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {}\r\nContent-Type: text/csv\r\nContent-Length: {}\r\n\r\n",
        app.key(Role::Provider),
        bound(&app, "bytes") + 1
    );
    let answer = raw::exchange(app.base(), head);
    assert!(answer.starts_with("HTTP/1.1 413") && answer.contains("body_too_large"), "{answer}");
    assert_eq!(app.everything(), before);
}

#[test]
fn packed_contents_are_not_unpacked() {
    let app = app();
    for coding in ["gzip", "br", "deflate, gzip", "zstd"] {
        let post = || app.provider().post("imports").header("Content-Encoding", coding).raw("text/csv", "x");
        app.storing_nothing(post).problem(415, "unsupported_media_type").says(coding);
    }
    let plain = app.provider().post("imports").header("Content-Encoding", "identity");
    plain.raw("text/csv", "measure,quarter,data_period\n").must_be(200);
}

#[test]
fn what_nests_too_deep_is_refused_in_its_row() {
    let app = app();
    let levels: usize =
        app.anonymous().get("limits").call().json()["sizes"]["body_levels"].as_u64().unwrap().try_into().unwrap();
    let mut deep = row("M-1", "2024-25-Q1", 50).to_string();
    deep.insert_str(1, &format!("\"narrative\": {}{}, ", "[".repeat(levels * 2), "]".repeat(levels * 2)));
    let answer = app.provider().post("imports?mode=row_by_row").raw("application/x-ndjson", deep).must_be(200);
    assert_eq!(super::errors(&answer, 0), [(String::new(), "malformed_json".to_owned())]);
}
