//! Files and folders made safely, also by root at work in a folder where others may put links and traps.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, fchown};
use std::path::Path;

use super::error::{EmbeddedError, io as refused};
use super::user::User;

/// Opens a file to read, append to or lock. If it is not there, makes one that only `user` may open.
pub(super) fn open(path: &Path, user: &User) -> Result<File, EmbeddedError> {
    let attempt = || -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true).mode(0o600).custom_flags(libc::O_NOFOLLOW);
        let file = options.open(path)?;
        give(&file, user)?;
        Ok(file)
    };
    attempt().map_err(refused("open", path))
}

/// Makes a folder that belongs to `user` with exactly this mode; if it is there already, makes sure of both.
///
/// Refuses a link and another's folder: in a shared place somebody may have put one under the name we would use.
pub(super) fn claim(folder: &Path, mode: u32, user: &User) -> Result<(), EmbeddedError> {
    match DirBuilder::new().mode(0o700).create(folder) {
        Err(cause) if cause.kind() != io::ErrorKind::AlreadyExists => {
            return Err(refused("make the folder", folder)(cause));
        }
        _ => {}
    }
    // From here on by handle, not by name, so that nobody can exchange the folder between a check and a change.
    let squatted = |owner| EmbeddedError::Squatted { folder: folder.to_path_buf(), owner };
    let opened = OpenOptions::new().read(true).custom_flags(libc::O_DIRECTORY | libc::O_NOFOLLOW).open(folder);
    let Ok(handle) = opened else {
        return Err(squatted(fs::symlink_metadata(folder).map_or(0, |metadata| metadata.uid())));
    };
    let found = handle.metadata().map_err(refused("look at", folder))?;
    if found.uid() != user.uid && found.uid() != User::current().uid {
        return Err(squatted(found.uid()));
    }
    if found.mode() & 0o7777 != mode {
        handle.set_permissions(Permissions::from_mode(mode)).map_err(refused("set the mode of", folder))?;
    }
    give(&handle, user).map_err(refused("give away", folder))
}

/// Gives a file or folder to a user, unless it is theirs.
fn give(file: &File, user: &User) -> io::Result<()> {
    if file.metadata()?.uid() == user.uid {
        return Ok(());
    }
    fchown(file, Some(user.uid), Some(user.gid))
}
