//! An import that somebody stops, at any point of its way.

use std::io::{Read, Write};
use std::net::TcpStream;

use actix_web::rt::System;
use performance_framework::bulk::queue;
use performance_framework::config::traffic::Traffic;
use performance_framework::db::session;
use serde_json::{Value, json};

use super::jobs::{post, read, ten, work};
use super::{many, row};
use crate::support::App;
use crate::support::app::unlimited;
use crate::support::client::Client;

#[test]
fn it_is_stopped_before_and_during_the_work() {
    let app = ten();
    post(&app, "", &many(1500)).must_be(202);
    let stopped = app.provider().post("imports/1/cancel").call().must_be(200).json();
    assert_eq!(stopped["state"], "cancelled");
    assert_eq!((work(&app), app.sql().count("quarterly_submissions"), app.sql().count("import_contents")), (0, 0, 0));
    post(&app, "", &many(1500)).must_be(202);
    app.sql().run("UPDATE imports SET state = 'working', started_at = now() WHERE number = 2");
    assert_eq!(app.provider().post("imports/2/cancel").call().must_be(200).json()["state"], "working");
    work(&app);
    assert_eq!((&read(&app, 2)["state"], app.sql().count("quarterly_submissions")), (&json!("cancelled"), 0));
    // What is over stays as it is.
    app.provider().post("imports").send(&json!([row("M-1", "2024-25-Q1", 50)])).must_be(200);
    app.provider().post("imports").send(&json!([row("M-1", "2024-25-Q1", 104)])).must_be(422);
    for (number, state) in [(2, "cancelled"), (3, "done"), (4, "refused")] {
        let cancel = || app.provider().post(&format!("imports/{number}/cancel")).call();
        assert_eq!(app.storing_nothing(cancel).must_be(200).json()["state"], state);
    }
    app.provider().post("imports/9/cancel").call().problem(404, "not_found");
}

#[test]
fn one_that_is_stopped_just_before_it_begins_does_not_begin() {
    let app = ten();
    post(&app, "", &many(1500)).must_be(202);
    let found = |work: bool| {
        let (url, base, key) = (app.database_url(), app.base().to_owned(), app.key_of("another", &["admin"]));
        System::new().block_on(async move {
            let mut connection = session::connect(&url).await.unwrap();
            let job = queue::first(&mut connection).await.unwrap().unwrap();
            if !work {
                Client::new(&base, Some(&key)).post("imports/1/cancel").call().must_be(200);
            }
            queue::start(&mut connection, job.number, true).await.unwrap()
        })
    };
    // The worker has found it, and somebody stops it before work begins.
    assert!(!found(false));
    let stopped = read(&app, 1);
    assert_eq!((&stopped["state"], &stopped["started_at"]), (&json!("cancelled"), &Value::Null));
    assert_eq!((work(&app), app.sql().count("import_contents")), (0, 0));
    post(&app, "", &many(1500)).must_be(202);
    assert!(found(true) && found(true), "what was broken off is begun anew");
}

#[test]
fn others_stop_no_import_but_an_administrator_does() {
    let app = ten();
    post(&app, "", &many(1500)).must_be(202);
    let other = app.anonymous().with_key(&app.key_of("other-system", &["read", "submit"]));
    let refused = app.storing_nothing(|| other.post("imports/1/cancel").call()).problem(403, "forbidden");
    refused.says("was sent by `provider`");
    assert_eq!(app.admin().post("imports/1/cancel").call().must_be(200).json()["state"], "cancelled");
}

#[test]
fn who_follows_an_import_takes_a_place_of_those_who_wait() {
    let app = App::limited(Traffic { requests: 1, waiting: 1, ..unlimited() });
    post(&app, "", &many(1500)).must_be(202);
    let mut following = TcpStream::connect(app.base().trim_start_matches("http://")).unwrap();
    let key = app.key_of("follower", &["read"]);
    let request = format!(
        "GET /api/v1/imports/1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\nConnection: close\r\n\r\n"
    );
    following.write_all(request.as_bytes()).unwrap();
    let (mut told, mut part) = (String::new(), [0; 4096]);
    while !told.contains("event: progress") {
        let read = following.read(&mut part).unwrap();
        assert!(read > 0, "{told}");
        told.push_str(&String::from_utf8_lossy(&part[..read]));
    }
    // It is not in hand, and a second one finds no place.
    app.reader().get("imports/1/events").call().problem(503, "overloaded").says("wait for the end of imports");
    app.provider().post("imports/1/cancel").call().must_be(200);
    following.read_to_string(&mut told).unwrap();
    assert!(told.contains("event: end") && told.contains("cancelled"), "{told}");
}
