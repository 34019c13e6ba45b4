//! Reads of members and the public in the past; in the present they share a connection whose role sees the views alone.

use chrono::{DateTime, Utc};
use diesel_async::RunQueryDsl;

use super::error::DbError;
use super::functions::set_config;
use super::past::{self, Reading};
use super::pool::{self, ConnectionPool};
use super::reach::Eyes;
use super::session::{AUDIENCE, DISCLOSED_PAST_PATH};

/// A connection that shows what they may see of what was known at `instant`. All that it depends on is set anew each time that one
/// is taken from the pool.
///
/// # Errors
/// As [`past::connection`].
pub(super) async fn past(pool: &ConnectionPool, eyes: Eyes, instant: DateTime<Utc>) -> Result<Reading, DbError> {
    let mut connection = pool::taken(pool, async |connection| past::travel(connection, instant).await).await?;
    let settings = (set_config("search_path", DISCLOSED_PAST_PATH, false), set_config(AUDIENCE, eyes.word(), false));
    diesel::select(settings).execute(&mut *connection).await?;
    Ok(Reading::Own(Box::new(connection)))
}
