//! Making the cluster: all of it beside its final place, then one rename, so that a half-made one is never used.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::binaries::Binaries;
use super::error::{EmbeddedError, io as refused, tail};
use super::files::claim;
use super::place::{DATA, Place};
use super::process::{command, end_with_parent};
use super::settings::{self, Profile};
use super::user::User;

/// What names of clusters in the making begin with.
const UNFINISHED: &str = "data.new.";

/// How long a cluster in the making may take to let go of its files after its maker was killed.
const LETTING_GO: Duration = Duration::from_secs(5);

/// The major version of PostgreSQL that made the cluster; `None` if there is none.
pub(super) fn major(data: &Path) -> Option<u32> {
    fs::read_to_string(data.join("PG_VERSION")).ok()?.trim().parse().ok()
}

/// Makes the cluster and its database. The caller holds the server lock.
pub(super) fn create(place: &Place, binaries: &Binaries, profile: Profile) -> Result<(), EmbeddedError> {
    let me = User::current();
    if User::by_id(me.uid).is_none() {
        return Err(EmbeddedError::NoPasswdEntry { uid: me.uid });
    }
    sweep(place.root())?;
    // A name of its own: where nothing ends an initdb whose service was killed, it may go on, and even clean up after
    // itself, while we are at work.
    let new = place.root().join(format!("{UNFINISHED}{}", std::process::id()));
    claim(&new, 0o700, place.user())?;
    let made = initdb(&new, place, binaries, profile).and_then(|()| create_database(&new, place, binaries, profile));
    if let Err(error) = made {
        // What it was is in the error; the next attempt sweeps again should this fail.
        drop(sweep(place.root()));
        return Err(error);
    }
    let data = place.root().join(DATA);
    fs::rename(&new, &data).map_err(refused("put the new cluster in", &data))?;
    // The rename itself must survive a power cut, or the next start would begin afresh.
    File::open(place.root()).and_then(|folder| folder.sync_all()).map_err(refused("flush", place.root()))
}

fn initdb(new: &Path, place: &Place, binaries: &Binaries, profile: Profile) -> Result<(), EmbeddedError> {
    let mut command = command(&binaries.initdb, place.user());
    command.args(settings::initdb(new, profile)).stdin(Stdio::null());
    run("initdb", &binaries.initdb, command, "")
}

/// Creates the database without a server: PostgreSQL as a plain program reads the statement from its input.
fn create_database(new: &Path, place: &Place, binaries: &Binaries, profile: Profile) -> Result<(), EmbeddedError> {
    let mut command = command(&binaries.postgres, place.user());
    command.args(settings::single_user(new, profile)).stdin(Stdio::piped());
    run("postgres --single", &binaries.postgres, command, &format!("CREATE DATABASE {};\n", super::DATABASE))
}

/// Runs a program to its end, which comes at once if this process is killed.
fn run(name: &'static str, program: &Path, mut command: Command, input: &str) -> Result<(), EmbeddedError> {
    end_with_parent(&mut command, libc::SIGKILL);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let output = feed(command, input).map_err(refused("run", program))?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stdout, output.stderr].concat();
    Err(EmbeddedError::Creating { program: name, status: output.status.to_string(), output: tail(&said) })
}

fn feed(mut command: Command, input: &str) -> io::Result<Output> {
    let mut child = command.spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        // A program that ended early reads nothing; its status and output tell why.
        drop(stdin.write_all(input.as_bytes()));
    }
    child.wait_with_output()
}

/// Removes what an interrupted attempt left.
fn sweep(root: &Path) -> Result<(), EmbeddedError> {
    let entries = fs::read_dir(root).map_err(refused("read", root))?;
    for path in entries.flatten().map(|entry| entry.path()) {
        let name = path.file_name().unwrap_or_default();
        if !name.to_string_lossy().starts_with(UNFINISHED) {
            continue;
        }
        let began = Instant::now();
        // Programs that were killed a moment ago may still add a file, which spoils the removal of its folder.
        while let Err(cause) = fs::remove_dir_all(&path) {
            if began.elapsed() > LETTING_GO {
                return Err(refused("remove the unfinished", &path)(cause));
            }
            thread::sleep(Duration::from_millis(20));
        }
    }
    Ok(())
}
