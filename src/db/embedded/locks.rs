//! Who may start the server: two file locks, which the kernel lets go of when their holders end, however they end.
//!
//! - `server.lock` is taken by whoever is about to make or start the cluster, then handed to the server as its standard
//!   input, which all its processes inherit. So it is free exactly when no process of that server lives: safe against
//!   numbers given twice, and between containers that share a folder.
//! - `service.lock` is held by the service that started the server. A server that runs while this is free is an orphan:
//!   its service was killed, and it is stopping or ought to be.

use std::fs::{File, TryLockError};
use std::path::PathBuf;

use super::error::{EmbeddedError, io as refused};
use super::files::open;
use super::place::Place;
use super::status;

/// What a look at a cluster shows.
pub(super) enum Seen {
    /// A server answers and its service lives.
    Serving {
        /// The folder of its socket.
        socket_dir: PathBuf,
    },
    /// A server answers, but its service is gone.
    Orphan {
        /// Its first process.
        pid: libc::pid_t,
    },
    /// No server; the lock is now ours.
    Free(File),
    /// A server is starting, stopping or dying; look again soon.
    Busy,
}

/// Looks who has the cluster.
pub(super) fn look(place: &Place) -> Result<Seen, EmbeddedError> {
    let path = place.server_lock();
    let server_lock = open(&path, place.user())?;
    // The lock is asked before the socket: while we hold it, no server of ours can appear or vanish.
    let held = match server_lock.try_lock() {
        Ok(()) => false,
        Err(TryLockError::WouldBlock) => true,
        Err(TryLockError::Error(cause)) => return Err(refused("lock", &path)(cause)),
    };
    Ok(match (held, status::serving(&place.data())) {
        (false, None) => Seen::Free(server_lock),
        // Somebody started it by hand, without our locks; it will do.
        (false, Some(serving)) => Seen::Serving { socket_dir: serving.socket_dir },
        (true, None) => Seen::Busy,
        (true, Some(serving)) if service_is_gone(place)? => Seen::Orphan { pid: serving.pid },
        (true, Some(serving)) => Seen::Serving { socket_dir: serving.socket_dir },
    })
}

/// Marks this process as the one whose server it is, for as long as the file is kept.
pub(super) fn claim_service(place: &Place) -> Result<File, EmbeddedError> {
    let path = place.service_lock();
    let file = open(&path, place.user())?;
    // Blocks for moments only: others merely test it, and a former holder lets go as soon as its server has ended.
    file.lock().map_err(refused("lock", &path))?;
    Ok(file)
}

/// Whether no service holds its lock.
fn service_is_gone(place: &Place) -> Result<bool, EmbeddedError> {
    let path = place.service_lock();
    // Shared, so that two that test at once do not take each other for the service.
    match open(&path, place.user())?.try_lock_shared() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(cause)) => Err(refused("lock", &path)(cause)),
    }
}
