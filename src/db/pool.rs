//! Pools of connections. One that broke while it lay there is found out by its first statement, dropped, and the next one is taken.

use std::time::Duration;

use diesel_async::pooled_connection::bb8::{Pool, PooledConnection};
use diesel_async::pooled_connection::{AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod};
use diesel_async::{AnsiTransactionManager, AsyncPgConnection, TransactionManager};

use super::WAIT_SECONDS;
use super::error::DbError;

/// Pool of connections for writes, or for the past; each worker has its own.
pub type ConnectionPool = Pool<AsyncPgConnection>;

/// A connection of a pool, which it goes back to when it is dropped.
pub type Taken = PooledConnection<'static, AsyncPgConnection>;

/// Makes a pool of such sessions. It connects when first used, so that a database that is away does not keep the service from starting.
pub(super) fn pool(session: String, size: u32) -> ConnectionPool {
    let mut config = ManagerConfig::default();
    // A check at every check-out would cost a round trip; see [`taken`].
    config.recycling_method = RecyclingMethod::Fast;
    let manager = AsyncDieselConnectionManager::new_with_config(session, config);
    Pool::builder()
        .max_size(size)
        .test_on_check_out(false)
        .connection_timeout(Duration::from_secs(WAIT_SECONDS))
        .build_unchecked(manager)
}

/// A connection on which `first` was done, which changes nothing but the session: that is what tells whether the connection lives, so
/// that a check costs no round trip. After a restart of the database all that lie in the pool are broken, and are dropped one after
/// the other until one lives or is made anew.
///
/// # Errors
/// Those of `first`; [`DbError::Unavailable`] when the database cannot be reached.
pub(super) async fn taken<W>(pool: &ConnectionPool, mut first: W) -> Result<Taken, DbError>
where
    W: AsyncFnMut(&mut AsyncPgConnection) -> Result<(), DbError>,
{
    let mut may_be_broken = pool.state().connections;
    loop {
        let mut connection = pool.get_owned().await?;
        match first(&mut connection).await {
            Ok(()) => return Ok(connection),
            Err(error) if error.is_lost() => {
                // A failed BEGIN leaves no mark by which the pool would know.
                AnsiTransactionManager::transaction_manager_status_mut(&mut *connection).set_in_error();
                if may_be_broken == 0 {
                    return Err(error);
                }
                may_be_broken -= 1;
            }
            Err(error) => return Err(error),
        }
    }
}
