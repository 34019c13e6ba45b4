//! The server as a child process: started, watched and stopped.
//!
//! It must not outlive its service, however that ends. On Linux the kernel sends it SIGINT (its "fast shutdown") when
//! the *thread* that started it ends; so it is started by a thread that does nothing but wait for it, and callers are
//! free to start it from any thread. Elsewhere a shell waits for the end of a pipe that only the service holds open.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use super::binaries::Binaries;
use super::error::{EmbeddedError, io as refused, tail};
use super::files::open;
use super::locks;
use super::place::Place;
use super::process::{self, end_with_parent};
use super::settings::{self, Profile};

/// What to send to a server that shall stop, and how long to wait for it: roll back and flush; give up at once and
/// recover at the next start; the kernel's way.
const WAYS_TO_STOP: [(libc::c_int, Duration); 3] = [
    (libc::SIGINT, Duration::from_secs(30)),
    (libc::SIGQUIT, Duration::from_secs(5)),
    (libc::SIGKILL, Duration::from_secs(5)),
];

/// A log file that has grown beyond this many bytes is put aside at the next start.
const LARGEST_LOG: u64 = 8 * 1024 * 1024;

/// A server this process started.
#[derive(Debug)]
pub(super) struct Server {
    pid: libc::pid_t,
    life: Arc<Life>,
    log: PathBuf,
    /// Where in the log its words begin, in bytes.
    log_start: u64,
}

/// How the server is doing; shared with the thread that waits for it.
#[derive(Debug)]
struct Life {
    stage: Mutex<Stage>,
    changed: Condvar,
}

#[derive(Debug, Clone)]
enum Stage {
    Running,
    Stopping,
    Ended(String),
}

impl Server {
    /// Starts the server on a cluster that is there. It may not be ready yet.
    ///
    /// `server_lock` becomes its standard input, which it never reads but keeps open and leaves to all its processes.
    pub(super) fn spawn(
        place: &Place,
        binaries: &Binaries,
        profile: Profile,
        server_lock: File,
    ) -> Result<Server, EmbeddedError> {
        let service_lock = locks::claim_service(place)?;
        let (log, log_start) = open_log(place)?;
        let errors = log.try_clone().map_err(refused("open", &place.log()))?;
        let mut command = process::command(&binaries.postgres, place.user());
        command.args(settings::server(&place.data(), &place.socket_dir()?, profile));
        command.stdin(server_lock).stdout(log).stderr(errors);
        end_with_parent(&mut command, libc::SIGINT);

        let life = Arc::new(Life { stage: Mutex::new(Stage::Running), changed: Condvar::new() });
        let (born, birth) = mpsc::channel();
        let watched = Arc::clone(&life);
        thread::Builder::new()
            .name("private-postgres".into())
            .spawn(move || keep(command, service_lock, &born, &watched))
            .map_err(refused("start a thread for", &binaries.postgres))?;
        let pid = birth.recv().unwrap_or_else(|_| Err(io::ErrorKind::Other.into()));
        let pid = pid.map_err(refused("run", &binaries.postgres))?;
        Ok(Server { pid, life, log: place.log(), log_start })
    }

    /// How the server ended, if it has.
    pub(super) fn ended(&self) -> Option<String> {
        match &*self.life.stage() {
            Stage::Ended(status) => Some(status.clone()),
            Stage::Running | Stage::Stopping => None,
        }
    }

    /// The last lines it wrote to its log.
    pub(super) fn said(&self) -> String {
        let read = || -> io::Result<Vec<u8>> {
            let mut file = File::open(&self.log)?;
            file.seek(SeekFrom::Start(self.log_start))?;
            let mut text = Vec::new();
            file.read_to_end(&mut text)?;
            Ok(text)
        };
        read().map_or_else(|cause| cause.to_string(), |text| tail(&text))
    }

    /// Stops the server, politely at first; returns when it has ended, or when nothing helped.
    pub(super) fn stop(&self) {
        for (signal, patience) in WAYS_TO_STOP {
            let mut stage = self.life.stage();
            if matches!(*stage, Stage::Ended(_)) {
                return;
            }
            *stage = Stage::Stopping;
            // Sent with the stage locked: the process is not reaped meanwhile, so the number is surely still its own.
            process::signal(self.pid, signal);
            let over = self.life.changed.wait_timeout_while(stage, patience, |s| !matches!(s, Stage::Ended(_)));
            drop(over);
        }
        if self.ended().is_none() {
            log::error!("the private PostgreSQL (process {}) does not end", self.pid);
        }
    }
}

// A start that fails half-way must not leave a server behind; after `stop` this finds nothing to do.
impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Life {
    fn stage(&self) -> MutexGuard<'_, Stage> {
        self.stage.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Starts the server, tells its process number, and stays until it has ended.
fn keep(mut command: Command, service_lock: File, born: &Sender<io::Result<libc::pid_t>>, life: &Life) {
    let spawned = command.spawn();
    // It holds the server lock's file, which must not stay open in this process.
    drop(command);
    let (mut child, watchdog) = match spawned.and_then(with_watchdog) {
        Ok(both) => both,
        Err(cause) => return drop(born.send(Err(cause))),
    };
    drop(born.send(Ok(child.id().cast_signed())));
    process::wait_unreaped(child.id());
    if let Some(mut watchdog) = watchdog {
        drop(watchdog.kill());
        drop(watchdog.wait());
    }
    let mut stage = life.stage();
    let status = child.wait().map_or_else(|cause| cause.to_string(), |status| status.to_string());
    if matches!(*stage, Stage::Running) {
        log::error!("the private PostgreSQL ended by itself ({status}); the next start of the service recovers it");
    }
    *stage = Stage::Ended(status);
    drop(service_lock);
    life.changed.notify_all();
}

/// Where the kernel does not tell the server that its service is gone, a shell does, which reads from a pipe until its
/// other end, held open by this process alone, is closed.
fn with_watchdog(mut server: Child) -> io::Result<(Child, Option<Child>)> {
    if cfg!(target_os = "linux") {
        return Ok((server, None));
    }
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", "read -r _; kill -INT \"$0\"", &server.id().to_string()]);
    shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
    match shell.spawn() {
        Ok(watchdog) => Ok((server, Some(watchdog))),
        Err(cause) => {
            drop(server.kill());
            drop(server.wait());
            Err(cause)
        }
    }
}

/// Opens the log for appending, and says how long it is.
fn open_log(place: &Place) -> Result<(File, u64), EmbeddedError> {
    let path = place.log();
    if fs::metadata(&path).is_ok_and(|metadata| metadata.len() > LARGEST_LOG) {
        fs::rename(&path, path.with_extension("log.old")).map_err(refused("put aside", &path))?;
    }
    let file = open(&path, place.user())?;
    let length = file.metadata().map_err(refused("look at", &path))?.len();
    Ok((file, length))
}
