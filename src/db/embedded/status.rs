//! Is the server of a cluster ready? And sweeping up what a crashed one left.

use std::fs;
use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::error::{EmbeddedError, io as refused};
use super::place::Place;

/// The shortest thing to ask a server: a message of 8 bytes with the number of `SSLRequest`.
const SSL_REQUEST: [u8; 8] = [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f];

/// How long a living server may take to answer, on a machine that is busy.
const ANSWER: Duration = Duration::from_secs(5);

/// A server that answers.
#[derive(Debug)]
pub(super) struct Serving {
    /// Its first process.
    pub(super) pid: libc::pid_t,
    /// The folder of its socket, as the server itself says: another process may have been given another temp folder.
    pub(super) socket_dir: PathBuf,
}

/// The server of the cluster, if it is ready.
///
/// The pid file alone proves nothing, as a crash leaves it behind, and a number is soon given to another process. The
/// socket alone proves too little, as it answers before recovery has ended. So both are asked.
pub(super) fn serving(data: &Path) -> Option<Serving> {
    let text = fs::read_to_string(data.join("postmaster.pid")).ok()?;
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let [pid, _folder, _started, port, socket_dir, _address, _memory, "ready", ..] = lines[..] else {
        return None;
    };
    let socket_dir = PathBuf::from(socket_dir);
    if !answers(&socket_dir.join(format!(".s.PGSQL.{port}"))).ok()? {
        return None;
    }
    Some(Serving { pid: pid.parse().ok()?, socket_dir })
}

/// Whether a server lives behind the socket: asked for encryption, it says yes or no, both in one byte.
///
/// That it accepts is not enough: the kernel does so for a process that is being killed.
fn answers(socket: &Path) -> io::Result<bool> {
    let mut stream = UnixStream::connect(socket)?;
    stream.set_read_timeout(Some(ANSWER))?;
    stream.set_write_timeout(Some(ANSWER))?;
    stream.write_all(&SSL_REQUEST)?;
    let mut answer = [0];
    stream.read_exact(&mut answer)?;
    Ok(matches!(&answer, b"N" | b"S"))
}

/// Removes the pid and socket files of a server that crashed.
///
/// PostgreSQL takes such a file for a running server's when the number in it now belongs to another process of the
/// same user: common in containers, where numbers are small and start afresh. Must only be called by the holder of the
/// server lock, which is proof that no process of the former server lives.
pub(super) fn clear_stale(place: &Place) -> Result<(), EmbeddedError> {
    let socket_dir = place.socket_dir()?;
    for file in
        [place.data().join("postmaster.pid"), socket_dir.join(".s.PGSQL.5432"), socket_dir.join(".s.PGSQL.5432.lock")]
    {
        match fs::remove_file(&file) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
                return Err(refused("remove the stale", &file)(cause));
            }
            _ => {}
        }
    }
    Ok(())
}
