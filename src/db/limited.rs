//! Reads of callers with limited grants: the same statements, on connections whose role the policies of every table hold for.

use chrono::{DateTime, Utc};
use diesel_async::RunQueryDsl;

use super::error::DbError;
use super::functions::set_config;
use super::past::{self, Reading};
use super::pool::{self, ConnectionPool};
use super::reach::Within;

/// A connection that shows what belongs to these, now or as at `instant`. All that it depends on is set anew each time that one is
/// taken from the pool.
///
/// # Errors
/// As [`past::connection`].
pub(super) async fn connection(
    pool: &ConnectionPool,
    within: &Within,
    instant: Option<DateTime<Utc>>,
) -> Result<Reading, DbError> {
    // In the past each view has its own counterpart, which shows what is reached of it.
    let path = if instant.is_some() { "granted_as_of, public" } else { "public" };
    let [(frameworks, of_frameworks), (outcomes, of_outcomes), (measures, of_measures)] = within.settings();
    let connection = pool::taken(pool, async |connection| {
        if let Some(instant) = instant {
            past::travel(connection, instant).await?;
        }
        let settings = (
            set_config("search_path", path, false),
            set_config(frameworks, &of_frameworks, false),
            set_config(outcomes, &of_outcomes, false),
            set_config(measures, &of_measures, false),
        );
        diesel::select(settings).execute(connection).await?;
        Ok(())
    })
    .await?;
    Ok(Reading::Own(Box::new(connection)))
}
