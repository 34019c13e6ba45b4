//! NUL and other control characters, wherever text is taken.

use serde_json::json;

use crate::support::App;

#[test]
fn in_a_body() {
    let app = App::with_measure();
    for character in ["\u{0}", "\u{1}", "\u{8}", "\u{1b}", "\u{7f}", "\u{85}", "\u{9f}"] {
        let text = format!("before{character}after");
        let note = || app.submission("M-1", "2024-25-Q1").set("quality_note", &text).put();
        app.storing_nothing(note).problem(400, "invalid_body").only_fault("/quality_note", "wrong_pattern");
        let title = || app.framework("G").set("title", &text).put();
        app.storing_nothing(title).problem(400, "invalid_body").only_fault("/title", "wrong_pattern");
        let name = || app.submission("M-1", "2024-25-Q1").set("narrative", json!({text.as_str(): "x"})).put();
        let refused = app.storing_nothing(name);
        assert!([400, 422].contains(&refused.status), "{refused}");
        let unknown = || app.framework("G").set(&text, "x").put();
        app.storing_nothing(unknown).problem(400, "invalid_body");
    }
    for line_break in ["\n", "\r", "\u{2028}"] {
        let title = || app.framework("G").set("title", format!("before{line_break}after")).put();
        app.storing_nothing(title).problem(400, "invalid_body").only_fault("/title", "wrong_pattern");
    }
    for blank in [" ", "\t", "\u{a0}", "\u{2003}"] {
        app.storing_nothing(|| app.framework("G").set("title", blank).put()).problem(400, "invalid_body");
    }
}

#[test]
fn in_an_address() {
    let app = App::with_measure();
    let body = json!({"framework": "F", "title": "T"});
    for path in [
        "outcomes/O%00",
        "outcomes/%00",
        "outcomes/O%0A",
        "outcomes/O%7F",
        "outcomes/%E2%80%A8",
        "outcomes/%FF",
        "outcomes/O%20",
    ] {
        let refused = app.storing_nothing(|| app.editor().put(path).send(&body));
        refused.problem(400, "invalid_parameter");
        let read = app.reader().get(path).call();
        assert!([400, 404].contains(&read.status), "{read}");
        read.problem(read.status, if read.status == 400 { "invalid_parameter" } else { "not_found" });
    }
    app.reader().get("quarterly-submissions/M-1%00/2024-25-Q1").call().problem(400, "invalid_parameter");
    app.reader().get("quarterly-submissions/M-1/2024-25-Q1%00").call().problem(400, "invalid_parameter");
    app.reader().get("/problems/not%00found").call().problem(400, "invalid_parameter");
}

#[test]
fn in_a_query() {
    let app = App::with_measure();
    for query in [
        "measures?framework=%00",
        "measures?%00=1",
        "changes?actor=a%00b",
        "changes?resource=%00",
        "measures?cursor=%00",
    ] {
        app.reader().get(query).call().problem(400, "invalid_parameter");
    }
    for query in ["changes?actor=a%0Ab", "changes?resource=%1B"] {
        let answer = app.reader().get(query).call().must_be(200);
        assert_eq!(answer.json()["items"], json!([]));
    }
    app.reader().get("measures?framework=%FF").call().problem(400, "invalid_parameter");
}

#[test]
fn in_a_header() {
    let app = App::with_measure();
    let body = json!({"code": "G", "title": "T", "committee": "C", "first_year": "2024-25", "last_year": "2024-25"});
    let long = "k".repeat(256);
    for key in ["", " ", long.as_str(), "\u{e9}"] {
        let post = || app.editor().post("frameworks").header("Idempotency-Key", key).send(&body);
        app.storing_nothing(post).problem(400, "invalid_header").says("Idempotency-Key");
    }
    let made = app.editor().post("frameworks").header("X-Request-Id", "it's; DROP TABLE").send(&body).must_be(201);
    assert_ne!(made.header("x-request-id"), "it's; DROP TABLE");
}
