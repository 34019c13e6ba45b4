//! Finding PostgreSQL's programs on this machine.

use std::env;
use std::fs;
use std::iter;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::error::EmbeddedError;
use super::process::command;
use super::user::{User, is_root};

/// The oldest major version the service is meant for.
const OLDEST: u32 = 14;

/// Folders where packages put versions side by side: the folder, what a version's name begins with, and the way from
/// there to the programs.
const PACKAGES: &[(&str, &str, &str)] = &[
    ("/usr/lib/postgresql", "", "bin"),                      // Debian, Ubuntu
    ("/usr", "pgsql-", "bin"),                               // PostgreSQL's own for Red Hat
    ("/usr/libexec", "postgresql", ""),                      // Alpine
    ("/usr/lib", "postgresql", "bin"),                       // SUSE
    ("/opt/homebrew/opt", "postgresql", "bin"),              // Homebrew on ARM
    ("/usr/local/opt", "postgresql", "bin"),                 // Homebrew on Intel
    ("/home/linuxbrew/.linuxbrew/opt", "postgresql", "bin"), // Homebrew on Linux
    ("/Applications/Postgres.app/Contents/Versions", "", "bin"),
    ("/opt/local/lib", "postgresql", "bin"), // MacPorts
    ("/Library/PostgreSQL", "", "bin"),      // EnterpriseDB's installer
    ("/usr/local", "pgsql", "bin"),          // built from source
];

/// One installation.
#[derive(Debug)]
pub(super) struct Binaries {
    pub(super) initdb: PathBuf,
    pub(super) postgres: PathBuf,
    /// Its major version.
    pub(super) major: u32,
}

/// Finds an installation that `user` can run: of the `wanted` major version, else the first that is recent enough.
///
/// `PG_BINDIR` is final if set. Otherwise `PATH` comes first, then packages' folders, newest first, then `pg_config`.
pub(super) fn find(user: &User, wanted: Option<u32>) -> Result<Binaries, EmbeddedError> {
    let mut seen = String::new();
    let mut visited = Vec::new();
    for folder in candidates() {
        // Several ways may lead to one folder.
        if visited.contains(&folder) {
            continue;
        }
        match examine(&folder, user, wanted) {
            Ok(Some(binaries)) => return Ok(binaries),
            Ok(None) => {}
            Err(why) => seen.push_str(&format!("; {} {why}", folder.display())),
        }
        visited.push(folder);
    }
    Err(match wanted {
        Some(wanted) => EmbeddedError::OtherVersion { wanted, seen },
        None => EmbeddedError::NoBinaries { seen },
    })
}

/// The programs in a folder; `None` if it has none, an error if they do not serve.
fn examine(folder: &Path, user: &User, wanted: Option<u32>) -> Result<Option<Binaries>, String> {
    let (initdb, postgres) = (folder.join("initdb"), folder.join("postgres"));
    if !initdb.is_file() || !postgres.is_file() {
        // Only the folder that was asked for by name deserves a word.
        return if chosen().is_some() { Err("lacks initdb or postgres".into()) } else { Ok(None) };
    }
    let true_folder = fs::canonicalize(&postgres).unwrap_or_else(|_| postgres.clone());
    if is_root()
        && let Some(closed) = user.blocked_by(&true_folder)
    {
        return Err(format!("is out of reach for user {} because of {}", user.name, closed.display()));
    }
    let Some(major) = version(&postgres, user) else {
        return Err("does not run".into());
    };
    match wanted {
        Some(wanted) if wanted != major => Err(format!("is version {major}")),
        None if major < OLDEST => Err(format!("is version {major}, too old")),
        _ => Ok(Some(Binaries { initdb, postgres, major })),
    }
}

/// The major version, from a line such as `postgres (PostgreSQL) 17.2 (Debian 17.2-1)`.
fn version(postgres: &Path, user: &User) -> Option<u32> {
    let output = command(postgres, user).arg("--version").output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    leading_number(text.split_once("(PostgreSQL) ")?.1)
}

/// The folders to look in, each made absolute.
fn candidates() -> Box<dyn Iterator<Item = PathBuf>> {
    if let Some(folder) = chosen() {
        return Box::new(iter::once(absolute(folder)));
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let on_path: Vec<PathBuf> = env::split_paths(&path).filter(|f| !f.as_os_str().is_empty()).map(absolute).collect();
    let packaged = PACKAGES.iter().flat_map(|(parent, prefix, rest)| side_by_side(parent, prefix, rest));
    Box::new(on_path.into_iter().chain(packaged).chain(iter::once_with(from_pg_config).flatten()))
}

/// The folder the user insists on.
fn chosen() -> Option<PathBuf> {
    env::var_os("PG_BINDIR").filter(|folder| !folder.is_empty()).map(PathBuf::from)
}

fn absolute(folder: PathBuf) -> PathBuf {
    std::path::absolute(&folder).unwrap_or(folder)
}

/// The versions in one packages' folder, newest first.
fn side_by_side(parent: &str, prefix: &str, rest: &str) -> Vec<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir(parent)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let version = leading_number(name.strip_prefix(prefix)?.trim_start_matches(['@', '-'])).unwrap_or(0);
            Some((version, entry.path().join(rest)))
        })
        .collect();
    versions.sort_by(|one, other| other.cmp(one));
    versions.into_iter().map(|(_, folder)| folder).collect()
}

/// Where `pg_config` on the `PATH` says the programs are.
fn from_pg_config() -> Option<PathBuf> {
    let output = Command::new("pg_config").arg("--bindir").output().ok()?;
    let folder = String::from_utf8(output.stdout).ok()?;
    (!folder.trim().is_empty()).then(|| PathBuf::from(folder.trim()))
}

fn leading_number(text: &str) -> Option<u32> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text[..digits].parse().ok()
}
