//! Reads as at an instant: the same statements, on connections where each table shows what was known then.

use std::ops::Deref;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::error::DbError;
use super::functions::{still_writing, travel_to};
use super::pool::{self, ConnectionPool, Taken};
use super::reader::Shared;

/// How long writers may take that began before the instant, until the caller is told to come again.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long to wait between two looks.
const PAUSE: Duration = Duration::from_millis(5);

/// A connection to read by: of the present, shared by all, or one's own.
pub enum Reading {
    /// What is known now.
    Live(Shared),
    /// What was known at an instant, or what limited grants reach.
    Own(Box<Taken>),
}

impl Deref for Reading {
    type Target = AsyncPgConnection;

    fn deref(&self) -> &AsyncPgConnection {
        match self {
            Self::Live(connection) => connection,
            Self::Own(connection) => connection,
        }
    }
}

/// A connection that shows what was known at `instant`. What it shows never changes: whoever was writing by then has ended.
///
/// # Errors
/// The constraint `as_of_in_future`; [`DbError::Unavailable`] when the database cannot be reached, or writers take long.
pub async fn connection(pool: &ConnectionPool, instant: DateTime<Utc>) -> Result<Reading, DbError> {
    let connection = pool::taken(pool, async |connection| travel(connection, instant).await).await?;
    Ok(Reading::Own(Box::new(connection)))
}

/// Lets a connection show what was known at `instant`, once whoever was writing by then has ended.
///
/// # Errors
/// As [`connection`].
pub(super) async fn travel(connection: &mut AsyncPgConnection, instant: DateTime<Utc>) -> Result<(), DbError> {
    let began = Instant::now();
    let writing: Vec<String> = diesel::select(travel_to(instant)).get_result(connection).await?;
    while !writing.is_empty() {
        let now: Vec<String> = diesel::select(still_writing(instant)).get_result(connection).await?;
        if !now.iter().any(|transaction| writing.contains(transaction)) {
            break;
        }
        if began.elapsed() > PATIENCE {
            return Err(DbError::Unavailable(format!("what was known at {instant} is still being written")));
        }
        tokio::time::sleep(PAUSE).await;
    }
    Ok(())
}
