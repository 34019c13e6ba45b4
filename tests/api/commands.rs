//! The program itself: what it prints, how it starts and ends, and its exit codes.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Output, Stdio};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use performance_framework::db::embedded::{DATABASE, Embedded};
use performance_framework::db::roles::PRIVATE_LOGIN;
use performance_framework::openapi::generated;
use serde_json::json;

use crate::support::db::{Database, Role};
use crate::support::sql::Sql;
use crate::support::{Client, cluster, log};

/// The program with these settings and no others of the service's.
fn program(settings: &[(&str, &str)], words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_performance-framework"));
    for name in [
        "DATABASE_URL",
        "MIGRATE_DATABASE_URL",
        "DATA_DIR",
        "HOST",
        "PUBLIC_URL",
        "TLS_CERTIFICATE",
        "TLS_KEY",
        "AUTO_MIGRATE",
        "WORKERS",
        "DB_POOL_SIZE",
    ] {
        command.env_remove(name);
    }
    command.env("PORT", "0").env("RUST_LOG", "info").envs(settings.iter().copied()).args(words);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// A program run to its end: exit code, what it printed, and what it logged.
pub fn run(settings: &[(&str, &str)], words: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = program(settings, words).output().unwrap();
    let logged = String::from_utf8(stderr).unwrap();
    log::search("the program", &logged);
    log::must_hold_no_secret();
    (status.code(), String::from_utf8(stdout).unwrap(), logged)
}

/// The service as a process; killed with the test if it has not ended.
pub struct Process {
    child: Child,
    /// Reads on what it logs: who writes where nobody reads comes to stand still.
    log: Option<JoinHandle<String>>,
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Process {
    /// Starts it and waits for its ready line; answers its address, too.
    pub fn start(settings: &[(&str, &str)]) -> (Self, String) {
        let mut child = program(settings, &["serve"]).spawn().unwrap();
        let mut stderr = child.stderr.take().unwrap();
        let log = thread::spawn(move || {
            let mut log = String::new();
            stderr.read_to_string(&mut log).unwrap();
            log
        });
        let mut process = Self { child, log: Some(log) };
        let mut line = String::new();
        BufReader::new(process.child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let base = line.strip_prefix("ready: ").and_then(|rest| rest.strip_suffix(" (documentation at /docs)\n"));
        let base = base.unwrap_or_else(|| panic!("no ready line but {line:?}: {}", process.end("KILL").1));
        let base = base.to_owned();
        (process, base)
    }

    /// Sends a signal and waits; answers the exit code and the log.
    pub fn end(&mut self, signal: &str) -> (Option<i32>, String) {
        let sent = Command::new("kill").args([format!("-{signal}"), self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        let log = self.log.take().unwrap().join().unwrap();
        log::search("the service", &log);
        log::must_hold_no_secret();
        (self.child.wait().unwrap().code(), log)
    }
}

#[test]
fn it_serves_makes_keys_beside_itself_and_ends_when_told() {
    let database = Database::fresh();
    let url = database.url();
    let (mut service, base) = Process::start(&[("DATABASE_URL", &url)]);
    let words = ["keys", "create", "--name", "case-system", "--scopes", "read,configure"];
    let (code, key, log) = run(&[("DATABASE_URL", &url)], &words);
    assert_eq!((code, key.lines().count()), (Some(0), 1), "{log}");
    let client = Client::new(&base, Some(key.trim()));
    client.get("frameworks").header("X-Request-Id", "import-9").call().must_be(200);
    let actor = Sql::connect(&url)
        .value("SELECT account_name(actor) FROM changes WHERE by_name(after) ->> 'name' = 'case-system'");
    assert_eq!(actor, "command-line");
    let port = base.rsplit(':').next().unwrap();
    assert_eq!(run(&[("PORT", port)], &["health"]).0, Some(0));
    let (code, log) = service.end("TERM");
    assert_eq!(code, Some(0), "{log}");
    let access = log.lines().find(|line| line.contains("request=import-9")).expect("an access log");
    assert!(access.contains("GET /api/v1/frameworks 200") && access.contains("caller=case-system"), "{access}");
    assert!(!log.contains(key.trim()), "the log has a key");
    assert_eq!(run(&[("PORT", port)], &["health"]).0, Some(1));
}

#[test]
fn what_is_not_logged_is_still_done() {
    let database = Database::bare();
    let (_service, base) = Process::start(&[("DATABASE_URL", &database.url()), ("RUST_LOG", "warn")]);
    Client::new(&base, None).get("/health/ready").call().must_be(200);
}

#[test]
fn a_demonstration_that_cannot_be_loaded_says_so() {
    let database = Database::fresh();
    let (code, said, log) = run(&[("DATABASE_URL", &database.url()), ("DATA_DIR", "/dev/null/none")], &["demo"]);
    assert_eq!(code, Some(1), "{log}");
    assert!(!said.contains("ready: ") && log.contains("performance-framework: "), "{said}{log}");
}

#[test]
fn what_is_in_hand_is_finished_before_the_end() {
    let database = Database::fresh();
    let (url, key) = (database.url(), database.key(Role::Editor).to_owned());
    let (mut service, base) = Process::start(&[("DATABASE_URL", &url)]);
    let client = Client::new(&base, Some(&key));
    let body = json!({"title": "T", "committee": "C", "first_year": "2024-25", "last_year": "2024-25"});
    client.put("frameworks/F").send(&body).must_be(201);
    let holder = Sql::connect(&url);
    holder.run("BEGIN; SELECT FROM frameworks FOR UPDATE");
    let waiting = thread::spawn(move || client.patch("frameworks/F").send(&json!({"title": "Last words"})));
    let patient = Sql::connect(&url);
    let began = Instant::now();
    while patient.count("pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == 0 {
        assert!(began.elapsed() < Duration::from_secs(60), "the request does not come to wait");
        thread::sleep(Duration::from_millis(10));
    }
    let ending = thread::spawn(move || service.end("TERM"));
    thread::sleep(Duration::from_millis(300));
    holder.run("COMMIT");
    assert_eq!(waiting.join().unwrap().must_be(200).json()["title"], "Last words");
    let (code, log) = ending.join().unwrap();
    assert_eq!(code, Some(0), "{log}");
}

#[test]
fn wrong_settings_are_named_all_at_once() {
    let wrong =
        [("PORT", "http"), ("HOST", "here"), ("AUTO_MIGRATE", "perhaps"), ("WORKERS", "0"), ("DATABASE_URL", "db")];
    let (code, printed, log) = run(&wrong, &["serve"]);
    assert_eq!((code, printed.as_str()), (Some(2), ""), "{log}");
    wrong.iter().for_each(|(name, _)| assert!(log.contains(name), "{name} is not named: {log}"));
    assert_eq!(run(&[("RUST_LOG", "info,access=loudly")], &["health"]).0, Some(2));
    assert_eq!(run(&[], &["dance"]).0, Some(2));
}

#[test]
fn migrations_can_be_left_to_their_own_command() {
    let database = Database::bare();
    let url = database.url();
    let settings = [("DATABASE_URL", url.as_str()), ("AUTO_MIGRATE", "false")];
    let (code, printed, log) = run(&settings, &["serve"]);
    assert_eq!((code, printed.as_str()), (Some(1), ""), "{log}");
    assert!(log.contains("performance-framework migrate"), "{log}");
    assert_eq!(run(&settings, &["migrate"]).0, Some(0));
    let (_service, base) = Process::start(&settings);
    Client::new(&base, None).get("/health/ready").call().must_be(200);
}

#[test]
fn with_no_setting_at_all_it_has_a_database_of_its_own() {
    let folder = cluster::folder("-own");
    let settings = [("DATA_DIR", folder.to_str().unwrap())];
    let (mut service, base) = Process::start(&settings);
    let (_, key, _) = run(&settings, &["keys", "create", "--name", "me", "--scopes", "admin"]);
    let client = Client::new(&base, Some(key.trim()));
    let body = json!({"title": "T", "committee": "C", "first_year": "2024-25", "last_year": "2024-25"});
    client.put("frameworks/F").send(&body).must_be(201);
    let owner = Embedded::attach(&folder).unwrap().unwrap().url(DATABASE);
    let logins =
        "SELECT DISTINCT usename FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
    assert_eq!(Sql::connect(&owner).column(logins), [PRIVATE_LOGIN], "who is connected");
    assert_eq!(service.end("INT").0, Some(0));
    assert!(Embedded::attach(&folder).unwrap().is_none(), "its PostgreSQL runs on");
    let (mut service, base) = Process::start(&settings);
    Client::new(&base, Some(key.trim())).get("frameworks/F").call().must_be(200);
    assert_eq!(service.end("TERM").0, Some(0));
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn it_writes_everything_that_is_generated() {
    let folder = cluster::folder("-generated");
    let (code, printed, log) = run(&[], &["openapi", "--root", folder.to_str().unwrap()]);
    assert_eq!(code, Some(0), "{log}");
    let files = generated::files();
    let names: BTreeSet<&str> = files.iter().map(|(name, _)| *name).collect();
    assert_eq!(printed.lines().collect::<BTreeSet<_>>(), names);
    for (name, text) in files {
        assert!(fs::read_to_string(folder.join(name)).unwrap() == text, "{name}");
    }
    fs::remove_dir_all(folder).unwrap();
}
