//! Starting and stopping: database first, then migrations, then the listener; all of it ends with the process.

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use actix_web::HttpServer;
use actix_web::dev::Server;
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};

use crate::app::{self, Shared};
use crate::config::Config;
use crate::db::embedded::EmbeddedError;
use crate::db::private::Private;
use crate::db::{DbError, migrate};
use crate::retry;

/// Why the service does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The private PostgreSQL does not start.
    #[error("{0}")]
    Private(#[from] EmbeddedError),
    /// The database cannot be used.
    #[error("{0}")]
    Database(#[from] DbError),
    /// Migrations are missing, and `AUTO_MIGRATE` is false.
    #[error("the database needs {0} migrations: run `performance-framework migrate`, or set AUTO_MIGRATE=true")]
    Migrations(usize),
    /// The address cannot be listened on.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, std::io::Error),
    /// The server failed.
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

/// The database in use: a private one runs as long as this lives.
pub struct Database {
    /// Where it is.
    pub url: String,
    /// The private server, if it is one.
    pub private: Option<Private>,
}

impl Database {
    /// The configured database, or the private one.
    ///
    /// # Errors
    /// [`StartError::Private`].
    pub fn open(config: &Config) -> Result<Self, StartError> {
        if let Some(url) = &config.database_url {
            return Ok(Self { url: url.clone(), private: None });
        }
        let private = Private::open(config.data_dir.clone())?;
        Ok(Self { url: private.url().to_owned(), private: Some(private) })
    }

    /// Brings the database up to date, or refuses one that is not, as configured.
    ///
    /// # Errors
    /// [`StartError::Database`], [`StartError::Migrations`].
    pub fn prepare(&self, config: &Config) -> Result<(), StartError> {
        if config.auto_migrate {
            let run = migrate::run(&self.url)?;
            if run > 0 {
                log::info!("{run} migrations were run");
            }
            return Ok(());
        }
        match migrate::pending(&self.url)? {
            0 => Ok(()),
            missing => Err(StartError::Migrations(missing)),
        }
    }
}

/// Runs once at start: moves the change clock past every recorded change, should the database have been restored.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn settle(url: &str) -> Result<(), DbError> {
    let mut connection = AsyncPgConnection::establish(url).await?;
    diesel::sql_query("SELECT settle_change_clock()").execute(&mut connection).await?;
    Ok(())
}

/// Forgets, at start and once an hour, the answers that nobody can ask for again. Does not end.
pub async fn purge_hourly(url: String) {
    loop {
        if let Err(error) = purge(&url).await {
            log::warn!("old answers were not purged: {error}");
        }
        tokio::time::sleep(Duration::from_secs(3600)).await;
    }
}

/// Deletes the stored answers that are older than 24 hours.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn purge(url: &str) -> Result<(), DbError> {
    let mut connection = AsyncPgConnection::establish(url).await?;
    retry::store::purge(&mut connection).await?;
    Ok(())
}

/// A server that listens; it answers once its future is polled.
pub struct Listening {
    /// The server.
    pub server: Server,
    /// Where it listens.
    pub address: SocketAddr,
}

/// Binds the address and makes the workers.
///
/// # Errors
/// [`StartError::Listen`].
pub fn listen(config: &Config, url: &str) -> Result<Listening, StartError> {
    let wanted = SocketAddr::new(config.host, config.port);
    let listener = TcpListener::bind(wanted).map_err(|error| StartError::Listen(wanted, error))?;
    let address = listener.local_addr()?;
    let shared = Shared::new(config, url.to_owned(), config.base_url(address.port()));
    let server = HttpServer::new(move || app::build(&shared))
        .workers(config.workers)
        .shutdown_timeout(config.shutdown_seconds)
        .tcp_nodelay(true)
        .listen(listener)?
        .run();
    Ok(Listening { server, address })
}
