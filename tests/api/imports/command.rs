//! `performance-framework push FILE`: what it prints, what it stores, and its exit codes.

use std::fs;
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use super::app;
use super::jobs::work;
use crate::commands::run;
use crate::support::App;

/// A key of the scope by which files are pushed.
fn key(app: &App) -> String {
    let body = json!({"name": "team", "scopes": ["read", "submit"]});
    app.admin().post("keys").send(&body).must_be(201).json()["key"].as_str().unwrap().to_owned()
}

/// A folder of the test's own, and a file in it.
fn file(test: &str, name: &str, content: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("push-{test}"));
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    fs::write(&path, content).unwrap();
    path
}

/// Pushes a file: exit code, what was printed, and what was logged.
fn push(app: &App, key: &str, file: &Path, words: &[&str]) -> (Option<i32>, String, String) {
    let all = [&["push", file.to_str().unwrap(), "--url", app.base()], words].concat();
    run(&[("API_KEY", key)], &all)
}

fn value(app: &App, measure: &str) -> Value {
    app.reader().get(&format!("quarterly-submissions/{measure}/2024-25-Q1")).call().json()["value"].clone()
}

#[test]
fn a_file_is_stored_once_however_often_it_is_pushed() {
    let app = app();
    let key = key(&app);
    let path = file(
        "once",
        "quarter.csv",
        "measure,quarter,data_period,value\nM-1,2024-25-Q1,2024-25-Q1,41\nM-2,2024-25-Q1,2024-25-Q1,42\n",
    );
    let (code, printed, log) = push(&app, &key, &path, &["--dry-run"]);
    assert_eq!(code, Some(0), "{printed}{log}");
    assert!(
        printed.contains("dry run") && printed.contains("2 rows: 2 created") && printed.contains("Effect: "),
        "{printed}"
    );
    assert_eq!(value(&app, "M-1"), Value::Null);
    let (code, printed, log) = push(&app, &key, &path, &[]);
    assert!(code == Some(0) && printed.contains("2 rows: 2 created"), "{printed}{log}");
    let (code, printed, _) = push(&app, &key, &path, &[]);
    assert!(code == Some(0) && printed.contains("2 unchanged"), "{printed}");
    assert_eq!((value(&app, "M-1"), value(&app, "M-2")), (json!(41), json!(42)));
}

#[test]
fn a_refused_row_is_told_mended_and_pushed_again() {
    let app = app();
    let key = key(&app);
    let content =
        "measure,quarter,data_period,value\nM-1,2024-25-Q1,2024-25-Q1,41\nM-2,2024-25-Q1,2024-25-Q1,\"1,042\"\n";
    let path = file("mended", "quarter.csv", content);
    let refused = path.with_file_name("refused.csv");
    let to = refused.to_str().unwrap();
    let (code, printed, log) = push(&app, &key, &path, &["--refused", to]);
    assert_eq!(code, Some(1), "{printed}{log}");
    assert!(printed.contains("1 refused") && printed.contains("M-2") && printed.contains("value: "), "{printed}");
    assert_eq!(value(&app, "M-1"), Value::Null, "all or nothing");
    let (code, printed, _) = push(&app, &key, &path, &["--mode", "row_by_row", "--refused", to]);
    assert!(code == Some(1) && printed.contains("1 created"), "{printed}");
    assert_eq!(value(&app, "M-1"), json!(41));
    let mended = fs::read_to_string(&refused).unwrap().replacen("\"1,042\"", "42", 1);
    fs::write(&refused, mended).unwrap();
    let (code, printed, log) = push(&app, &key, &refused, &[]);
    assert!(code == Some(0) && printed.contains("1 created"), "{printed}{log}");
    assert_eq!(value(&app, "M-2"), json!(42));
}

#[test]
fn more_than_a_thousand_rows_are_waited_for() {
    let app = app();
    let key = key(&app);
    for number in 4..=10 {
        app.measure(&format!("M-{number}")).create();
    }
    let path = file("many", "rows.json", &json!(super::many(1_100)).to_string());
    let pushed = thread::scope(|scope| {
        let pushing = scope.spawn(|| push(&app, &key, &path, &[]));
        while !pushing.is_finished() {
            work(&app);
            thread::sleep(Duration::from_millis(50));
        }
        pushing.join().unwrap()
    });
    let (code, printed, log) = pushed;
    assert!(code == Some(0) && printed.contains("1100 rows: 1100 created"), "{printed}{log}");
}

