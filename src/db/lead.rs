//! The one instance of a database that does what must not be done by two at once: it holds a number until its session ends.

use std::time::Duration;

use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::error::DbError;
use super::functions::pg_try_advisory_lock;
use super::session;

/// Seals the change log.
pub const SEALER: i64 = 0x7065_7266_6f72_6d01;
/// Delivers webhooks.
pub const DELIVERER: i64 = 0x7065_7266_6f72_6d02;
/// Works imports.
pub const IMPORTER: i64 = 20_564;

/// Between two looks whether the one that leads has ended.
const REST: Duration = Duration::from_secs(1);

/// A session that has the lead under this number until it ends; waits while another has it.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn take(url: &str, number: i64) -> Result<AsyncPgConnection, DbError> {
    let mut connection = session::connect(url).await?;
    while !diesel::select(pg_try_advisory_lock(number)).get_result::<bool>(&mut connection).await? {
        tokio::time::sleep(REST).await;
    }
    Ok(connection)
}
