//! Where one cluster keeps its things, and whose they are.

use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use super::error::{EmbeddedError, io as refused};
use super::files::claim;
use super::root;
use super::user::{User, is_root};

/// The folder of a cluster and the user that runs its server.
#[derive(Debug)]
pub(super) struct Place {
    root: PathBuf,
    user: User,
}

/// Longest path of a socket that is used as it is. The system's limit is 104 to 108 bytes.
const LONGEST_SOCKET: usize = 80;

impl Place {
    /// The place of the cluster that `data_dir` has, if it has one.
    pub(super) fn existing(data_dir: &Path) -> Result<Option<Place>, EmbeddedError> {
        match fs::canonicalize(data_dir) {
            Ok(asked) if is_root() => root::existing(&asked),
            Ok(asked) => Place::own_existing(asked),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(cause) => Err(refused("use the data folder", data_dir)(cause)),
        }
    }

    /// The place of the cluster of `data_dir`: where it is, else where it is to be made. Makes the folder.
    pub(super) fn find_or_create(data_dir: &Path) -> Result<Place, EmbeddedError> {
        fs::create_dir_all(data_dir).map_err(refused("make the data folder", data_dir))?;
        if let Some(place) = Place::existing(data_dir)? {
            return Ok(place);
        }
        let asked = fs::canonicalize(data_dir).map_err(refused("use the data folder", data_dir))?;
        if is_root() { root::create(asked) } else { Ok(Place::new(asked, User::current())) }
    }

    /// A place known to be good.
    pub(super) fn new(root: PathBuf, user: User) -> Place {
        Place { root, user }
    }

    fn own_existing(asked: PathBuf) -> Result<Option<Place>, EmbeddedError> {
        let user = User::current();
        let folder = asked.join(DATA);
        match User::owner_of(&folder) {
            None => Ok(None),
            Some(owner) if owner.uid == user.uid => Ok(Some(Place::new(asked, user))),
            Some(owner) => Err(EmbeddedError::OtherOwner { folder, owner: owner.name }),
        }
    }

    /// The folder that holds all of it.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// The user that owns the cluster and runs the server.
    pub(super) fn user(&self) -> &User {
        &self.user
    }

    /// The cluster itself.
    pub(super) fn data(&self) -> PathBuf {
        self.root.join(DATA)
    }

    /// The server's log file.
    pub(super) fn log(&self) -> PathBuf {
        self.root.join("postgres.log")
    }

    /// The lock of the server's processes.
    pub(super) fn server_lock(&self) -> PathBuf {
        self.root.join("server.lock")
    }

    /// The lock of the service that started the server.
    pub(super) fn service_lock(&self) -> PathBuf {
        self.root.join("service.lock")
    }

    /// The folder for the socket, made if need be: open to the server's user alone, which is what guards the database.
    pub(super) fn socket_dir(&self) -> Result<PathBuf, EmbeddedError> {
        let usual = self.root.join("run");
        let folder = if fits(&usual) { usual } else { self.short_socket_dir() };
        claim(&folder, 0o700, &self.user)?;
        Ok(folder)
    }

    /// A folder in the temp folder, for when the usual one has too long a name.
    fn short_socket_dir(&self) -> PathBuf {
        let name = format!("pf-{}-{:016x}", self.user.uid, fingerprint(&self.root));
        let folder = std::env::temp_dir().join(&name);
        if fits(&folder) && self.user.blocked_by(&std::env::temp_dir()).is_none() {
            folder
        } else {
            Path::new("/tmp").join(name)
        }
    }
}

/// The name of the cluster's folder within its place.
pub(super) const DATA: &str = "data";

/// Whether a socket in that folder has a path short enough, and plain enough for the server's list of folders.
fn fits(folder: &Path) -> bool {
    let path = folder.join(".s.PGSQL.5432");
    let bytes = path.as_os_str().as_bytes();
    bytes.len() <= LONGEST_SOCKET && bytes.iter().all(|b| b.is_ascii_alphanumeric() || b"/._-+@".contains(b))
}

/// A number for a path, the same in every release and on every machine (64-bit FNV-1a).
pub(super) fn fingerprint(path: &Path) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    path.as_os_str().as_bytes().iter().fold(0xcbf2_9ce4_8422_2325, step)
}
