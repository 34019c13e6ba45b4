//! Reads of members and the public in the past; in the present they share a connection whose role sees the views alone.

use chrono::{DateTime, Utc};
use diesel_async::RunQueryDsl;

use super::ConnectionPool;
use super::error::DbError;
use super::functions::set_config;
use super::past::{self, Reading};
use super::session::DISCLOSED_PAST_PATH;

/// A connection that shows what they may see of what was known at `instant`.
///
/// # Errors
/// As [`past::connection`].
pub(super) async fn past(pool: &ConnectionPool, instant: DateTime<Utc>) -> Result<Reading, DbError> {
    let mut connection = pool.get_owned().await?;
    past::travel(&mut connection, instant).await?;
    diesel::select(set_config("search_path", DISCLOSED_PAST_PATH, false)).execute(&mut *connection).await?;
    Ok(Reading::Own(Box::new(connection)))
}
