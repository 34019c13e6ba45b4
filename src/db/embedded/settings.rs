//! How the private server is set: always on the command line, so that a new release's settings reach old clusters.
//!
//! Whoever needs to tune more has outgrown the private server: set `DATABASE_URL`.

use std::ffi::OsString;
use std::path::Path;

/// What the server is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Profile {
    /// Real data: a commit is on disk before it is answered.
    Durable,
    /// Tests: fast, and lost in a power cut.
    Tests,
}

/// For every profile.
const COMMON: &[&str] = &[
    // Nothing but the socket, and that only for its owner (its folder is 0700 as well).
    "listen_addresses=",
    "port=5432",
    "unix_socket_permissions=0700",
    // A small database next to its service, on a solid-state disk.
    "shared_buffers=128MB",
    "random_page_cost=1.1",
    "jit=off",
    "min_wal_size=64MB",
    "max_wal_size=1GB",
    "timezone=UTC",
    "datestyle=ISO, YMD",
    // The log: one line per event, and never a statement or a row, which may hold what nobody should read there.
    "logging_collector=off",
    "log_destination=stderr",
    "log_timezone=UTC",
    "log_line_prefix=%m [%p] ",
    "log_statement=none",
    "log_min_duration_statement=-1",
    "log_min_error_statement=panic",
    "log_error_verbosity=terse",
    "log_checkpoints=off",
];

/// The settings of one profile that must hold for every process that writes its files, also while they are made.
fn durability(profile: Profile) -> &'static [&'static str] {
    match profile {
        Profile::Durable => &["fsync=on", "synchronous_commit=on", "full_page_writes=on"],
        Profile::Tests => &["fsync=off", "synchronous_commit=off", "full_page_writes=off"],
    }
}

/// Arguments for `postgres` as a server.
pub(super) fn server(data: &Path, socket_dir: &Path, profile: Profile) -> Vec<OsString> {
    let connections = match profile {
        Profile::Durable => "max_connections=60",
        Profile::Tests => "max_connections=200",
    };
    let mut arguments: Vec<OsString> = vec!["-D".into(), data.into()];
    for setting in COMMON.iter().chain(durability(profile)).chain([&connections]) {
        arguments.extend(["-c".into(), setting.into()]);
    }
    let mut sockets = OsString::from("unix_socket_directories=");
    sockets.push(socket_dir);
    arguments.extend(["-c".into(), sockets]);
    arguments
}

/// Arguments for `initdb`.
pub(super) fn initdb(data: &Path, profile: Profile) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = vec!["-D".into(), data.into()];
    arguments.extend(["-U", super::ROLE, "-A", "trust", "-E", "UTF8", "--locale=C"].map(OsString::from));
    arguments.push("--data-checksums".into());
    if profile == Profile::Tests {
        arguments.push("--no-sync".into());
    }
    arguments
}

/// Arguments for `postgres` as a program that carries out the statements on its standard input.
pub(super) fn single_user(data: &Path, profile: Profile) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = vec!["--single".into(), "-D".into(), data.into()];
    for setting in durability(profile).iter().chain(&["exit_on_error=on"]) {
        arguments.extend(["-c".into(), setting.into()]);
    }
    arguments.push("template1".into());
    arguments
}
