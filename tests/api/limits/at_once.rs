//! How many requests are answered at one time.

use std::thread;
use std::time::{Duration, Instant};

use performance_framework::config::traffic::Traffic;
use performance_framework::limits::gate::REPORTS;
use serde_json::json;

use crate::observations::settle;
use crate::support::App;
use crate::support::app::unlimited;
use crate::support::document::operations;

/// Waits until a session of the service waits for a lock.
fn until_it_waits(app: &App) {
    until_so_many_wait(app, 1);
}

fn until_so_many_wait(app: &App, sessions: usize) {
    let began = Instant::now();
    let watcher = app.another_sql();
    while watcher.count("pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") < sessions {
        assert!(began.elapsed() < Duration::from_secs(60), "the request does not come to wait");
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn one_more_than_fit_is_refused_at_once_and_health_is_answered() {
    let app = App::limited(Traffic { requests: 1, ..unlimited() });
    app.framework("F").create();
    let holder = app.another_sql();
    holder.run("BEGIN; SELECT FROM frameworks FOR UPDATE");
    let client = app.editor();
    let held = thread::spawn(move || client.patch("frameworks/F").send(&json!({"title": "Held"})));
    until_it_waits(&app);
    for refused in [app.reader().get("frameworks").call(), app.anonymous().get("/problems").call()] {
        refused.problem(503, "overloaded").says("1 requests");
        assert_eq!(refused.header("retry-after"), "1");
    }
    for path in ["/health/live", "/health/ready"] {
        app.anonymous().get(path).call().must_be(200);
    }
    holder.run("ROLLBACK");
    // Free again, whether the one before was answered in time or given up.
    assert!([200, 503].contains(&held.join().unwrap().status));
    app.reader().get("frameworks").call().must_be(200);
}

#[test]
fn reports_have_a_smaller_bound_of_their_own() {
    let app = App::limited(Traffic { reports: 1, ..unlimited() });
    app.framework("F").create();
    let path = "frameworks/F/scorecard?quarter=2024-25-Q1";
    let holder = app.another_sql();
    holder.run("BEGIN; LOCK TABLE frameworks IN ACCESS EXCLUSIVE MODE");
    let client = app.reader();
    let held = thread::spawn(move || client.get(path).call());
    until_it_waits(&app);
    app.reader().get(path).call().problem(503, "overloaded").says("1 reports");
    app.anonymous().get("/problems").call().must_be(200);
    holder.run("ROLLBACK");
    assert!([200, 503].contains(&held.join().unwrap().status));
    app.reader().get(path).call().must_be(200);
}

#[test]
fn pages_of_the_feeds_that_are_not_in_memory_count_among_the_reports() {
    let app = App::limited(Traffic { reports: 1, ..unlimited() });
    app.framework("F").create();
    let known = "observations?measure=KNOWN";
    settle(&app);
    app.reader().get(known).call().must_be(200);
    let holder = app.another_sql();
    holder.run("BEGIN; LOCK TABLE quarterly_submissions IN ACCESS EXCLUSIVE MODE");
    let client = app.reader();
    let held = thread::spawn(move || client.get("observations?measure=HELD").call());
    until_it_waits(&app);
    for path in ["observations?measure=NEXT", "/odata/v1/Observations", "/odata/v1/Observations/$count"] {
        app.reader().get(path).call().problem(503, "overloaded").says("1 reports and pages");
    }
    app.reader().get(known).call().must_be(200);
    holder.run("ROLLBACK");
    assert!([200, 503].contains(&held.join().unwrap().status));
    app.reader().get("/odata/v1/Observations").call().must_be(200);
}

#[test]
fn one_caller_writes_at_most_half_of_the_whole_feeds() {
    let app = App::limited(Traffic { exports: 2, ..unlimited() });
    app.framework("F").create();
    let csv = "observations?format=csv";
    let [another, third] = ["another", "third"].map(|name| {
        let key = json!({"name": name, "scopes": ["read"]});
        app.anonymous().with_key(app.admin().post("keys").send(&key).must_be(201).json()["key"].as_str().unwrap())
    });
    let holder = app.another_sql();
    holder.run("BEGIN; LOCK TABLE quarterly_submissions IN ACCESS EXCLUSIVE MODE");
    let client = app.reader();
    let held = thread::spawn(move || client.get(csv).call());
    until_it_waits(&app);
    app.reader().get(csv).call().problem(503, "overloaded").says("1 whole feeds of yours");
    let beside = thread::spawn(move || another.get(csv).call());
    until_so_many_wait(&app, 2);
    third.get(csv).call().problem(503, "overloaded").says("2 whole feeds are");
    holder.run("ROLLBACK");
    assert!([held, beside].into_iter().all(|one| [200, 503].contains(&one.join().unwrap().status)));
    app.reader().get(csv).call().must_be(200);
}

#[test]
fn every_address_of_a_report_is_one_of_the_document() {
    for report in REPORTS {
        let found = operations().into_iter().any(|operation| operation.path.ends_with(&format!("/{report}")));
        assert!(found, "no address ends with {report}");
    }
}
