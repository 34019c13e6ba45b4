//! A standby that shows whole moments of the database, as long as it has applied all that was committed when somebody asked.

use std::cell::Cell;
use std::time::{Duration, Instant};

use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::error::DbError;
use super::pool::{self, ConnectionPool, Taken, pool};
use super::reach::Reach;
use super::session;

/// How long a standby may take to say how far it is; then the database is read instead.
const PATIENCE: Duration = Duration::from_millis(500);
/// How long one that did not is left alone.
const REST: Duration = Duration::from_secs(10);

const WRITTEN: &str = "SELECT system_identifier AS cluster, (pg_current_wal_insert_lsn() - '0/0')::bigint AS bytes FROM pg_control_system()";

/// Of a standby of this cluster and no other: whoever follows another, or none, does not say it.
const HAS_APPLIED: &str = "SELECT coalesce(pg_is_in_recovery() AND system_identifier = $1 AND pg_last_wal_replay_lsn() - '0/0' >= $2, false) \
     AS applied FROM pg_control_system()";

/// How far a database had written its log: what was committed by then stands before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, QueryableByName)]
pub struct Written {
    #[diesel(sql_type = BigInt)]
    cluster: i64,
    #[diesel(sql_type = BigInt)]
    bytes: i64,
}

#[derive(QueryableByName)]
struct Applied {
    #[diesel(sql_type = Bool)]
    applied: bool,
}

/// How far the database has written now.
///
/// # Errors
/// [`DbError`] when it cannot be reached.
pub async fn written(mut connection: &AsyncPgConnection) -> Result<Written, DbError> {
    Ok(diesel::sql_query(WRITTEN).get_result(&mut connection).await?)
}

/// The standby, for one worker.
pub(super) struct Replica {
    everywhere: ConnectionPool,
    limited: ConnectionPool,
    disclosed: ConnectionPool,
    resting_until: Cell<Option<Instant>>,
}

impl Replica {
    /// The standby at `url`, with so many connections at most for each kind of caller.
    pub fn new(url: &str, size: u32) -> Self {
        Self {
            everywhere: pool(session::serving(url), size),
            limited: pool(session::limited(url), size),
            disclosed: pool(session::disclosed(url), size),
            resting_until: Cell::new(None),
        }
    }

    /// A connection to it, if it has applied all that; none while it is behind or away.
    pub async fn connection(&self, reach: &Reach, written: Written) -> Option<Taken> {
        if self.resting_until.get().is_some_and(|until| Instant::now() < until) {
            return None;
        }
        let pool = match reach {
            Reach::Everywhere => &self.everywhere,
            Reach::Within(_) => &self.limited,
            Reach::Disclosed(_) => &self.disclosed,
        };
        let told = match tokio::time::timeout(PATIENCE, caught_up(pool, written)).await {
            Ok(Ok(connection)) => return connection,
            Ok(Err(error)) => error.to_string(),
            Err(_) => format!("it did not answer within {} ms", PATIENCE.as_millis()),
        };
        log::warn!("the standby is away, so the database is read: {told}");
        self.resting_until.set(Some(Instant::now() + REST));
        None
    }
}

async fn caught_up(pool: &ConnectionPool, written: Written) -> Result<Option<Taken>, DbError> {
    let mut caught_up = false;
    let connection = pool::taken(pool, async |connection| {
        let asked = diesel::sql_query(HAS_APPLIED).bind::<BigInt, _>(written.cluster).bind::<BigInt, _>(written.bytes);
        let Applied { applied } = asked.get_result(connection).await?;
        caught_up = applied;
        Ok(())
    })
    .await?;
    Ok(caught_up.then_some(connection))
}
