//! One moment of the database for an answer of any length: a read-only transaction on a connection of its own.

use std::ops::Deref;

use diesel_async::{AnsiTransactionManager, AsyncPgConnection, TransactionManager};

use super::error::DbError;
use super::pool::{self, ConnectionPool, Taken};
use super::session::{DISCLOSED_PAST_PATH, DISCLOSED_PATH};

/// The first rows of many are waited for: rows are looked up one after the other in the order of an index
/// rather than all of them joined and sorted before the first is told.
pub(super) const FIRST_ROWS_FIRST: [(&str, &str); 3] =
    [("enable_hashjoin", "off"), ("enable_mergejoin", "off"), ("cursor_tuple_fraction", "0.0001")];

/// A connection that shows one moment until it is given back.
pub struct Snapshot {
    connection: Box<Taken>,
}

impl Deref for Snapshot {
    type Target = AsyncPgConnection;

    fn deref(&self) -> &AsyncPgConnection {
        &self.connection
    }
}

/// Where a session looks for tables, by whether its caller is limited, whether members or the public, and whether in the past.
pub(super) const fn path(limited: bool, disclosed: bool, past: bool) -> &'static str {
    match (limited, disclosed, past) {
        (_, true, false) => DISCLOSED_PATH,
        (_, true, true) => DISCLOSED_PAST_PATH,
        (true, false, true) => "granted_as_of,public",
        (false, false, true) => "as_of,public",
        (_, false, false) => "public",
    }
}

/// Begins to read one moment, on a connection of the pool. `settings` hold until the snapshot ends; whatever the connection was used
/// for before is of no matter.
///
/// # Errors
/// [`DbError::Unavailable`] when the database cannot be reached.
pub(super) async fn taken(
    pool: &ConnectionPool,
    settings: &[(&str, String)],
    travel: Option<chrono::DateTime<chrono::Utc>>,
) -> Result<Snapshot, DbError> {
    let sql = sql(settings);
    let connection = pool::taken(pool, async |connection| {
        if let Some(instant) = travel {
            super::past::travel(connection, instant).await?;
        }
        Ok(AnsiTransactionManager::begin_transaction_sql(connection, &sql).await?)
    })
    .await?;
    Ok(Snapshot { connection: Box::new(connection) })
}

/// The same on a connection that was taken already.
///
/// # Errors
/// As [`taken`].
pub(super) async fn begin(mut connection: Taken, settings: &[(&str, String)]) -> Result<Snapshot, DbError> {
    AnsiTransactionManager::begin_transaction_sql(&mut *connection, &sql(settings)).await?;
    Ok(Snapshot { connection: Box::new(connection) })
}

fn sql(settings: &[(&str, String)]) -> String {
    let set = |(name, value): &(&str, String)| format!("set_config('{name}', '{}', true)", value.replace('\'', "''"));
    let all: Vec<String> = settings.iter().map(set).collect();
    format!("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT {}", all.join(", "))
}

impl Snapshot {
    /// Gives the connection back. One that is dropped without is closed: nobody knows what it was in the middle of.
    pub async fn end(mut self) {
        // When even this fails the connection is broken, and the pool drops it.
        let _ = AnsiTransactionManager::rollback_transaction(&mut **self.connection).await;
    }
}
