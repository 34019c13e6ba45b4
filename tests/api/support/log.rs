//! The log of the whole test run, down to `debug` and that of every library, searched line by line for what must never stand
//! in it: keys, credentials as they are sent, and passwords of databases. Every service that a test stops looks whether there was any.

use std::cell::Cell;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, Once, PoisonError};

use log::{LevelFilter, Log, Metadata, Record};

static SECRETS: Mutex<Vec<String>> = Mutex::new(Vec::new());
static LINES: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    /// Whether this thread is asking the database itself, which logs every statement as it stands.
    static ASKING: Cell<bool> = const { Cell::new(false) };
}

struct Watch;

impl Log for Watch {
    fn enabled(&self, metadata: &Metadata) -> bool {
        // The tests' own clients are not the service.
        !metadata.target().starts_with("ureq") && !ASKING.get()
    }

    fn log(&self, record: &Record) {
        if self.enabled(record.metadata()) {
            LINES.fetch_add(1, Ordering::Relaxed);
            search(record.target(), &record.args().to_string());
        }
    }

    fn flush(&self) {}
}

/// Begins to watch, once for the whole run.
pub fn watch() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        log::set_logger(&Watch).expect("nobody else logs");
        log::set_max_level(LevelFilter::Debug);
    });
}

/// Asks the database on behalf of a test, which may name a key in its statement.
pub fn unwatched<T>(ask: impl FnOnce() -> T) -> T {
    ASKING.set(true);
    let told = ask();
    ASKING.set(false);
    told
}

/// Lines that were searched so far.
pub fn lines() -> usize {
    LINES.load(Ordering::Relaxed)
}

/// Searches what a process logged, as if it had been logged here.
pub fn search(from: &str, text: &str) {
    for line in text.lines().filter(|line| holds_secret(line)) {
        SECRETS.lock().unwrap_or_else(PoisonError::into_inner).push(format!("{from}: {line}"));
    }
}

/// Stops the test if any line of the run so far held a secret.
#[track_caller]
pub fn must_hold_no_secret() {
    let found = SECRETS.lock().unwrap_or_else(PoisonError::into_inner);
    assert!(found.is_empty(), "the log holds secrets:\n{}", found.join("\n"));
}

/// What stands for a password: in the log of the settings, and in what is said of a wrong one.
const SHOWN: [&str; 2] = ["***", "password"];

/// Whether a key, credentials or a password stand in the line.
pub fn holds_secret(line: &str) -> bool {
    let of_key = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let follows = |word: &str, is: &dyn Fn(&str) -> bool| line.split(word).skip(1).any(is);
    // Secrets of webhooks, in base64.
    let of_secret = |c: char| of_key(c) || matches!(c, '+' | '/' | '=');
    let token =
        |word: &str| word.split("eyJ").nth(1).is_some_and(|rest| rest.contains('.')) && word.matches("eyJ").count() > 1;
    // Of a key, the first seven characters are kept as its hint.
    follows("pf_", &|rest| rest.chars().take_while(|c| of_key(*c)).count() >= 20)
        || follows("whsec_", &|rest| rest.chars().take_while(|c| of_secret(*c)).count() >= 20)
        || line.split([' ', '"', '`', '=', '&']).any(token)
        || follows("earer ", &|rest| rest.starts_with(of_key))
        || follows("Basic ", &|rest| rest.starts_with(of_key))
        || follows("://", &|rest| {
            let login = rest.split(['/', '?', ' ']).next().and_then(|place| place.rsplit_once('@'));
            login.and_then(|(login, _)| login.split_once(':')).is_some_and(|(_, password)| !SHOWN.contains(&password))
        })
}