/// What stands before a service and answers the first request itself: that an earlier try of it is still being worked.
fn in_flight_at_first(app: &App) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let service = app.base().trim_start_matches("http://").to_owned();
    thread::spawn(move || {
        let (mut first, _) = listener.accept().unwrap();
        let (mut request, mut part) = (Vec::new(), [0; 4096]);
        while !request.ends_with(b",41\n") {
            let read = first.read(&mut part).unwrap();
            request.extend_from_slice(&part[..read]);
        }
        let body = json!({"code": "request_in_flight", "detail": "Still being answered.", "errors": []}).to_string();
        let answer =
            format!("HTTP/1.1 409 Conflict\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
        first.write_all(answer.as_bytes()).unwrap();
        for further in listener.incoming() {
            let (from, to) = (further.unwrap(), TcpStream::connect(&service).unwrap());
            for (mut from, mut to) in [(from.try_clone().unwrap(), to.try_clone().unwrap()), (to, from)] {
                thread::spawn(move || io::copy(&mut from, &mut to));
            }
        }
    });
    address
}

#[test]
fn a_try_that_is_still_being_worked_is_waited_for() {
    let app = app();
    let key = key(&app);
    let path = file("flight", "quarter.csv", "measure,quarter,data_period,value\nM-1,2024-25-Q1,2024-25-Q1,41\n");
    let words = ["push", path.to_str().unwrap(), "--url", &in_flight_at_first(&app)];
    let (code, printed, log) = run(&[("API_KEY", &key)], &words);
    assert!(code == Some(0) && printed.contains("1 created"), "{printed}{log}");
}

/// A service that takes a file as its import 7, and then is heard of no more.
fn silent_afterwards() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        let (mut first, _) = listener.accept().unwrap();
        let (mut request, mut part) = (Vec::new(), [0; 4096]);
        while !request.ends_with(b",41\n") {
            let read = first.read(&mut part).unwrap();
            request.extend_from_slice(&part[..read]);
        }
        let counts = json!({"read": 0, "stored": 0, "created": 0, "updated": 0, "proposed": 0, "unchanged": 0, "not_stored": 0,
            "refused": 0, "warned": 0});
        let body = json!({"number": 7, "state": "waiting", "mode": "all_or_nothing", "dry_run": false, "counts": counts,
            "progress": {"percent": 0.0, "rows_per_second": null, "seconds_left": null}, "notes": [], "effect": null, "problem": null});
        let body = body.to_string();
        let answer =
            format!("HTTP/1.1 202 Accepted\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
        first.write_all(answer.as_bytes()).unwrap();
        drop(first);
        let unavailable =
            json!({"code": "unavailable", "detail": "The database does not answer just now. Nothing was stored."});
        let unavailable = unavailable.to_string();
        for further in listener.incoming() {
            let mut further = further.unwrap();
            drop(further.read(&mut part));
            let answer = format!(
                "HTTP/1.1 503 Service Unavailable\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{unavailable}",
                unavailable.len()
            );
            drop(further.write_all(answer.as_bytes()));
        }
    });
    address
}

#[test]
fn what_goes_on_without_being_heard_of_is_told_as_it_is() {
    let path = file("silent", "quarter.csv", "measure,quarter,data_period,value\nM-1,2024-25-Q1,2024-25-Q1,41\n");
    let base = silent_afterwards();
    let words = ["push", path.to_str().unwrap(), "--url", &base, "--patience", "1"];
    let (code, _, log) = run(&[("API_KEY", "pf_of-nobody")], &words);
    assert_eq!(code, Some(1));
    let told = [
        "import 7 was received whole".to_owned(),
        "goes on with it".to_owned(),
        format!("{base}/api/v1/imports/7"),
        "push the same file".to_owned(),
    ];
    assert!(told.iter().all(|words| log.contains(words)) && !log.contains("Nothing was stored"), "{log}");
}

#[test]
fn a_file_of_which_no_row_was_stored_says_so() {
    let app = app();
    let key = key(&app);
    let path = file(
        "nothing",
        "quarter.csv",
        "measure,quarter,data_period,value\nM-1,2024-25-Q1,2024-25-Q1,41\nM-2,2024-25-Q1,2024-25-Q1,104\n",
    );
    let (code, printed, log) = push(&app, &key, &path, &[]);
    assert_eq!(code, Some(1), "{printed}{log}");
    assert!(
        printed.contains("(nothing was stored)")
            && printed.contains("2 rows: 0 created")
            && printed.contains("1 right but not stored"),
        "{printed}"
    );
    assert!(log.contains("1 of 2 rows were refused; nothing was stored"), "{log}");
}

#[test]
fn what_cannot_be_pushed_says_why() {
    let app = app();
    let key = key(&app);
    let path = file("why", "quarter.csv", "measure,quarter,data_period,valeu\n");
    let odd = file("why", "quarter.xlsx", "");
    let gone = path.with_file_name("gone.csv");
    for (key, path, words) in [
        (key.as_str(), &path, "valeu"),
        (key.as_str(), &odd, ".csv, .json or .ndjson"),
        (key.as_str(), &gone, "gone.csv"),
        ("", &path, "API_KEY"),
        ("pf_wrong", &path, "key"),
    ] {
        let before = app.everything();
        let (code, _, log) = push(&app, key, path, &[]);
        assert!(code == Some(1) && log.contains(words), "{code:?}: {log}");
        assert_eq!(app.everything(), before, "{words}");
    }
}
