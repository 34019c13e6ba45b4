//! The PostgreSQL of a test run: a private one, started by the first test that needs it and gone with the process, or
//! the server that `TEST_DATABASE_URL` names.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, MutexGuard, Once, OnceLock, PoisonError};
use std::{env, fs, process, thread};

use performance_framework::db::embedded::{DATABASE, Embedded};

use super::db;

/// Begins the name of every folder and database of a test run; the process number follows.
const PREFIX: &str = "pf-api-tests-";

static PRIVATE: Mutex<Option<Private>> = Mutex::new(None);

struct Private {
    server: Embedded,
    folder: PathBuf,
}

/// Where the database of this name is, on the server of this run.
pub fn url(database: &str) -> String {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        sweep();
        at_exit(stop);
    });
    match named() {
        Some(url) => beside(&url, database),
        None => private().as_ref().expect("it was just started").server.url(database),
    }
}

/// Where a database is that is always there, to make others from.
pub fn admin_url() -> String {
    named().unwrap_or_else(|| url(DATABASE))
}

/// Does `last` when the process ends, in whatever way that a test run ends by itself.
fn at_exit(last: extern "C" fn()) {
    // SAFETY: `last` is a plain function, and the tests have all ended when it runs.
    let refused = unsafe { libc::atexit(last) };
    assert_eq!(refused, 0, "the system takes no more functions to call at exit");
}

/// A new, empty folder for one cluster, which the unprivileged user of a database can reach.
pub fn folder(name: &str) -> PathBuf {
    let folder = base().join(format!("{PREFIX}{}{name}", process::id()));
    fs::create_dir_all(&folder).expect("the temp folder can be written");
    folder
}

/// Where the clusters lie: in memory where there is room, since a database for each test is some 300 files to make and
/// to remove; else in the temp folder.
fn base() -> &'static Path {
    static BASE: OnceLock<PathBuf> = OnceLock::new();
    BASE.get_or_init(|| {
        let memory = Path::new("/dev/shm");
        let roomy = room(memory).is_some_and(|kilobytes| kilobytes > 2_000_000);
        if roomy && fs::metadata(memory).is_ok_and(|it| it.permissions().mode() & 0o7 == 0o7) {
            return memory.to_owned();
        }
        env::temp_dir()
    })
}

/// Kilobytes that are free in the file system of a folder.
fn room(folder: &Path) -> Option<u64> {
    let told = Command::new("df").arg("-Pk").arg(folder).stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8(told.stdout).ok()?;
    text.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()
}

fn named() -> Option<String> {
    env::var("TEST_DATABASE_URL").ok().filter(|url| !url.is_empty())
}

/// The same URL with another database.
fn beside(url: &str, database: &str) -> String {
    let (address, options) = url.split_once('?').map_or((url, None), |(address, options)| (address, Some(options)));
    let host_begins = address.find("://").map_or(0, |at| at + 3);
    let host_ends = address[host_begins..].find('/').map_or(address.len(), |at| host_begins + at);
    let options = options.map(|options| format!("?{options}")).unwrap_or_default();
    format!("{}/{database}{options}", &address[..host_ends])
}

fn private() -> MutexGuard<'static, Option<Private>> {
    let mut private = PRIVATE.lock().unwrap_or_else(PoisonError::into_inner);
    if private.is_none() {
        let folder = folder("");
        let server = Embedded::start_for_tests(&folder).expect("a PostgreSQL for the tests");
        *private = Some(Private { server, folder });
    }
    private
}

extern "C" fn stop() {
    // The thread that ends the process has lost its thread-local values; a new one has its own.
    let ended = thread::spawn(|| {
        db::drop_templates();
        if let Some(private) = PRIVATE.lock().unwrap_or_else(PoisonError::into_inner).take() {
            drop(private.server);
            drop(fs::remove_dir_all(private.folder));
        }
    });
    drop(ended.join());
}

/// Removes what runs left behind that were killed.
fn sweep() {
    for entry in fs::read_dir(base()).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let number = name.to_str().and_then(|name| name.strip_prefix(PREFIX));
        let number: Option<String> = number.map(|rest| rest.chars().take_while(char::is_ascii_digit).collect());
        let Some(number) = number.filter(|number| !number.is_empty()) else { continue };
        if !Path::new("/proc").join(&number).exists() && Path::new("/proc/self").exists() {
            drop(fs::remove_dir_all(entry.path()));
        }
    }
}
