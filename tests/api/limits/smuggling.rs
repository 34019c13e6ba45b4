//! Requests whose end two readers could see in two places, and headers that could become lines of their own: refused, and the
//! connection closed, so that nothing behind them is taken for a request.

use crate::support::{App, Role, raw};

/// Behind each request stands another; if that is answered, too, it was smuggled.
const SMUGGLED: &str =
    "GET /health/live HTTP/1.1\r\nHost: smuggled\r\nX-Request-Id: smuggled\r\nConnection: close\r\n\r\n";

fn refused(app: &App, head: &str) {
    let key = app.key(Role::Editor);
    let request = format!("{}Authorization: Bearer {key}\r\n\r\n0\r\n\r\n{SMUGGLED}", head.replace('\n', "\r\n"));
    let answer = raw::exchange(app.base(), request);
    assert!(answer.starts_with("HTTP/1.1 400 "), "{head:?}: {answer}");
    assert!(!answer.contains("smuggled"), "{head:?}: {answer}");
    assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{head:?}: {answer}");
}

#[test]
fn two_readers_see_one_end() {
    let app = App::start();
    for head in [
        "POST /api/v1/frameworks HTTP/1.1\nHost: x\nContent-Length: 5\nTransfer-Encoding: chunked\n",
        "POST /api/v1/frameworks HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\nContent-Length: 5\n",
        "POST /api/v1/frameworks HTTP/1.1\nHost: x\nContent-Length: 5\nContent-Length: 6\n",
        "POST /api/v1/frameworks HTTP/1.1\nHost: x\nContent-Length: 5, 6\n",
        "POST /api/v1/frameworks HTTP/1.1\nHost: x\nContent-Length: +5\n",
        "POST /api/v1/frameworks HTTP/1.1\nHost: x\nContent-Length: -1\n",
        "POST /api/v1/frameworks HTTP/1.1\nHost: x\nContent-Length: 0x5\n",
        "POST /api/v1/frameworks HTTP/1.1\nHost: x\nContent-Length: 99999999999999999999\n",
        "POST /api/v1/frameworks HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\nTransfer-Encoding: identity\n",
        "POST /api/v1/frameworks HTTP/1.1\nHost: x\nTransfer-Encoding: chunked, identity\n",
        "POST /api/v1/frameworks HTTP/1.1\nHost: x\nTransfer-Encoding: xchunked\n",
        "POST /api/v1/frameworks HTTP/1.1\nHost: x\nTransfer-Encoding : chunked\n",
        "POST /api/v1/frameworks HTTP/1.1\nHost: x\nX: a\n Transfer-Encoding: chunked\n",
        "POST /api/v1/frameworks HTTP/1.0\nHost: x\nTransfer-Encoding: chunked\n",
    ] {
        refused(&app, head);
    }
}

/// A body in chunks whose frames two readers could see differently; behind it stands another request.
fn framed(app: &App, chunks: &str) -> String {
    let key = app.key(Role::Editor);
    let request = format!(
        "PUT /api/v1/frameworks/F HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\
         Authorization: Bearer {key}\r\n\r\n{chunks}{SMUGGLED}"
    );
    raw::exchange(app.base(), request)
}

#[test]
fn frames_of_chunks_have_one_reading() {
    let app = App::start();
    for chunks in [
        "2\n{}\n0\n\n",
        "2\r\n{}\n0\r\n\r\n",
        "2\r\n{}0\r\n\r\n",
        "2\r\n{}\r0\r\n\r\n",
        "2;a\nb\r\n{}\r\n0\r\n\r\n",
        "2;a\0b\r\n{}\r\n0\r\n\r\n",
        "0x2\r\n{}\r\n0\r\n\r\n",
        "+2\r\n{}\r\n0\r\n\r\n",
        "-2\r\n{}\r\n0\r\n\r\n",
        " 2\r\n{}\r\n0\r\n\r\n",
        "2 2\r\n{}\r\n0\r\n\r\n",
        "\r\n{}\r\n0\r\n\r\n",
        "10000000000000002\r\n{}\r\n0\r\n\r\n",
        "ffffffffffffffff\r\n{}\r\n",
    ] {
        let answer = framed(&app, chunks);
        assert!(!answer.contains("smuggled"), "{chunks:?}: {answer}");
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{chunks:?}: {answer}");
        assert!(answer.matches("HTTP/1.1 ").count() <= 1, "{chunks:?}: {answer}");
    }
    assert_eq!(app.sql().count("frameworks"), 0);
    // What the standard allows: extensions are passed over, and what stands behind the end is the next request.
    let answer = framed(&app, "2;name=value;other=\"a;b\"\r\n{}\r\n0\r\n\r\n");
    assert!(answer.starts_with("HTTP/1.1 400 ") && answer.contains("\"invalid_body\""), "{answer}");
    assert!(answer.contains("x-request-id: smuggled"), "the next request is not read as one: {answer}");
}

#[test]
fn nothing_in_a_header_ends_it() {
    let app = App::start();
    for bad in ["a\0b", "a\rb", "\u{7}", "a\u{7f}"] {
        let request = format!("GET /health/live HTTP/1.1\r\nHost: x\r\nX-Request-Id: {bad}\r\n\r\n{SMUGGLED}");
        let answer = raw::exchange(app.base(), request);
        assert!(answer.starts_with("HTTP/1.1 400 "), "{bad:?}: {answer}");
        assert!(!answer.contains("smuggled"), "{bad:?}: {answer}");
    }
    // A bare LF ends a line, as the standard allows a reader to see it; so what follows is a header, and no part of a value.
    let answer =
        raw::exchange(app.base(), "GET /health/live HTTP/1.1\nHost: x\nX-Request-Id: one\nConnection: close\n\n");
    assert!(answer.starts_with("HTTP/1.1 200 ") && answer.contains("x-request-id: one\r\n"), "{answer}");
}

#[test]
fn what_is_not_http_is_told_so_and_cut_off() {
    let app = App::start();
    for bad in [
        "\0\0\0\0\r\n\r\n",
        "GET\r\n\r\n",
        "GET /health/live\r\n\r\n",
        "GET /health/live HTTP/9.9\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "G\u{e9}T / HTTP/1.1\r\n\r\n",
        "GET /a b HTTP/1.1\r\n\r\n",
        "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}\u{fc}\u{3}\u{3}\r\n\r\n",
    ] {
        let answer = raw::exchange(app.base(), bad);
        assert!(answer.starts_with("HTTP/1.1 400 "), "{bad:?}: {answer}");
        assert!(!answer.to_lowercase().contains("\r\nserver:"), "{answer}");
    }
    app.reader().get("frameworks").call().must_be(200);
}

#[test]
fn http_2_is_not_offered() {
    let app = App::start();
    let answer = raw::exchange(
        app.base(),
        "GET /health/live HTTP/1.1\r\nHost: x\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\nConnection: close\r\n\r\n",
    );
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}
