//! An import that somebody stops, at any point of its way.

use actix_web::rt::System;
use performance_framework::bulk::queue;
use performance_framework::db::session;
use serde_json::{Value, json};

use super::jobs::{post, read, ten, work};
use super::{many, row};
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
