//! `READ_DATABASE_URL`: feeds come from a real streaming standby, and never without what was written before.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::PathBuf;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use performance_framework::config::Config;
use performance_framework::db::embedded::{DATABASE, Embedded};
use performance_framework::db::migrate;
use serde_json::{Value, json};

use crate::support::app::{Service, configuration};
use crate::support::db::{Role, make_keys};
use crate::support::sql::Sql;
use crate::support::{App, Client, cluster};

/// Longer than a standby may be behind on a machine that is busy with other tests.
const PATIENCE: Duration = Duration::from_secs(60);

/// A database, a standby that follows it, and a service that has both. Declared in the order in which they end.
struct Pair {
    _service: Service,
    clients: Vec<(Role, Client)>,
    standby: Embedded,
    _database: Embedded,
    _folders: [Folder; 2],
}

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

impl Pair {
    fn start() -> Self {
        let folders = ["-written", "-read"].map(|name| Folder(cluster::folder(name)));
        let mut database = Embedded::start_for_tests(&folders[0].0).unwrap();
        migrate::run(&database.url(DATABASE)).unwrap();
        let keys = make_keys(&database.url(DATABASE));
        // A copy of a database that is at rest is as good a beginning as a base backup.
        database.stop();
        let copied = Command::new("cp").arg("-a").arg(folders[0].0.join("data")).arg(&folders[1].0).status().unwrap();
        assert!(copied.success());
        let database = Embedded::start_for_tests(&folders[0].0).unwrap();
        follow(&folders[1].0.join("data"), &database.url(DATABASE));
        let standby = Embedded::start_for_tests(&folders[1].0).unwrap();
        let config =
            Config { read_database_url: Some(standby.url(DATABASE)), ..configuration(&database.url(DATABASE)) };
        let service = Service::start_with(config, &database.url(DATABASE));
        let client = |role: Role| (role, Client::new(&service.base, Some(&keys[&role])));
        let clients = [Role::Reader, Role::Provider, Role::Officer, Role::Editor].map(client).into();
        Self { _service: service, clients, standby, _database: database, _folders: folders }
    }

    fn by(&self, role: Role) -> &Client {
        &self.clients.iter().find(|(of, _)| *of == role).unwrap().1
    }

    /// A framework with one measure.
    fn measure(&self) {
        let framework = json!({"title": "F", "committee": "C", "first_year": "2024-25", "last_year": "2025-26"});
        let measure = json!({"title": "M", "outcome": "O-1", "level": "committee", "unit": "percent", "decimal_places": 1,
            "polarity": "high", "frequency": "quarterly", "calendar": "financial", "accumulation": "in_period", "definition": "Of all."});
        for (path, body) in [
            ("frameworks/F", framework),
            ("outcomes/O-1", json!({"framework": "F", "title": "O"})),
            ("measures/M-1", measure),
        ] {
            self.by(Role::Editor).put(path).send(&body).must_be(201);
        }
    }

    fn approve(&self, quarter: &str, value: u32) {
        let path = format!("quarterly-submissions/M-1/{quarter}");
        let body = json!({"data_period": quarter, "value": value, "stage": "final"});
        self.by(Role::Provider).put(&path).send(&body).must_be(201);
        self.by(Role::Provider).post(&format!("{path}/submit")).call().must_be(200);
        self.by(Role::Officer).post(&format!("{path}/approve")).call().must_be(200);
    }

    /// The values of the feed, streamed, so that none come from memory; and as OData tells them.
    fn values(&self) -> Vec<Value> {
        let lines = self.by(Role::Reader).get("observations?format=ndjson&sort=quarter").call().must_be(200).text();
        let value = |row: &Value| row["value"].clone();
        let values = lines.lines().map(|line| value(&serde_json::from_str(line).unwrap())).collect();
        let page = self.by(Role::Reader).get("/odata/v1/Observations?$orderby=quarter").call().must_be(200).json();
        assert_eq!(page["value"].as_array().unwrap().iter().map(value).collect::<Vec<_>>(), values);
        values
    }

    fn sql(&self) -> Sql {
        Sql::connect(&self.standby.url(DATABASE))
    }
}

/// Lets a copied cluster follow the one that it was copied from.
fn follow(data: &std::path::Path, of: &str) {
    fs::remove_file(data.join("postmaster.pid")).ok();
    let mut settings = OpenOptions::new().append(true).open(data.join("postgresql.auto.conf")).unwrap();
    writeln!(settings, "primary_conninfo = '{of}'").unwrap();
    // Whoever copied it made this one for whoever owns the rest.
    let signal = data.join("standby.signal");
    let made = Command::new("cp").arg("-a").arg(data.join("PG_VERSION")).arg(signal).status().unwrap();
    assert!(made.success());
}

/// What sessions of the service did last on the standby.
fn did(sql: &Sql) -> Vec<String> {
    sql.column("SELECT query FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()")
}

/// Whether the last that was done there was to read rows, and not only to ask how far it is.
fn was_read(sql: &Sql) -> bool {
    did(sql).iter().any(|query| query.starts_with("ROLLBACK"))
}

#[test]
fn feeds_come_from_a_standby_that_has_all_that_was_written_and_else_from_the_database() {
    let mut pair = Pair::start();
    pair.measure();
    pair.approve("2024-25-Q1", 41);
    let sql = pair.sql();
    let until_read = |values: &[Value]| {
        let began = Instant::now();
        while !was_read(&sql) {
            assert_eq!(pair.values(), values);
            assert!(began.elapsed() < PATIENCE, "the standby is never read: {:?}", did(&sql));
            thread::sleep(Duration::from_millis(20));
        }
    };
    until_read(&[json!(41.0)]);

    sql.run("SELECT pg_wal_replay_pause()");
    while sql.value("SELECT pg_get_wal_replay_pause_state()") != "paused" {
        thread::sleep(Duration::from_millis(5));
    }
    pair.approve("2024-25-Q2", 42);
    for _ in 0..3 {
        assert_eq!(pair.values(), [json!(41.0), json!(42.0)], "an answer without what was written before");
        assert!(!was_read(&sql), "the standby was read though it is behind");
    }
    sql.run("SELECT pg_wal_replay_resume()");
    until_read(&[json!(41.0), json!(42.0)]);

    drop(sql);
    pair.standby.stop();
    pair.approve("2024-25-Q3", 43);
    assert_eq!(pair.values(), [json!(41.0), json!(42.0), json!(43.0)], "nothing is read while the standby is away");
}

/// A database that follows nobody, or somebody else, is not read, whatever it has.
#[test]
fn what_is_no_standby_of_the_database_is_not_read() {
    let other = App::with_measure();
    other.submission("M-1", "2024-25-Q1").set("value", 99).approved();
    let app = App::configured(|config| config.read_database_url = Some(other.database_url()));
    let rows = app.reader().get("observations").call().must_be(200).json();
    assert_eq!(rows["items"], json!([]));
}
