//! Child processes: in what surroundings they run, that they do not outlive us, and signals to them.

use std::env;
use std::io;
use std::mem::MaybeUninit;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use super::user::{User, is_root};

/// A command of PostgreSQL's, run as `user` when we are root, in surroundings that cannot disturb it.
pub(super) fn command(program: &Path, user: &User) -> Command {
    let mut command = Command::new(program);
    for (name, _) in env::vars_os() {
        // PGDATA, PGPORT, PGOPTIONS and the like are meant for some other server.
        if name.as_bytes().starts_with(b"PG") {
            command.env_remove(name);
        }
    }
    // TZ spares initdb its search through all time zones. The folder must be one the user can enter.
    command.env("LC_ALL", "C").env("TZ", "UTC").current_dir("/");
    // Ctrl-C goes to a terminal's whole process group; the service first finishes its requests, then stops the server.
    command.process_group(0);
    if is_root() {
        command.uid(user.uid).gid(user.gid);
    }
    command
}

/// Lets the child get `signal` when the thread that spawns it ends, by whatever cause. Linux only; elsewhere no effect.
#[cfg(target_os = "linux")]
pub(super) fn end_with_parent(command: &mut Command, signal: libc::c_int) {
    let parent = std::process::id();
    let ask = move || {
        // SAFETY: plain system calls, allowed between fork and exec; nothing here allocates.
        let (asked, present) =
            unsafe { (libc::prctl(libc::PR_SET_PDEATHSIG, signal as libc::c_ulong), libc::getppid()) };
        if asked != 0 {
            return Err(io::Error::last_os_error());
        }
        // The parent may have died before the call, which then has nothing to wait for.
        if u32::try_from(present) != Ok(parent) {
            return Err(io::Error::from_raw_os_error(libc::ESRCH));
        }
        Ok(())
    };
    // SAFETY: the closure only makes async-signal-safe calls. It runs after the change of user, which would clear it.
    unsafe { command.pre_exec(ask) };
}

/// Lets the child get `signal` when the thread that spawns it ends, by whatever cause. Linux only; elsewhere no effect.
#[cfg(not(target_os = "linux"))]
pub(super) fn end_with_parent(_command: &mut Command, _signal: libc::c_int) {}

/// Sends a signal; that the process is gone already is no error.
pub(super) fn signal(pid: libc::pid_t, signal: libc::c_int) {
    // Zero and negative numbers would address groups of processes, ours among them.
    if pid > 1 {
        // SAFETY: no memory is involved.
        unsafe { libc::kill(pid, signal) };
    }
}

/// Blocks until a child has ended, and leaves it unreaped, so that its number cannot go to another process yet.
pub(super) fn wait_unreaped(pid: u32) {
    let mut info = MaybeUninit::<libc::siginfo_t>::uninit();
    loop {
        // SAFETY: `info` is writable and of the right type.
        let code = unsafe { libc::waitid(libc::P_PID, pid, info.as_mut_ptr(), libc::WEXITED | libc::WNOWAIT) };
        if code == 0 || io::Error::last_os_error().kind() != io::ErrorKind::Interrupted {
            return;
        }
    }
}
