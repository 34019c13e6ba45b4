//! A direct connection to a test's database, for what no caller of the API may do or see.

use std::sync::OnceLock;

use tokio::runtime::{Builder, Runtime};
use tokio_postgres::{Client, NoTls, SimpleQueryMessage};

use super::log;

/// Connections are driven by one thread, beside the tests and their services.
pub fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| {
        Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime for SQL connections")
    })
}

/// A connection.
pub struct Sql(Client);

/// What PostgreSQL said against a statement.
#[derive(Debug)]
pub struct Refused {
    /// SQLSTATE, such as `23514`.
    pub code: String,
    /// The constraint that refused.
    pub constraint: String,
    /// Its words.
    pub message: String,
}

impl Sql {
    /// Connects.
    pub fn connect(url: &str) -> Self {
        runtime().block_on(async {
            let (client, driver) =
                tokio_postgres::connect(url, NoTls).await.expect("a connection to the test database");
            tokio::spawn(driver);
            Self(client)
        })
    }

    /// Runs statements.
    pub fn run(&self, sql: &str) {
        if let Err(refused) = self.try_run(sql) {
            panic!("{sql}: {refused:?}");
        }
    }

    /// Runs statements that may be refused.
    pub fn try_run(&self, sql: &str) -> Result<(), Refused> {
        let done = log::unwatched(|| runtime().block_on(self.0.batch_execute(sql)));
        done.map_err(|error| {
            let told = error.as_db_error().expect("the server itself refuses");
            Refused {
                code: told.code().code().to_owned(),
                constraint: told.constraint().unwrap_or_default().to_owned(),
                message: told.message().to_owned(),
            }
        })
    }

    /// The rows of a query as text; null is the text `null`.
    pub fn rows(&self, sql: &str) -> Vec<Vec<String>> {
        let messages = log::unwatched(|| runtime().block_on(self.0.simple_query(sql)));
        let messages = messages.unwrap_or_else(|error| panic!("{sql}: {error:?}"));
        let rows = messages.iter().filter_map(|message| match message {
            SimpleQueryMessage::Row(row) => Some(row),
            _ => None,
        });
        rows.map(|row| (0..row.len()).map(|at| row.get(at).unwrap_or("null").to_owned()).collect()).collect()
    }

    /// The first column of a query.
    pub fn column(&self, sql: &str) -> Vec<String> {
        self.rows(sql).into_iter().map(|mut row| row.swap_remove(0)).collect()
    }

    /// The only value of a query.
    pub fn value(&self, sql: &str) -> String {
        let mut rows = self.column(sql);
        assert_eq!(rows.len(), 1, "{sql} gives {rows:?}");
        rows.swap_remove(0)
    }

    /// How many rows a table has, of those that meet the condition.
    pub fn count(&self, from: &str) -> usize {
        self.value(&format!("SELECT count(*) FROM {from}")).parse().expect("a count is a number")
    }
}
