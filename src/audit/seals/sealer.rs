//! The sealer: while the service runs, one task of one instance seals what is settled. Writers never wait for it, and what it has
//! not sealed when it is killed is sealed later.

use std::convert::Infallible;
use std::time::Duration;

use super::store;
use crate::db::{DbError, lead, session};

/// Pause between two looks at a log that is sealed up to its end.
const PAUSE: Duration = Duration::from_millis(200);
/// Pause before the lead is asked for again, and after an error.
const REST: Duration = Duration::from_secs(1);

/// Seals while the service runs, or waits until the instance that does so ends. Does not end.
pub async fn run(url: String) {
    loop {
        let Err(error) = seal(&url).await;
        log::warn!("the change log is not being sealed: {error}");
        tokio::time::sleep(REST).await;
    }
}

/// Seals all that is settled, and ends; for tests, and for what runs beside no service.
///
/// # Errors
/// [`DbError`] when the database cannot be reached, or a service seals at the same moment.
pub async fn seal_settled(url: &str) -> Result<usize, DbError> {
    let mut connection = session::connect(url).await?;
    let mut sealed = 0;
    loop {
        match store::seal_next(&mut connection).await? {
            0 => return Ok(sealed),
            more => sealed += more,
        }
    }
}

async fn seal(url: &str) -> Result<Infallible, DbError> {
    let mut connection = lead::take(url, lead::SEALER).await?;
    loop {
        if store::seal_next(&mut connection).await? == 0 {
            tokio::time::sleep(PAUSE).await;
        }
    }
}
