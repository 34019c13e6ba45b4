//! The private PostgreSQL: what the service runs on when no `DATABASE_URL` is given.
//!
//! The programs are those of an installed PostgreSQL; the cluster lives in the service's data folder, is made at the
//! first start and kept from then on. It listens on a Unix socket in a folder only its user may enter, never on a
//! network port. Durability is PostgreSQL's own: `fsync` is on and pages carry checksums.
//!
//! ```text
//! <data_dir>/data/           the cluster (PGDATA)        <data_dir>/server.lock    held by the server's processes
//! <data_dir>/run/            the socket                  <data_dir>/service.lock   held by the service that started it
//! <data_dir>/postgres.log    what the server says        <data_dir>/data.new.*     a cluster half made; swept away
//! ```
//!
//! - **Several services on one data folder** share the server: the first starts it, the others attach. When the first
//!   stops, the server stops, and the others see their connections end.
//! - **The server ends with its service**, also when that is killed by SIGKILL: see `server.rs`.
//! - **As root** the server runs as another user, which PostgreSQL insists on, and the cluster may have to lie
//!   elsewhere: see `root.rs`.
//!
//! [`Embedded::start`] blocks (0.7 to 2.3 s the first time, about 0.1 s later) and may be called from any thread.

mod binaries;
mod cluster;
mod error;
mod files;
mod locks;
mod place;
mod process;
mod root;
mod server;
mod settings;
mod status;
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on should stop where it stands")]
mod tests;
mod user;

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

pub use error::EmbeddedError;
use locks::Seen;
use place::Place;
use server::Server;
use settings::Profile;

/// The database created with the cluster.
pub const DATABASE: &str = "performance_framework";

/// The superuser role of the cluster: it owns and migrates what is there.
const ROLE: &str = "app";

/// How long to wait for a server to answer: recovery after a crash may replay a gigabyte of log on a slow disk.
const PATIENCE: Duration = Duration::from_secs(300);

/// Pause between two looks at a server that is starting or stopping.
const POLL: Duration = Duration::from_millis(4);

/// A running private server; stops it on drop if this process started it.
#[derive(Debug)]
pub struct Embedded {
    socket_dir: PathBuf,
    server: Option<Server>,
}

impl Embedded {
    /// Starts (or attaches to) the cluster under `data_dir` (e.g. "var"); creates it first when absent.
    ///
    /// # Errors
    /// When no suitable PostgreSQL is installed, the folder cannot be used, or the server does not come up within
    /// five minutes. The message says what to do.
    pub fn start(data_dir: &Path) -> Result<Embedded, EmbeddedError> {
        launch(data_dir, Profile::Durable)
    }

    /// Same, but for tests: nothing is flushed to disk (a power cut may lose the cluster) and 200 connections.
    ///
    /// # Errors
    /// As [`Embedded::start`].
    pub fn start_for_tests(data_dir: &Path) -> Result<Embedded, EmbeddedError> {
        launch(data_dir, Profile::Tests)
    }

    /// Attaches to an already running cluster under `data_dir`, never starting one (`Ok(None)` if none runs).
    ///
    /// # Errors
    /// When the cluster belongs to another user, or has been starting for five minutes without answering.
    pub fn attach(data_dir: &Path) -> Result<Option<Embedded>, EmbeddedError> {
        let Some(place) = Place::existing(data_dir)? else {
            return Ok(None);
        };
        let mut patience = Patience::new();
        loop {
            match locks::look(&place)? {
                Seen::Serving { socket_dir } => {
                    return Ok(Some(Embedded { socket_dir, server: None }));
                }
                Seen::Orphan { .. } | Seen::Free(_) => return Ok(None),
                Seen::Busy => patience.pause(&place)?,
            }
        }
    }

    /// The connection URL of the given database, for tokio-postgres or psql; the host is the socket's folder.
    #[must_use]
    pub fn url(&self, database: &str) -> String {
        self.url_as(ROLE, database)
    }

