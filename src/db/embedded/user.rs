//! Users of this machine, and which folders they may enter.

use std::ffi::CStr;
use std::fs;
use std::mem::MaybeUninit;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::ptr;

/// A user that owns a cluster and runs its server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct User {
    pub(super) uid: u32,
    pub(super) gid: u32,
    pub(super) name: String,
}

impl User {
    /// Whom this process runs as.
    pub(super) fn current() -> User {
        // SAFETY: both calls have no preconditions and cannot fail.
        let (uid, gid) = unsafe { (libc::geteuid(), libc::getegid()) };
        User { uid, gid, name: name_of(uid) }
    }

    /// The user of that name, if there is one.
    pub(super) fn by_name(name: &CStr) -> Option<User> {
        // SAFETY: `look_up` hands in valid pointers and the true length of its buffer; `name` ends in NUL.
        look_up(|entry, buffer, length, found| unsafe { libc::getpwnam_r(name.as_ptr(), entry, buffer, length, found) })
    }

    /// The user with that id, if it has an entry in the user database.
    pub(super) fn by_id(uid: u32) -> Option<User> {
        // SAFETY: as in `by_name`.
        look_up(|entry, buffer, length, found| unsafe { libc::getpwuid_r(uid, entry, buffer, length, found) })
    }

    /// The owner of a file or folder; `None` if it is not there.
    pub(super) fn owner_of(path: &Path) -> Option<User> {
        let metadata = fs::metadata(path).ok()?;
        Some(User { uid: metadata.uid(), gid: metadata.gid(), name: name_of(metadata.uid()) })
    }

    /// The first folder on the way to `path` (itself included) which this user may not enter.
    ///
    /// Judged by mode bits; an access list that opens more is not seen, which errs to the safe side.
    pub(super) fn blocked_by(&self, path: &Path) -> Option<PathBuf> {
        let mut folders: Vec<&Path> = path.ancestors().collect();
        folders.reverse();
        let blocking = folders.into_iter().find(|folder| {
            fs::metadata(folder).is_ok_and(|metadata| {
                let enter = match metadata.uid() == self.uid {
                    true => 0o100,
                    false if metadata.gid() == self.gid => 0o010,
                    false => 0o001,
                };
                metadata.mode() & enter == 0
            })
        });
        blocking.map(Path::to_path_buf)
    }
}

/// Whether this process has root's powers.
pub(super) fn is_root() -> bool {
    // SAFETY: no preconditions, cannot fail.
    unsafe { libc::geteuid() == 0 }
}

/// The name to show for a user id, made up when it has none.
fn name_of(uid: u32) -> String {
    User::by_id(uid).map_or_else(|| format!("user id {uid}"), |user| user.name)
}

/// Calls one of the `getpw…_r` functions and copies what it found.
fn look_up(
    call: impl FnOnce(*mut libc::passwd, *mut libc::c_char, usize, *mut *mut libc::passwd) -> libc::c_int,
) -> Option<User> {
    let mut entry = MaybeUninit::<libc::passwd>::uninit();
    let mut buffer = vec![0; 64 * 1024];
    let mut found = ptr::null_mut();
    let code = call(entry.as_mut_ptr(), buffer.as_mut_ptr(), buffer.len(), &raw mut found);
    if code != 0 || found.is_null() {
        return None;
    }
    // SAFETY: on success `found` points to `entry`, now filled, whose strings lie in `buffer` and end in NUL.
    let (uid, gid, name) = unsafe { ((*found).pw_uid, (*found).pw_gid, CStr::from_ptr((*found).pw_name)) };
    Some(User { uid, gid, name: name.to_string_lossy().into_owned() })
}
