//! Clients that send slowly, or without end: they are cut off.

use std::io::Write;
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use performance_framework::config::traffic::Traffic;

use crate::support::app::unlimited;
use crate::support::{App, Role, raw};

const PATH: &str = "PUT /api/v1/frameworks/F HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";

fn app() -> App {
    App::limited(Traffic { head_seconds: 1, body_seconds: 1, ..unlimited() })
}

fn head(app: &App, more: &str) -> String {
    format!("{PATH}Authorization: Bearer {}\r\n{more}\r\n", app.key(Role::Editor))
}

/// Sends a part again and again, with a pause, on a thread of its own, until the service takes no more.
fn trickle(stream: &TcpStream, part: &'static [u8], pause: Duration) -> thread::JoinHandle<()> {
    let mut stream = stream.try_clone().unwrap();
    thread::spawn(move || {
        while stream.write_all(part).is_ok() {
            thread::sleep(pause);
        }
    })
}

/// What the service says to a client that goes on and on; both ends must come to an end.
fn cut_off(app: &App, begin: &str, part: &'static [u8], pause: Duration) -> String {
    let mut stream = raw::connect(app.base());
    stream.write_all(begin.as_bytes()).unwrap();
    let sending = trickle(&stream, part, pause);
    let answer = raw::until_closed(stream);
    sending.join().unwrap();
    answer
}

const SLOWLY: Duration = Duration::from_millis(50);

#[test]
fn a_head_that_does_not_end() {
    let app = app();
    let answer = cut_off(&app, "GET /health/live HTTP/1.1\r\nHost: x\r\n", b"X: y\r\n", SLOWLY);
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    app.reader().get("frameworks").call().must_be(200);
}

#[test]
fn a_body_that_does_not_end() {
    let app = app();
    for (more, part) in [("Content-Length: 100000\r\n", &b" "[..]), ("Transfer-Encoding: chunked\r\n", b"1\r\n \r\n")] {
        let answer = cut_off(&app, &head(&app, more), part, SLOWLY);
        assert!(answer.starts_with("HTTP/1.1 408 ") && answer.contains("\"request_timeout\""), "{more}{answer}");
    }
    assert_eq!(app.sql().count("frameworks"), 0);
}

#[test]
fn a_body_that_nobody_reads_any_more() {
    let app = app();
    let chunked = "Transfer-Encoding: chunked\r\n";
    let large: &'static [u8] = Box::leak([&b"4000\r\n"[..], &[b' '; 0x4000], b"\r\n"].concat().into_boxed_slice());
    let answer = cut_off(&app, &head(&app, chunked), large, Duration::ZERO);
    assert!(answer.contains(" 413 ") || answer.is_empty(), "{answer}");
    for pause in [Duration::ZERO, SLOWLY] {
        let answer = cut_off(&app, &format!("{PATH}{chunked}\r\n"), b"1\r\n \r\n", pause);
        assert!(answer.starts_with("HTTP/1.1 401 ") || answer.is_empty(), "{answer}");
    }
    app.reader().get("frameworks").call().must_be(200);
}

/// Answers that nobody takes: the system holds some, then the service has to wait. What the client sends meanwhile is refused by
/// the system once the connection is ended.
#[test]
#[cfg(target_os = "linux")]
fn answers_that_nobody_takes() {
    let app = App::limited(Traffic { answer_seconds: 1, ..unlimited() });
    let mut stream = raw::connect(app.base());
    let asking = "GET /openapi.json HTTP/1.1\r\nHost: x\r\nAccept-Encoding: identity\r\n\r\n".repeat(50);
    stream.write_all(asking.as_bytes()).unwrap();
    let began = Instant::now();
    while stream.write_all(b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n").is_ok() {
        assert!(began.elapsed() < Duration::from_secs(60), "the connection is still there");
        thread::sleep(SLOWLY);
    }
    app.anonymous().get("/health/live").call().must_be(200);
}

#[test]
fn a_whole_body_in_chunks_keeps_the_connection() {
    let app = app();
    let body = r#"{"title": "T", "committee": "C", "first_year": "2024-25", "last_year": "2024-25"}"#;
    let (one, two) = body.split_at(20);
    let request = format!(
        "{}{:x}\r\n{one}\r\n{:x}\r\n{two}\r\n0\r\n\r\n",
        head(&app, "Transfer-Encoding: chunked\r\n"),
        one.len(),
        two.len()
    );
    let answers = raw::exchange(
        app.base(),
        format!("{request}GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
    );
    assert!(answers.starts_with("HTTP/1.1 201 ") && answers.contains("HTTP/1.1 200 OK"), "{answers}");
}