    /// The same for another login than the superuser.
    #[must_use]
    pub fn url_as(&self, login: &str, database: &str) -> String {
        let host = percent_encoded(self.socket_dir.as_os_str());
        let database = percent_encoded(OsStr::new(database));
        format!("postgresql://{login}@{host}/{database}")
    }

    /// Whether the server still runs. For one that is merely attached to, asks by attaching anew.
    #[must_use]
    pub fn is_up(&self, data_dir: &Path) -> bool {
        match &self.server {
            Some(server) => server.ended().is_none(),
            None => matches!(Embedded::attach(data_dir), Ok(Some(_))),
        }
    }

    /// Stops the server if this process started it: open transactions are rolled back, committed ones are safe.
    ///
    /// Blocks until it has ended, 40 seconds at the very most. Does nothing when merely attached, or a second time.
    pub fn stop(&mut self) {
        if let Some(server) = self.server.take() {
            server.stop();
        }
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Attaches to the server of the data folder, or becomes the one that starts it.
fn launch(data_dir: &Path, profile: Profile) -> Result<Embedded, EmbeddedError> {
    let place = Place::find_or_create(data_dir)?;
    let mut patience = Patience::new();
    loop {
        match locks::look(&place)? {
            Seen::Serving { socket_dir } => {
                log::info!("attached to the private PostgreSQL already running in {}", place.root().display());
                return Ok(Embedded { socket_dir, server: None });
            }
            // It was told to stop when its service died; telling it again is harmless, and needed if nobody did.
            Seen::Orphan { pid } => process::signal(pid, libc::SIGINT),
            Seen::Free(server_lock) => return own(&place, profile, server_lock, &mut patience),
            Seen::Busy => {}
        }
        patience.pause(&place)?;
    }
}

/// Starts the server; the caller has made sure, by the lock, that no other process of it lives.
fn own(
    place: &Place,
    profile: Profile,
    server_lock: std::fs::File,
    patience: &mut Patience,
) -> Result<Embedded, EmbeddedError> {
    let major = cluster::major(&place.data());
    let binaries = binaries::find(place.user(), major)?;
    if major.is_none() {
        log::info!("making a PostgreSQL {} cluster in {}", binaries.major, place.data().display());
        cluster::create(place, &binaries, profile)?;
    }
    status::clear_stale(place)?;
    let server = Server::spawn(place, &binaries, profile, server_lock)?;
    loop {
        if let Some(serving) = status::serving(&place.data()) {
            log::info!(
                "private PostgreSQL {} ready after {} ms, data in {}",
                binaries.major,
                patience.began.elapsed().as_millis(),
                place.data().display()
            );
            return Ok(Embedded { socket_dir: serving.socket_dir, server: Some(server) });
        }
        if let Some(status) = server.ended() {
            return Err(EmbeddedError::Ended { status, output: server.said() });
        }
        patience.pause(place)?;
    }
}

/// Bounds the waiting, and tells of it when it grows long.
struct Patience {
    began: Instant,
    next_word: Duration,
}

impl Patience {
    fn new() -> Patience {
        Patience { began: Instant::now(), next_word: Duration::from_secs(5) }
    }

    fn pause(&mut self, place: &Place) -> Result<(), EmbeddedError> {
        let waited = self.began.elapsed();
        if waited > PATIENCE {
            return Err(EmbeddedError::Slow { seconds: PATIENCE.as_secs(), log: place.log() });
        }
        if waited > self.next_word {
            log::info!("still waiting for the private PostgreSQL; it tells what it does in {}", place.log().display());
            self.next_word *= 2;
        }
        thread::sleep(POLL);
        Ok(())
    }
}

/// Encodes all but the bytes that mean only themselves in every part of a URL.
fn percent_encoded(text: &OsStr) -> String {
    let mut encoded = String::new();
    for &byte in text.as_bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}
