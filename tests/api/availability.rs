//! The database goes away and comes back: every request is told so, quickly, and the service recovers by itself.

use std::fs;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use performance_framework::clock;
use performance_framework::db::embedded::{DATABASE, Embedded};
use performance_framework::db::migrate;
use serde_json::json;

use crate::support::app::Service;
use crate::support::client::Answer;
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
    // No connection of the pool has to be found broken first.
    client(Role::Editor).put("frameworks/G").send(&body).must_be(201);
    client(Role::Reader).get("frameworks/G").call().must_be(200);
}

/// What a limited caller, one of the past and those who write find after every connection was ended, as at a restart of the database.
#[test]
fn connections_that_broke_while_nobody_used_them_are_not_handed_out() {
    let app = App::with_measure();
    let grants = json!([{"role": "provider", "measure": "M-1"}]);
    let made = app.admin().post("keys").send(&json!({"name": "team", "grants": grants})).must_be(201).json();
    let team = app.anonymous().with_key(made["key"].as_str().unwrap());
    let past = format!("frameworks/F?as_of={}", clock::now().format("%Y-%m-%dT%H:%M:%S%.6fZ"));
    let figure = json!({"data_period": "2024-25-Q1", "value": 50});
    let body = json!({"title": "T", "committee": "C", "first_year": "2024-25", "last_year": "2024-25"});
    let all = || {
        let mut asked = vec![
            app.editor().put("frameworks/G").send(&body),
            team.put("quarterly-submissions/M-1/2024-25-Q1").send(&figure),
            team.get("measures/M-1").call(),
            app.reader().get(&past).call(),
            app.reader().get("observations?limit=1").call(),
        ];
        // Several at once have several connections.
        asked.extend(thread::scope(|scope| {
            let write = |n| app.editor().put(&format!("frameworks/W-{n}")).send(&body);
            let threads: Vec<_> = (0..8).map(|n| scope.spawn(move || write(n))).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
        }));
        asked
    };
    let right = |answers: &[Answer]| answers.iter().for_each(|answer| assert!(answer.status < 300, "{answer}"));
    right(&all());
    app.sql().run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
    let others = "pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'";
    let ended = Instant::now();
    while app.sql().count(others) > 0 {
        assert!(ended.elapsed() < PATIENCE, "sessions do not end");
        thread::sleep(Duration::from_millis(5));
    }
    // The connection that is shared is watched, and replaced a moment after its end.
    while app.reader().get("frameworks/F").call().status != 200 {
        assert!(ended.elapsed() < PATIENCE, "reads do not recover");
    }
    right(&all());
}

#[test]
fn a_row_that_somebody_holds_too_long_is_told_as_held() {
    let app = App::with_framework();
    let holder = app.another_sql();
    holder.run("BEGIN; SELECT FROM frameworks FOR UPDATE");
    let refused = app.editor().patch("frameworks/F").send(&json!({"title": "Held"}));
    refused.problem(503, "record_held").says("Another write holds");
    assert_ne!(refused.header("retry-after"), "");
    app.reader().get("frameworks/F").call().must_be(200);
    holder.run("ROLLBACK");
    app.editor().patch("frameworks/F").send(&json!({"title": "Free"})).must_be(200);
}
