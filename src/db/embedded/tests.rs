//! The private PostgreSQL for real: made, kept, shared, killed. Needs PostgreSQL's programs, neither root nor network.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use std::{env, fs, io, process, thread};

use tokio_postgres::NoTls;

use super::locks::{self, Seen};
use super::place::Place;
use super::{DATABASE, Embedded, process as signals, status};

/// Makes a test's process a service over this data folder, which another process of the same test kills.
const FOLDER_FOR_CHILD: &str = "EMBEDDED_TEST_FOLDER";

/// Longest wait for anything, on a machine that is busy with other tests.
const PATIENCE: Duration = Duration::from_secs(120);

#[test]
fn the_first_start_makes_a_cluster_with_the_database() {
    let folder = Folder::new();
    let server = Embedded::start(&folder.0).unwrap();
    let facts = "SELECT current_database() || ' ' || current_user || ' ' || current_setting('data_checksums') || ' ' \
                 || current_setting('server_encoding') || ' ' || current_setting('fsync') || ' [' \
                 || current_setting('listen_addresses') || '] ' || current_setting('TimeZone')";
    assert_eq!(ask(&server, facts), "performance_framework app on UTF8 on [] UTC");
}

#[test]
fn a_restart_keeps_the_data() {
    let folder = Folder::new();
    let mut server = Embedded::start_for_tests(&folder.0).unwrap();
    ask(&server, "CREATE TABLE kept AS SELECT 42 AS number");
    server.stop();
    assert!(Embedded::attach(&folder.0).unwrap().is_none(), "a server runs after it was stopped");

    let server = Embedded::start_for_tests(&folder.0).unwrap();
    assert_eq!(ask(&server, "SELECT number::text FROM kept"), "42");
}

#[test]
fn two_first_starts_at_once_share_one_server() {
    let folder = Folder::new();
    let (one, other) = thread::scope(|scope| {
        let one = scope.spawn(|| Embedded::start_for_tests(&folder.0).unwrap());
        let other = scope.spawn(|| Embedded::start_for_tests(&folder.0).unwrap());
        (one.join().unwrap(), other.join().unwrap())
    });
    assert_ne!(one.server.is_some(), other.server.is_some(), "exactly one has started it");
    ask(&one, "CREATE TABLE shared AS SELECT 7 AS number");
    assert_eq!(ask(&other, "SELECT number::text FROM shared"), "7");

    let third = Embedded::attach(&folder.0).unwrap().unwrap();
    assert_eq!(ask(&third, "SELECT number::text FROM shared"), "7");
    drop((other, third, one));
}

#[test]
fn a_killed_server_is_recovered_by_the_next_start() {
    let folder = Folder::new();
    let first = Embedded::start(&folder.0).unwrap();
    ask(&first, "CREATE TABLE committed AS SELECT 43 AS number");
    let pid = server_pid(&folder.0);
    signals::signal(pid, libc::SIGKILL);

    // At once: the killed one may still be falling apart. Its service, `first`, lives on.
    let second = Embedded::start(&folder.0).unwrap();
    assert!(second.server.is_some(), "attached to a dead server");
    assert_eq!(ask(&second, "SELECT number::text FROM committed"), "43");
}

#[test]
fn files_of_a_dead_server_that_name_a_living_process_do_not_mislead() {
    let folder = Folder::new();
    let place = Place::find_or_create(&folder.0).unwrap();
    drop(Embedded::start_for_tests(&folder.0).unwrap());
    let socket_dir = place.socket_dir().unwrap();
    let me = process::id();
    let text =
        format!("{me}\n{}\n1700000000\n5432\n{}\n\n  1  1\nready\n", place.data().display(), socket_dir.display());
    fs::write(place.data().join("postmaster.pid"), &text).unwrap();
    fs::write(socket_dir.join(".s.PGSQL.5432.lock"), &text).unwrap();

    let server = Embedded::start_for_tests(&folder.0).unwrap();
    assert_eq!(ask(&server, "SELECT 'well'"), "well");
}

