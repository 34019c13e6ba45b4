//! Running as root: whom the cluster is given to, and where it can lie.
//!
//! PostgreSQL refuses to run as root, so the cluster goes to user `postgres`, else `nobody`, who must be able to enter
//! every folder on the way. A data folder below `/root` cannot be entered; then the cluster goes to
//! `/var/lib/performance-framework/<number of the data folder's path>`, or, where that cannot be written, to a folder
//! in the temp folder, and a note in the data folder says so. Once made, a cluster is used where it is.

use std::fs;
use std::io::Write;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::error::{EmbeddedError, io as refused};
use super::files::{claim, open};
use super::place::{DATA, Place, fingerprint};
use super::user::User;

/// The note in the data folder that tells where its cluster went.
const NOTE: &str = "cluster-is-elsewhere.txt";

/// The place of the cluster that the data folder `asked` has, if it has one.
pub(super) fn existing(asked: &Path) -> Result<Option<Place>, EmbeddedError> {
    let sheltered = shelters(asked).into_iter().filter(|root| is_roots(root));
    for root in std::iter::once(asked.to_path_buf()).chain(sheltered) {
        let folder = root.join(DATA);
        let Some(user) = User::owner_of(&folder) else {
            continue;
        };
        if user.uid == 0 {
            return Err(EmbeddedError::RootOwned { folder });
        }
        // Not to be replaced by an empty cluster elsewhere: that would look like lost data.
        if let Some(folder) = user.blocked_by(&root) {
            return Err(EmbeddedError::Blocked { folder, user: user.name });
        }
        return Ok(Some(Place::new(root, user)));
    }
    Ok(None)
}

/// Decides where the cluster of the data folder `asked` is to be made, and makes that folder.
pub(super) fn create(asked: PathBuf) -> Result<Place, EmbeddedError> {
    let names = [c"postgres", c"_postgres", c"nobody"];
    let user = names.into_iter().find_map(User::by_name).ok_or(EmbeddedError::NoUser)?;
    let Some(blocking) = user.blocked_by(&asked) else {
        return Ok(Place::new(asked, user));
    };
    let mut refusal = EmbeddedError::Blocked { folder: blocking.clone(), user: user.name.clone() };
    for root in shelters(&asked) {
        match open_shelter(&root, &user) {
            Ok(()) => {
                leave_note(&asked, &root, &user, &blocking)?;
                return Ok(Place::new(root, user));
            }
            Err(error) => refusal = error,
        }
    }
    Err(refusal)
}

/// Where the cluster may go when the server's user cannot get to the data folder, in order of preference.
fn shelters(asked: &Path) -> [PathBuf; 2] {
    let number = format!("{:016x}", fingerprint(asked));
    let temporary = std::env::temp_dir().join(format!("performance-framework-{number}"));
    [Path::new("/var/lib/performance-framework").join(number), temporary]
}

/// Whether the folder is there and root made it. In the temp folder, anybody might have put a cluster of theirs.
fn is_roots(folder: &Path) -> bool {
    fs::symlink_metadata(folder).is_ok_and(|metadata| metadata.is_dir() && metadata.uid() == 0)
}

/// Makes a folder of root's that all may pass through, whatever the umask.
fn open_shelter(root: &Path, user: &User) -> Result<(), EmbeddedError> {
    let parent = root.parent().unwrap_or(root);
    if !parent.exists() {
        fs::create_dir_all(parent).map_err(refused("make the folder", parent))?;
        claim(parent, 0o755, &User::current())?;
    }
    claim(root, 0o755, &User::current())?;
    match user.blocked_by(root) {
        None => Ok(()),
        Some(folder) => Err(EmbeddedError::Blocked { folder, user: user.name.clone() }),
    }
}

/// Tells the reader of the log, and whoever looks into the data folder later.
fn leave_note(asked: &Path, root: &Path, user: &User, blocking: &Path) -> Result<(), EmbeddedError> {
    let text = format!(
        "The database of this data folder is in {}\nbecause PostgreSQL runs as user {} (it refuses root), who cannot \
         enter {}.\nIt is found by this folder's path: if you move this folder, set DATA_DIR to the folder named above.\n",
        root.display(),
        user.name,
        blocking.display()
    );
    log::warn!("{}", text.trim_end().replace('\n', " "));
    let note = asked.join(NOTE);
    let mut file = open(&note, &User::current())?;
    file.set_len(0).and_then(|()| file.write_all(text.as_bytes())).map_err(refused("write", &note))
}
