//! How many requests are answered at one time.

use std::thread;
use std::time::{Duration, Instant};

use performance_framework::config::traffic::Traffic;
use performance_framework::limits::gate::REPORTS;
use serde_json::json;

use crate::support::App;
use crate::support::app::unlimited;
use crate::support::document::operations;

/// Waits until a session of the service waits for a lock.
fn until_it_waits(app: &App) {
    let began = Instant::now();
    let watcher = app.another_sql();
    while watcher.count("pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == 0 {
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
fn every_address_of_a_report_is_one_of_the_document() {
    for report in REPORTS {
        let found = operations().into_iter().any(|operation| operation.path.ends_with(&format!("/{report}")));
        assert!(found, "no address ends with {report}");
    }
}