#[test]
fn the_server_ends_when_its_service_is_killed() {
    if let Some(folder) = env::var_os(FOLDER_FOR_CHILD) {
        return serve_until_killed(Path::new(&folder));
    }
    let folder = Folder::new();
    let mut service = Command::new(env::current_exe().unwrap())
        .args(["--exact", &path_of("the_server_ends_when_its_service_is_killed")])
        .env(FOLDER_FOR_CHILD, &folder.0)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let attached = wait_for("a server", || Embedded::attach(&folder.0).unwrap());
    ask(&attached, "CREATE TABLE left_behind AS SELECT 44 AS number");
    service.kill().unwrap();
    service.wait().unwrap();

    // At once: the orphan is still stopping, and must not be attached to.
    let server = Embedded::start_for_tests(&folder.0).unwrap();
    assert!(server.server.is_some(), "attached to an orphan");
    assert_eq!(ask(&server, "SELECT number::text FROM left_behind"), "44");
}

fn serve_until_killed(folder: &Path) {
    let _server = Embedded::start_for_tests(folder).unwrap();
    // Ends with the test that started it, should that not come to killing it.
    io::stdin().read_line(&mut String::new()).unwrap();
}

#[test]
fn a_half_made_cluster_is_swept_away() {
    let folder = Folder::new();
    let place = Place::find_or_create(&folder.0).unwrap();
    fs::create_dir_all(place.root().join("data.new.1/base/1")).unwrap();
    fs::write(place.root().join("data.new.1/PG_VERSION"), "15\n").unwrap();

    let server = Embedded::start_for_tests(&folder.0).unwrap();
    assert_eq!(ask(&server, "SELECT 'well'"), "well");
    assert!(!place.root().join("data.new.1").exists());
}

#[test]
fn a_long_path_with_odd_signs_gets_a_socket_elsewhere() {
    let folder = Folder::new();
    let long = Folder(folder.0.join("it's \"odd\", and long ".repeat(8)));
    let server = Embedded::start_for_tests(&long.0).unwrap();
    assert_eq!(ask(&server, "SELECT 'well'"), "well");
    let socket_dir = server.socket_dir.clone();
    drop(server);
    fs::remove_dir_all(socket_dir).unwrap();
}

#[test]
fn attaching_to_nothing_finds_nothing_and_makes_nothing() {
    let folder = Folder::new();
    let absent = folder.0.join("absent");
    assert!(Embedded::attach(&absent).unwrap().is_none());
    assert!(!absent.exists());
    assert!(Embedded::attach(&folder.0).unwrap().is_none());
    assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 0);
}

#[test]
fn a_server_may_be_kept_where_all_threads_reach_it() {
    fn shared<T: Send + Sync + 'static>() {}
    shared::<Embedded>();
}

#[test]
fn the_url_names_the_folder_of_the_socket() {
    let server = Embedded { socket_dir: PathBuf::from("/tmp/a b/ü"), server: None };
    assert_eq!(server.url(DATABASE), "postgresql://app@%2Ftmp%2Fa%20b%2F%C3%BC/performance_framework");
}

/// A data folder that is removed with whatever the tests put in it.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Folder {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = env::temp_dir().join(format!("pf-test-{}-{number}", process::id()));
        fs::create_dir_all(&folder).unwrap();
        Folder(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // As root, in a temp folder closed to others, the cluster lies elsewhere.
        let place = Place::existing(&self.0).ok().flatten();
        for folder in place.iter().map(Place::root).chain([self.0.as_path()]) {
            drop(fs::remove_dir_all(folder));
        }
    }
}

/// The answer to a query of one text value; empty for a statement without one.
fn ask(server: &Embedded, sql: &str) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let (client, connection) = tokio_postgres::connect(&server.url(DATABASE), NoTls).await.unwrap();
        let connection = tokio::spawn(connection);
        let rows = client.query(sql, &[]).await.unwrap();
        drop(client);
        connection.await.unwrap().unwrap();
        rows.first().map(|row| row.get(0)).unwrap_or_default()
    })
}

fn server_pid(folder: &Path) -> libc::pid_t {
    let place = Place::existing(folder).unwrap().unwrap();
    assert!(matches!(locks::look(&place).unwrap(), Seen::Serving { .. }));
    status::serving(&place.data()).unwrap().pid
}

fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(began.elapsed() < PATIENCE, "waited in vain for {what}");
        thread::sleep(Duration::from_millis(10));
    }
}

/// The full name of a test of this file, as the test runner knows it.
fn path_of(test: &str) -> String {
    let module = module_path!();
    let within_crate = module.split_once("::").map_or(module, |(_, rest)| rest);
    format!("{within_crate}::{test}")
}
