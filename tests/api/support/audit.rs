//! Sealing the change log of a test's database, where no sealer runs.

use std::thread;
use std::time::{Duration, Instant};

use performance_framework::audit::seals::sealer;

use super::App;
use super::sql::runtime;

/// Seals, until as many changes are sealed: other tests on the same server may hold the log back for a while.
pub fn sealed(app: &App, changes: usize) {
    let count = "SELECT coalesce(sum(change_count), 0) FROM change_seals";
    wait("the changes to be sealed", || {
        seal(app);
        app.sql().value(count).parse::<usize>().unwrap() >= changes
    });
}

/// Seals all changes that there are, under one seal.
pub fn all_sealed(app: &App) {
    let unsettled = "changes WHERE transaction_number >= (SELECT ahead FROM change_clock) + pg_snapshot_xmin(pg_current_snapshot())::text::bigint";
    wait("older transactions on the server to end", || app.sql().count(unsettled) == 0);
    seal(app);
}

fn seal(app: &App) {
    runtime().block_on(sealer::seal_settled(&app.database_url())).unwrap();
}

fn wait(what: &str, done: impl Fn() -> bool) {
    let began = Instant::now();
    while !done() {
        assert!(began.elapsed() < Duration::from_secs(60), "waited in vain for {what}");
        thread::sleep(Duration::from_millis(20));
    }
}
