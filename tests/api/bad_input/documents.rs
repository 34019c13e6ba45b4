//! Bodies that are no JSON document, or one that nobody should send.

use super::push;
use crate::support::{App, Role, raw};

#[test]
fn what_is_not_json_is_told_with_its_place() {
    let app = App::with_measure();
    for text in [
        "",
        " ",
        "{",
        "{\"value\": }",
        "{\"value\": 1,}",
        "{'value': 1}",
        "{value: 1}",
        "{\"value\": 01}",
        "{\"value\": +1}",
        "{\"value\": .5}",
        "{\"value\": NaN}",
        "{\"value\": Infinity}",
        "{\"value\": 1} {\"value\": 2}",
        "{\"quality_note\": \"\u{1}\"}",
        "{\"quality_note\": \"line\nbreak\"}",
        "{\"quality_note\": \"\\ud800\"}",
        "<value>1</value>",
        "value=1",
        "\u{feff}{\"value\": 1}",
    ] {
        push(&app, text).problem(400, "malformed_json").says(" at line ");
    }
    push(&app, b"{\"quality_note\": \"\xff\xfe\"}".to_vec()).problem(400, "malformed_json");
}

#[test]
fn a_name_stands_once_in_an_object() {
    let app = App::with_measure();
    for text in [
        r#"{"data_period": "2024-25-Q1", "value": 1, "value": 2}"#,
        r#"{"data_period": "2024-25-Q1", "narrative": {"results": "a", "results": "b"}}"#,
        r#"{"data_period": "2024-25-Q1", "value": 1, "valu\u0065": 2}"#,
    ] {
        push(&app, text).problem(400, "malformed_json").says("stands twice");
    }
}

#[test]
fn a_hundred_thousand_levels_are_refused_and_the_service_lives_on() {
    let app = App::with_measure();
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
        push(&app, deep).problem(400, "malformed_json").says("100 levels");
    }
    push(&app, "[".repeat(100_000)).problem(400, "malformed_json");
    app.submission("M-1", "2024-25-Q1").create();
}

#[test]
fn more_than_a_mebibyte_is_refused() {
    let app = App::with_measure();
    let body = |size: usize| format!("{{\"data_period\": \"2024-25-Q1\"{}}}", " ".repeat(size - 29));
    push(&app, body(1024 * 1024 + 1)).problem(413, "body_too_large").says("1048576");
    app.provider().put("quarterly-submissions/M-1/2024-25-Q1").raw("application/json", body(1024 * 1024)).must_be(201);
}

#[test]
fn ten_megabytes_are_refused_however_they_come() {
    let app = App::with_measure();
    let key = app.key(Role::Provider).to_owned();
    let head = format!(
        "PUT /api/v1/quarterly-submissions/M-1/2024-25-Q1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\
         Authorization: Bearer {key}\r\nContent-Type: application/json\r\n"
    );
    let whole = vec![b' '; 10_000_000];
    let chunk = [format!("{:x}\r\n", 100_000).into_bytes(), vec![b' '; 100_000], b"\r\n".to_vec()].concat();
    let sized = [format!("{head}Content-Length: {}\r\n\r\n", whole.len()).into_bytes(), whole].concat();
    let chunked =
        [format!("{head}Transfer-Encoding: chunked\r\n\r\n").into_bytes(), chunk.repeat(100), b"0\r\n\r\n".to_vec()]
            .concat();
    let before = app.everything();
    for request in [sized, chunked] {
        let answer = raw::exchange(app.base(), &request);
        assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
        assert!(answer.contains("application/problem+json") && answer.contains("body_too_large"), "{answer}");
    }
    assert_eq!(app.everything(), before);
}

#[test]
fn json_that_is_no_object_is_refused() {
    let app = App::with_measure();
    for text in ["null", "true", "1", "\"text\"", "[]", "[{\"data_period\": \"2024-25-Q1\"}]"] {
        push(&app, text).problem(400, "invalid_body").only_fault("", "wrong_type");
    }
    push(&app, "{}").problem(400, "invalid_body").only_fault("/data_period", "required");
}
