//! `GET /limits` tells what is in force; and the bounds of sizes, each tried at its limit and one beyond.

use performance_framework::config::traffic::Traffic;
use serde_json::{Value, json};

use crate::support::{App, raw};

fn limits(app: &App) -> Value {
    app.anonymous().get("limits").call().must_be(200).json()
}

fn number(told: &Value, pointer: &str) -> usize {
    told.pointer(pointer).and_then(Value::as_u64).unwrap_or_else(|| panic!("{pointer} in {told}")).try_into().unwrap()
}

#[test]
fn everybody_may_read_what_is_configured() {
    let traffic = Traffic {
        reads: 7,
        writes: 0,
        failures: 9,
        requests: 11,
        reports: 3,
        waiting: 5,
        exports: 15,
        connections: 13,
        head_seconds: 17,
        body_seconds: 19,
        answer_seconds: 21,
        keep_alive_seconds: 23,
        ..Traffic::default()
    };
    let told = limits(&App::limited(traffic));
    assert_eq!(told["quotas"]["reads"], json!({"requests": 70, "seconds": 10}));
    assert_eq!(told["quotas"]["writes"], Value::Null);
    assert_eq!(told["quotas"]["failures"], json!({"requests": 9, "seconds": 60}));
    for (pointer, value) in [
        ("/quotas/longest_wait_seconds", 120),
        ("/at_once/requests", 11),
        ("/at_once/reports", 3),
        ("/at_once/waiting", 5),
        ("/at_once/exports", 15),
        ("/at_once/exports_per_caller", 8),
        ("/at_once/connections", 13),
        ("/times/head_seconds", 17),
        ("/times/body_seconds", 19),
        ("/times/answer_seconds", 21),
        ("/times/keep_alive_seconds", 23),
    ] {
        assert_eq!(number(&told, pointer), value, "{pointer}");
    }
}

#[test]
fn sizes_hold_to_the_last_one() {
    let app = App::with_measure();
    let told = limits(&app);
    let (rows, levels) = (number(&told, "/sizes/page_rows"), number(&told, "/sizes/body_levels"));
    app.reader().get(&format!("measures?limit={rows}")).call().must_be(200);
    app.reader().get(&format!("measures?limit={}", rows + 1)).call().problem(400, "invalid_parameter");
    let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    let put = |body: String| app.editor().put("frameworks/F").raw("application/json", body);
    put(nested(levels)).problem(400, "invalid_body");
    put(nested(levels + 1)).problem(400, "malformed_json");
    let bytes = number(&told, "/sizes/body_bytes");
    put(" ".repeat(bytes)).problem(400, "malformed_json");
    put(" ".repeat(bytes + 1)).problem(413, "body_too_large");
    let characters = number(&told, "/sizes/idempotency_key_characters");
    let post = |key: String| {
        app.provider().post("quarterly-submissions/M-1/2024-25-Q1/submit").header("Idempotency-Key", &key).call()
    };
    post("k".repeat(characters)).problem(404, "not_found");
    post("k".repeat(characters + 1)).problem(400, "invalid_header");
}

#[test]
fn heads_have_so_many_headers_and_bytes() {
    let app = App::start();
    let sizes = limits(&app)["sizes"].clone();
    let (headers, bytes) = (number(&sizes, "/headers"), number(&sizes, "/head_bytes"));
    let with = |more: &str| {
        let request = format!("GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{more}\r\n");
        raw::exchange(app.base(), request).split("\r\n").next().unwrap_or_default().to_owned()
    };
    let many = |number: usize| (0..number).map(|at| format!("X-{at}: y\r\n")).collect::<String>();
    assert_eq!(with(&many(headers - 2)), "HTTP/1.1 200 OK");
    assert_eq!(with(&many(headers - 1)), "HTTP/1.1 431 Request Header Fields Too Large");
    assert_eq!(with(&format!("X: {}\r\n", "y".repeat(bytes - 1000))), "HTTP/1.1 200 OK");
    let beyond = with(&format!("X: {}\r\n", "y".repeat(2 * bytes)));
    assert!(!beyond.contains(" 200 "), "{beyond}");
}

#[test]
fn packed_bodies_are_not_unpacked() {
    let app = App::with_framework();
    for coding in ["gzip", "br", "deflate, gzip", "zstd"] {
        let put = || app.editor().put("frameworks/F").header("Content-Encoding", coding).raw("application/json", "{}");
        app.storing_nothing(put).problem(415, "unsupported_media_type").says(coding);
    }
    let plain = app.editor().put("frameworks/F").header("Content-Encoding", "identity").raw("application/json", "{}");
    plain.problem(400, "invalid_body");
}
