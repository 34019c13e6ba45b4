//! Migrations, embedded in the binary: run at start under an advisory lock, so that instances that start together take turns.

use diesel::dsl::sql;
use diesel::migration::MigrationSource;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::{AsyncConnection, AsyncMigrationHarness, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::error::DbError;

/// Every migration, in order.
pub const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// Number of the advisory lock that a migrating instance holds.
const LOCK: i64 = 0x7065_7266_6f72_6d00;

/// Brings the database up to date; answers how many migrations were run.
///
/// # Errors
/// [`DbError`] when the database cannot be reached or a migration fails.
pub fn run(url: &str) -> Result<usize, DbError> {
    on_own_thread(url, |harness| harness.run_pending_migrations(MIGRATIONS).map(|done| done.len()))
}

/// Takes every migration back, newest first; for tests.
///
/// # Errors
/// As [`run`].
pub fn revert_all(url: &str) -> Result<usize, DbError> {
    on_own_thread(url, |harness| harness.revert_all_migrations(MIGRATIONS).map(|done| done.len()))
}

diesel::table! {
    /// Where diesel keeps which migrations have run.
    __diesel_schema_migrations (version) {
        /// Version of one that has.
        version -> Text,
    }
}

/// How many migrations the database still needs: a plain look, which a login that only serves may take, too.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn pending(url: &str) -> Result<usize, DbError> {
    let mut connection = AsyncPgConnection::establish(url).await?;
    let there = sql::<Bool>("to_regclass('__diesel_schema_migrations') IS NOT NULL");
    let mut run: Vec<String> = Vec::new();
    if diesel::select(there).get_result(&mut connection).await? {
        run =
            __diesel_schema_migrations::table.select(__diesel_schema_migrations::version).load(&mut connection).await?;
    }
    let all = MigrationSource::<Pg>::migrations(&MIGRATIONS).map_err(|error| DbError::Other(error.to_string()))?;
    Ok(all.iter().filter(|migration| !run.contains(&migration.name().version().to_string())).count())
}

type Harness = AsyncMigrationHarness<AsyncPgConnection>;
type Outcome<T> = diesel::migration::Result<T>;

/// The harness blocks inside a runtime of its own, which a thread of the service's runtime does not allow.
fn on_own_thread<T: Send + 'static>(url: &str, work: fn(&mut Harness) -> Outcome<T>) -> Result<T, DbError> {
    let url = url.to_owned();
    let thread = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let runtime = runtime.map_err(|error| DbError::Other(error.to_string()))?;
        let connection = runtime.block_on(prepare(&url))?;
        let _inside = runtime.enter();
        runtime.block_on(async {
            tokio::task::block_in_place(|| {
                let mut harness = AsyncMigrationHarness::new(connection);
                work(&mut harness).map_err(|error| DbError::Other(error.to_string()))
            })
        })
        // The lock ends with the connection.
    });
    thread.join().unwrap_or_else(|_| Err(DbError::Other("the migrating thread panicked".to_owned())))
}

async fn prepare(url: &str) -> Result<AsyncPgConnection, DbError> {
    let mut connection = AsyncPgConnection::establish(url).await?;
    connection.batch_execute("SET client_min_messages = warning").await?;
    diesel::sql_query(format!("SELECT pg_advisory_lock({LOCK})")).execute(&mut connection).await?;
    Ok(connection)
}
