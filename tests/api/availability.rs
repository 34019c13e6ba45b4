//! The database goes away and comes back: every request is told so, quickly, and the service recovers by itself.

use std::fs;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use performance_framework::db::embedded::{DATABASE, Embedded};
use performance_framework::db::migrate;
use serde_json::json;

use crate::support::app::Service;
use crate::support::db::{Role, make_keys};
use crate::support::{App, Client, cluster};

/// Longer than any answer may take on a machine that is busy with other tests.
const PATIENCE: Duration = Duration::from_secs(60);

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

#[test]
fn a_database_that_is_away_is_told_and_its_return_is_noticed() {
    let folder = Folder(cluster::folder("-away"));
    let mut postgres = Embedded::start_for_tests(&folder.0).unwrap();
    let url = postgres.url(DATABASE);
    migrate::run(&url).unwrap();
    let keys = make_keys(&url);
    let service = Service::start(&url);
    let client = |role: Role| Client::new(&service.base, Some(&keys[&role]));
    let body = json!({"title": "T", "committee": "C", "first_year": "2024-25", "last_year": "2024-25"});
    client(Role::Editor).put("frameworks/F").send(&body).must_be(201);
    client(Role::Reader).get("frameworks/F").call().must_be(200);

    postgres.stop();
    let began = Instant::now();
    // Twice: the first finds connections that broke, the second finds none.
    for _ in 0..2 {
        for answer in [
            client(Role::Reader).get("frameworks/F").call(),
            client(Role::Reader).get("frameworks").call(),
            client(Role::Editor).put("frameworks/G").send(&body),
            client(Role::Editor).delete("frameworks/F").call(),
            client(Role::Editor).get("/health/ready").call(),
        ] {
            answer.problem(503, "unavailable");
            assert!(answer.header("retry-after").parse::<u32>().is_ok_and(|seconds| seconds > 0), "{answer}");
            assert!(
                !answer.text().contains("socket") && !answer.text().contains("postgres"),
                "a cause leaks: {answer}"
            );
        }
        client(Role::Reader).get("/health/live").call().must_be(200);
    }
    assert!(began.elapsed() < PATIENCE, "ten answers took {:?}", began.elapsed());

    let _postgres = Embedded::start_for_tests(&folder.0).unwrap();
    let began = Instant::now();
    while client(Role::Reader).get("/health/ready").call().status != 200 {
        assert!(began.elapsed() < PATIENCE, "the service does not recover");
        thread::sleep(Duration::from_millis(50));
    }
    client(Role::Reader).get("frameworks/F").call().must_be(200);
    // Every connection of the pool may have to be found broken once.
    while client(Role::Editor).put("frameworks/G").send(&body).status == 503 {
        assert!(began.elapsed() < PATIENCE, "writes do not recover");
        thread::sleep(Duration::from_millis(50));
    }
    client(Role::Reader).get("frameworks/G").call().must_be(200);
}

#[test]
fn a_row_that_somebody_holds_too_long_is_told_as_unavailable() {
    let app = App::with_framework();
    let holder = app.another_sql();
    holder.run("BEGIN; SELECT FROM frameworks FOR UPDATE");
    let refused = app.editor().patch("frameworks/F").send(&json!({"title": "Held"}));
    refused.problem(503, "unavailable");
    assert_ne!(refused.header("retry-after"), "");
    app.reader().get("frameworks/F").call().must_be(200);
    holder.run("ROLLBACK");
    app.editor().patch("frameworks/F").send(&json!({"title": "Free"})).must_be(200);
}
