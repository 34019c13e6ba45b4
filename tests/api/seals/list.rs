//! What the API tells of seals: heads to be noted down, and how far they are behind.

use serde_json::json;

use crate::support::App;
use crate::support::audit::all_sealed;

#[test]
fn tells_how_far_the_seals_are_behind() {
    let app = App::with_framework();
    let before = app.reader().get("audit/seals").call().must_be(200).json();
    let changes = app.sql().count("changes");
    assert_eq!((&before["items"], &before["lag"]["unsealed"]), (&json!([]), &json!(changes)));
    assert!(
        before["lag"]["oldest_changed_at"].is_string() && before["lag"]["milliseconds"].as_i64() >= Some(0),
        "{before}"
    );
    all_sealed(&app);
    let after = app.reader().get("audit/seals").call().must_be(200).json();
    assert_eq!(after["lag"], json!({"unsealed": 0, "oldest_changed_at": null, "milliseconds": 0}));
    let head = &after["items"][0];
    assert_eq!(head["last_sequence"].to_string(), app.sql().value("SELECT max(sequence) FROM changes"));
}

#[test]
fn pages_go_from_the_newest_to_the_first_each_chained_to_the_next() {
    let app = App::with_framework();
    for number in 1..=4 {
        app.outcome(&format!("O-{number}")).create();
        all_sealed(&app);
    }
    let mut page = app.reader().get("audit/seals?limit=3").call().must_be(200).json();
    let mut heads = page["items"].as_array().unwrap().clone();
    while let Some(next) = page["next"].as_str() {
        page = app.reader().follow(next).call().must_be(200).json();
        heads.extend(page["items"].as_array().unwrap().clone());
    }
    assert!(heads.len() >= 4, "{heads:?}");
    for pair in heads.windows(2) {
        assert_eq!(pair[0]["previous_hash"], pair[1]["hash"]);
        assert_eq!(pair[0]["number"].as_i64().unwrap(), pair[1]["number"].as_i64().unwrap() + 1);
    }
    assert_eq!(heads.last().unwrap()["previous_hash"], "0".repeat(64));
}

#[test]
fn reads_one_head() {
    let app = App::with_framework();
    all_sealed(&app);
    let listed = app.reader().get("audit/seals").call().json()["items"].as_array().unwrap().last().unwrap().clone();
    let read = app.reader().get("audit/seals/1").call().must_be(200);
    assert_eq!(read.json(), listed);
    let known = app.reader().get("audit/seals/1").header("If-None-Match", read.header("etag")).call();
    known.must_be(304);
    app.reader().get("audit/seals/99").call().problem(404, "not_found");
    app.reader().get("audit/seals/x").call().problem(400, "invalid_parameter");
    for cursor in ["x", "AAAA", "MA"] {
        app.reader().get(&format!("audit/seals?cursor={cursor}")).call().problem(400, "invalid_cursor");
    }
    app.reader().get("audit/seals?limit=0").call().problem(400, "invalid_parameter");
}
