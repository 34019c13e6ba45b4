//! The database: one shared connection per worker for reads, a pool for writes, one transaction for each write.

mod disclosed;
pub mod embedded;
pub mod error;
pub mod fragment;
pub mod functions;
pub mod json_column;
pub mod keyset;
pub mod lead;
mod limited;
pub mod migrate;
pub mod past;
pub mod pool;
pub mod private;
pub mod reach;
pub mod reader;
pub mod remembered;
pub mod replica;
pub mod roles;
/// Every table, printed from the migrated database by `diesel print-schema`.
pub mod schema;
pub mod session;
pub mod snapshot;
pub mod text_column;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use diesel_async::{AnsiTransactionManager, AsyncPgConnection, SimpleAsyncConnection, TransactionManager};

pub use error::DbError;
use past::Reading;
use pool::{ConnectionPool, Taken, pool};
use reach::{Eyes, Reach};
use reader::Reader;
use replica::{Replica, Written};
use snapshot::Snapshot;

/// Who writes, and for which request: recorded by the change log.
#[derive(Clone, Debug)]
pub struct Author {
    /// Name of the caller.
    pub actor: String,
    /// Id of the request.
    pub request_id: String,
}

/// Seconds for which a write waits for a connection.
pub const WAIT_SECONDS: u64 = 3;

/// The connections of one worker.
pub struct Connections {
    pool: ConnectionPool,
    reader: Reader,
    past: ConnectionPool,
    limited: ConnectionPool,
    limited_reads: ConnectionPool,
    disclosed: Reader,
    disclosed_to_members: Reader,
    disclosed_past: ConnectionPool,
    replica: Option<Replica>,
}

impl Connections {
    /// To the database at `url`: a shared read connection, one more each for members and the public, and as many connections as `size`
    /// for writes, for the past (theirs too), and for reads and writes of callers with limited grants; for reads `held` more, which
    /// whole feeds may hold for as long as they are read. Each is made when it is first needed.
    pub fn new(url: &str, size: u32, held: u32) -> Self {
        let (serving, limited, disclosed) = (session::serving(url), session::limited(url), session::disclosed(url));
        Self {
            reader: Reader::new(serving.clone()),
            past: pool(serving.clone(), size + held),
            pool: pool(serving, size),
            limited: pool(limited.clone(), size),
            limited_reads: pool(limited, size + held),
            disclosed: Reader::new(disclosed.clone()),
            disclosed_to_members: Reader::new(session::disclosed_to_members(url)),
            disclosed_past: pool(disclosed, size + held),
            replica: None,
        }
    }

    /// The same, with a standby at `url` for whole moments of what is known now.
    #[must_use]
    pub fn beside(self, url: &str, size: u32, held: u32) -> Self {
        Self { replica: Some(Replica::new(url, size + held)), ..self }
    }

    /// Whether there is a standby.
    pub const fn has_replica(&self) -> bool {
        self.replica.is_some()
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
    pub async fn writer(&self) -> Result<Taken, DbError> {
        pool::taken(&self.pool, async |connection| Ok(connection.batch_execute("SELECT 1").await?)).await
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

    /// The same database as others see it: for what is made for them, and foreseen by those who make it.
    #[must_use]
    pub fn seen_by(&self, eyes: Eyes) -> Self {
        Self { connections: Arc::clone(&self.connections), reach: Reach::Disclosed(eyes) }
    }

    /// A connection for single read statements, of what was known at `as_of`; of what is known now where that is null.
    ///
    /// # Errors
    /// As [`Connections::reader`] and [`past::connection`].
    pub async fn reading(&self, as_of: Option<DateTime<Utc>>) -> Result<Reading, DbError> {
        match (&self.reach, as_of) {
            (Reach::Everywhere, None) => Ok(Reading::Live(self.connections.reader().await?)),
            (Reach::Everywhere, Some(instant)) => past::connection(&self.connections.past, instant).await,
            (Reach::Within(within), as_of) => limited::connection(&self.connections.limited_reads, within, as_of).await,
            (Reach::Disclosed(eyes), None) => {
                let reader = match eyes {
                    Eyes::Public => &self.connections.disclosed,
                    Eyes::Members => &self.connections.disclosed_to_members,
                };
                Ok(Reading::Live(reader.connection().await?))
            }
            (Reach::Disclosed(eyes), Some(instant)) => {
                disclosed::past(&self.connections.disclosed_past, *eyes, instant).await
            }
        }
    }

    /// One moment of the database, as known at `as_of`, for an answer of several statements. Where it was told how far the database
    /// had written, a standby that has applied it may show it; the past is not asked of one, since it does not know who is writing.
    ///
    /// # Errors
    /// As [`Db::reading`].
    pub async fn snapshot(&self, as_of: Option<DateTime<Utc>>, written: Option<Written>) -> Result<Snapshot, DbError> {
        let connections = &self.connections;
        let (pool, limited, disclosed) = match &self.reach {
            Reach::Everywhere => (&connections.past, false, false),
            Reach::Within(_) => (&connections.limited_reads, true, false),
            Reach::Disclosed(_) => (&connections.disclosed_past, false, true),
        };
        let path = snapshot::path(limited, disclosed, as_of.is_some());
        let mut settings = vec![("search_path", path.to_owned())];
        settings.extend(snapshot::FIRST_ROWS_FIRST.map(|(name, value)| (name, value.to_owned())));
        match &self.reach {
            Reach::Everywhere => {}
            Reach::Within(within) => settings.extend(within.settings()),
            Reach::Disclosed(eyes) => settings.push((session::AUDIENCE, eyes.word().to_owned())),
        }
        let standby = match (&connections.replica, written, as_of) {
            (Some(replica), Some(written), None) => replica.connection(&self.reach, written).await,
            _ => None,
        };
        match standby {
            Some(connection) => snapshot::begin(connection, &settings).await,
            None => snapshot::taken(pool, &settings, as_of).await,
        }
    }

    /// How far the caller reaches.
    pub const fn reach(&self) -> &Reach {
        &self.reach
    }

    /// Whether the caller reaches all of a framework, so that what tells of it as a whole tells the caller the truth.
    pub fn reaches_all_of(&self, framework: &str) -> bool {
        match &self.reach {
            Reach::Everywhere => true,
            Reach::Disclosed(_) => false,
            Reach::Within(within) => within.frameworks.iter().any(|granted| granted == framework),
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
        let pool = match self.reach {
            Reach::Everywhere => &self.connections.pool,
            Reach::Within(_) => &self.connections.limited,
            // No operation that writes is theirs; if one were, this role could write nothing.
            Reach::Disclosed(_) => &self.connections.disclosed_past,
        };
        let begin = begin(author, &self.reach);
        let mut connection = pool::taken(pool, async |connection| {
            Ok(AnsiTransactionManager::begin_transaction_sql(connection, &begin).await?)
        })
        .await?;
        let connection = &mut *connection;
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

/// Begins the transaction, names its author and says how far it reaches, in one round trip; `set_config(…, true)` ends with the
/// transaction.
fn begin(author: &Author, reach: &Reach) -> String {
    let mut settings = vec![("app.actor", author.actor.clone()), ("app.request_id", author.request_id.clone())];
    if let Reach::Within(within) = reach {
        settings.extend(within.settings());
    }
    let set = |(name, value): &(&str, String)| format!("set_config('{name}', '{}', true)", value.replace('\'', "''"));
    let all: Vec<String> = settings.iter().map(set).collect();
    format!("BEGIN; SELECT {}", all.join(", "))
}
