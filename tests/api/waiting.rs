//! `GET /api/v1/changes?wait=`: who has reached the end of the log is answered with the next change, whoever makes it.

use std::thread::{self, JoinHandle};
use std::time::Duration;

use performance_framework::config::traffic::Traffic;
use serde_json::{Value, json};

use crate::commands::Process;
use crate::support::app::{Service, unlimited};
use crate::support::db::{Database, Role};
use crate::support::receiver::until;
use crate::support::{Answer, App, Client};

/// A service that lets one caller wait and answers one request at a time.
fn narrow() -> App {
    App::limited(Traffic { requests: 1, waiting: 1, ..unlimited() })
}

/// The end of the log, once all that is in it can be seen.
fn end(client: &Client, wanted: usize) -> String {
    let page = || client.get("changes").call().must_be(200).json();
    until("the log to settle", || page()["items"].as_array().unwrap().len() >= wanted);
    page()["cursor"].as_str().unwrap().to_owned()
}

/// The answer to who asks again while too many wait.
fn patiently(client: &Client, path: &str) -> Answer {
    loop {
        let answer = client.get(path).call();
        if answer.status != 503 {
            return answer;
        }
    }
}

/// A caller who waits, once it does: until then a second one is let wait, too.
fn waits(app: &App, query: String) -> JoinHandle<Answer> {
    let client = app.reader();
    let asked = query.clone();
    let waiting = thread::spawn(move || patiently(&client, &format!("changes?{asked}")));
    let second = format!("changes?{}", query.replace("wait=60", "wait=1"));
    until("the caller to wait", || {
        let answer = app.reader().get(&second).call();
        answer.status == 503 && answer.json()["detail"].as_str().is_some_and(|told| told.contains("callers wait"))
    });
    waiting
}

fn keys(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|item| item["resource_key"].as_str().unwrap()).collect()
}

#[test]
fn who_waits_is_answered_with_the_next_change_and_is_not_in_hand() {
    let app = narrow();
    app.framework("F").create();
    let cursor = end(&app.reader(), 1);
    let waiting = waits(&app, format!("cursor={cursor}&wait=60"));
    app.reader().get("frameworks").call().must_be(200);
    app.outcome("O-1").create();
    let page = waiting.join().unwrap().must_be(200).json();
    assert_eq!((keys(&page), page["next"].clone()), (vec!["O-1"], Value::Null));
    assert_ne!(page["cursor"], json!(cursor));
}

#[test]
fn a_change_by_another_instance_is_heard_and_others_are_filtered() {
    let app = narrow();
    app.framework("F").create();
    let cursor = end(&app.reader(), 1);
    let waiting = waits(&app, format!("cursor={cursor}&wait=60&resource=outcomes"));
    let other = Service::start(&app.database_url());
    let editor = Client::new(&other.base, Some(app.key(Role::Editor)));
    editor.patch("frameworks/F").send(&json!({"title": "Not asked for"})).must_be(200);
    let outcome = json!({"framework": "F", "title": "T", "position": 1, "status": "active"});
    editor.put("outcomes/O-1").send(&outcome).must_be(201);
    assert_eq!(keys(&waiting.join().unwrap().must_be(200).json()), ["O-1"]);
}

#[test]
fn what_is_there_is_answered_at_once_and_nothing_once_the_time_is_up() {
    let app = App::with_framework();
    let cursor = end(&app.reader(), 1);
    // Were it to wait, the test's client would still be waiting.
    let there = app.reader().get("changes?wait=60").call().must_be(200).json();
    assert_eq!(keys(&there), ["F"]);
    let nothing = app.reader().get(&format!("changes?cursor={cursor}&wait=1")).call().must_be(200).json();
    assert_eq!(nothing, json!({"items": [], "next": null, "cursor": cursor}));
    for wait in ["61", "-1", "soon", "300"] {
        app.reader().get(&format!("changes?wait={wait}")).call().problem(400, "invalid_parameter").says("wait");
    }
    let limited = json!({"name": "team", "grants": [{"role": "provider", "framework": "F"}]});
    let key = app.admin().post("keys").send(&limited).must_be(201).json()["key"].as_str().unwrap().to_owned();
    app.anonymous().with_key(&key).get("changes?wait=60").call().problem(403, "forbidden");
}

#[test]
fn the_end_of_the_service_ends_it() {
    let database = Database::fresh();
    let url = database.url();
    let (mut service, base) = Process::start(&[("DATABASE_URL", &url), ("MAX_WAITING", "1")]);
    let client = Client::new(&base, Some(database.key(Role::Reader)));
    let waiting = {
        let client = client.clone();
        thread::spawn(move || patiently(&client, "changes?resource=none&wait=60"))
    };
    until("the caller to wait", || client.get("changes?resource=none&wait=1").call().status == 503);
    thread::sleep(Duration::from_millis(50));
    let (code, log) = service.end("TERM");
    assert_eq!(code, Some(0), "{log}");
    assert_eq!(waiting.join().unwrap().must_be(200).json()["items"], json!([]));
}
