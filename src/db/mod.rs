//! The database: one shared connection per worker for reads, a pool for writes, one transaction for each write.

pub mod embedded;
pub mod error;
pub mod fragment;
pub mod functions;
pub mod json_column;
pub mod keyset;
pub mod migrate;
pub mod past;
pub mod private;
pub mod reach;
pub mod reader;
pub mod remembered;
pub mod roles;
/// Every table, printed from the migrated database by `diesel print-schema`.
pub mod schema;
pub mod session;
pub mod text_column;

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use diesel_async::pooled_connection::bb8::{Pool, PooledConnection};
use diesel_async::pooled_connection::{AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod};
use diesel_async::{AnsiTransactionManager, AsyncPgConnection, TransactionManager};

pub use error::DbError;
use past::Reading;
use reach::Reach;
use reader::Reader;

/// Who writes, and for which request: recorded by the change log.
#[derive(Clone, Debug)]
pub struct Author {
    /// Name of the caller.
    pub actor: String,
    /// Id of the request.
    pub request_id: String,
}

/// Pool of connections for writes, or for the past; each worker has its own.
pub type ConnectionPool = Pool<AsyncPgConnection>;

/// Seconds for which a write waits for a connection.
pub const WAIT_SECONDS: u64 = 3;

/// Makes the pool. It connects when first used, so that a database that is away does not keep the service from starting.
fn pool(url: &str, size: u32) -> ConnectionPool {
    let mut config = ManagerConfig::default();
    // A check at every check-out would cost a round trip; a broken connection is found out by its own error.
    config.recycling_method = RecyclingMethod::Fast;
    let manager = AsyncDieselConnectionManager::new_with_config(session::serving(url), config);
    Pool::builder()
        .max_size(size)
        .test_on_check_out(false)
        .connection_timeout(Duration::from_secs(WAIT_SECONDS))
        .build_unchecked(manager)
}

/// The connections of one worker.
pub struct Connections {
    pool: ConnectionPool,
    reader: Reader,
    past: ConnectionPool,
}

impl Connections {
    /// To the database at `url`: a shared read connection, and as many connections for writes, and for the past, as `size`.
    pub fn new(url: &str, size: u32) -> Self {
        Self { pool: pool(url, size), reader: Reader::new(session::serving(url)), past: pool(url, size) }
    }

    /// The worker's connection for single read statements, which reach everywhere. Requests share it: their statements are
    /// pipelined. For what the service reads for itself; what a caller reads is read by [`Db`].
    ///
    /// # Errors
    /// [`DbError::Unavailable`] when the database cannot be reached.
    pub async fn reader(&self) -> Result<reader::Shared, DbError> {
        self.reader.connection().await
    }

    /// A connection for a statement that the service makes for itself and that stands in no log.
    ///
    /// # Errors
    /// As [`Connections::reader`].
    pub async fn writer(&self) -> Result<PooledConnection<'_, AsyncPgConnection>, DbError> {
        Ok(self.pool.get().await?)
    }
}

/// The database as one caller sees it.
#[derive(Clone)]
pub struct Db {
    connections: Arc<Connections>,
    reach: Reach,
}

impl Db {
    /// The database of this worker, for a caller who reaches this far.
    pub fn new(connections: Arc<Connections>, reach: Reach) -> Self {
        Self { connections, reach }
    }

    /// A connection for single read statements, of what was known at `as_of`; of what is known now where that is null.
    ///
    /// # Errors
    /// As [`Connections::reader`] and [`past::connection`].
    pub async fn reading(&self, as_of: Option<DateTime<Utc>>) -> Result<Reading, DbError> {
        self.everywhere()?;
        match as_of {
            None => Ok(Reading::Live(self.connections.reader().await?)),
            Some(instant) => past::connection(&self.connections.past, instant).await,
        }
    }

    /// Nobody with limited grants is served before the policies of the tables are there.
    fn everywhere(&self) -> Result<(), DbError> {
        match self.reach {
            Reach::Everywhere => Ok(()),
            Reach::Within(_) => Err(DbError::Unavailable("limited grants have no policies yet".to_owned())),
        }
    }

    /// Runs `work` as one transaction in the name of `author`: all of it is stored, or nothing.
    ///
    /// # Errors
    /// Those of `work`; [`DbError`] when the database cannot be reached or refuses.
    pub async fn write<T, E, W>(&self, author: &Author, work: W) -> Result<T, E>
    where
        W: AsyncFnOnce(&mut AsyncPgConnection) -> Result<T, E>,
        E: From<DbError>,
    {
        self.everywhere()?;
        let mut connection = self.connections.pool.get().await.map_err(DbError::from)?;
        let connection = &mut *connection;
        AnsiTransactionManager::begin_transaction_sql(connection, &begin(author)).await.map_err(DbError::from)?;
        match work(connection).await {
            Ok(done) => {
                AnsiTransactionManager::commit_transaction(connection).await.map_err(DbError::from)?;
                Ok(done)
            }
            Err(error) => {
                // When even the rollback fails the connection is broken, and the pool drops it.
                let _ = AnsiTransactionManager::rollback_transaction(connection).await;
                Err(error)
            }
        }
    }
}

/// Begins the transaction and names its author in one round trip; `set_config(…, true)` ends with the transaction.
fn begin(author: &Author) -> String {
    let quoted = |text: &str| text.replace('\'', "''");
    format!(
        "BEGIN; SELECT set_config('app.actor', '{}', true), set_config('app.request_id', '{}', true)",
        quoted(&author.actor),
        quoted(&author.request_id)
    )
}
