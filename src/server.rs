//! Starting and stopping: database first, then migrations, then the listener; all of it ends with the process.

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use actix_web::HttpServer;
use actix_web::dev::Server;
use actix_web::web::Data;
use diesel_async::RunQueryDsl;
use tokio::signal::unix::{SignalKind, signal};

use crate::access::readings::{self, Readings};
use crate::app::{self, Shared};
use crate::audit::waiting::{self, Waiting};
use crate::bulk::queue;
use crate::config::Config;
use crate::db::embedded::EmbeddedError;
use crate::db::private::Private;
use crate::db::roles::{self, Standing};
use crate::db::session::{self, AUDIENCE_ROLE, LIMITED_ROLE, ROLE};
use crate::db::{DbError, migrate};
use crate::{limits, retry, webhooks};

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
    /// The login may not take the service's role.
    #[error(
        "the login of DATABASE_URL may not serve: let an administrator run `GRANT {ROLE} TO` the login, or name one that is a \
         member of that role, which must itself be a member of {LIMITED_ROLE} and {AUDIENCE_ROLE}"
    )]
    Role,
    /// The address cannot be listened on.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, std::io::Error),
    /// No connection can be encrypted.
    #[error("TLS: {0}")]
    Tls(#[from] rustls::Error),
    /// The server failed.
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

/// The database in use: a private one runs as long as this lives.
pub struct Database {
    /// Where it is, for the login that serves.
    pub url: String,
    /// Where it is, for the login that owns and migrates it.
    pub owner_url: String,
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
            let owner_url = config.migrate_database_url.as_ref().unwrap_or(url).clone();
            return Ok(Self { url: url.clone(), owner_url, private: None });
        }
        let private = Private::open(config.data_dir.clone())?;
        let (url, owner_url) = (private.serving_url().to_owned(), private.owner_url().to_owned());
        Ok(Self { url, owner_url, private: Some(private) })
    }

    /// Brings the database up to date, or refuses one that is not, as configured; and a login that may not serve. Blocks.
    ///
    /// # Errors
    /// [`StartError::Database`], [`StartError::Migrations`], [`StartError::Role`].
    pub fn prepare(&self, config: &Config) -> Result<(), StartError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        match runtime.block_on(migrate::pending(&self.owner_url))? {
            0 => {}
            _ if config.auto_migrate => {
                // Not within the log line: at RUST_LOG=warn its arguments are never evaluated.
                let run = migrate::run(&self.owner_url)?;
                log::info!("{run} migrations were run");
            }
            missing => return Err(StartError::Migrations(missing)),
        }
        runtime.block_on(self.admit())
    }

    /// That the login which serves may do so, and not much more.
    async fn admit(&self) -> Result<(), StartError> {
        if self.private.is_some() {
            roles::make_private_login(&self.owner_url).await?;
        }
        match roles::standing(&self.url).await? {
            Standing::Confined => Ok(()),
            Standing::Superuser => {
                log::warn!(
                    "DATABASE_URL logs in as a superuser; for real work give it a login of its own, see the README"
                );
                Ok(())
            }
            Standing::Refused => Err(StartError::Role),
        }
    }
}

/// Runs once at start: moves the change clock past every recorded change, should the database have been restored.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn settle(url: &str) -> Result<(), DbError> {
    let mut connection = session::connect(url).await?;
    diesel::sql_query("SELECT settle_change_clock()").execute(&mut connection).await?;
    Ok(())
}

/// Forgets, at start and once an hour, the answers that nobody can ask for again, and old deliveries. Does not end.
pub async fn purge_hourly(url: String) {
    loop {
        if let Err(error) = purge(&url).await {
            log::warn!("old answers were not purged: {error}");
        }
        tokio::time::sleep(Duration::from_secs(3600)).await;
    }
}

/// Deletes the stored answers that are older than 24 hours, and the deliveries and imports that are no longer kept.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn purge(url: &str) -> Result<(), DbError> {
    let mut connection = session::connect(url).await?;
    retry::store::purge(&mut connection).await?;
    webhooks::purge::purge(&mut connection).await?;
    queue::purge(&mut connection).await?;
    Ok(())
}

/// A server that listens; it answers once its future is polled.
pub struct Listening {
    /// The server.
    pub server: Server,
    /// Where it listens.
    pub address: SocketAddr,
    /// Which keys read which measures, as far as it is not written yet.
    pub readings: Data<Readings>,
}

/// Tells those who wait for changes of them, and lets them go when the process is told to stop: they would hold up its end.
fn attend(waiting: Data<Waiting>, url: String) {
    let ending = waiting.clone();
    actix_web::rt::spawn(async move { waiting::watch_log(&waiting, &url).await });
    actix_web::rt::spawn(async move {
        match (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) {
            (Ok(mut terminate), Ok(mut interrupt)) => tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            },
            _ => log::warn!("signals cannot be heard: who waits for changes will hold up the end"),
        }
        ending.end();
    });
}

/// Binds the address and makes the workers.
///
/// # Errors
/// [`StartError::Listen`], [`StartError::Tls`].
pub fn listen(config: &Config, url: &str) -> Result<Listening, StartError> {
    let wanted = SocketAddr::new(config.host, config.port);
    let listener = TcpListener::bind(wanted).map_err(|error| StartError::Listen(wanted, error))?;
    let address = listener.local_addr()?;
    cut_off_who_takes_nothing(&listener, config.traffic.answer_seconds)?;
    let shared = Shared::new(config, url.to_owned(), config.base_url(address.port()));
    let traffic = &config.traffic;
    actix_web::rt::spawn(limits::forget_the_idle(shared.limits().clone()));
    attend(shared.waiting().clone(), url.to_owned());
    let readings = shared.readings().clone();
    actix_web::rt::spawn(readings::write_regularly(readings.clone(), url.to_owned()));
    let server = HttpServer::new(move || app::build(&shared))
        .workers(config.workers)
        .max_connections(traffic.connections.div_ceil(config.workers))
        .client_request_timeout(Duration::from_secs(traffic.head_seconds))
        .keep_alive(Duration::from_secs(traffic.keep_alive_seconds))
        .tls_handshake_timeout(Duration::from_secs(traffic.head_seconds))
        .shutdown_timeout(config.shutdown_seconds)
        .tcp_nodelay(true);
    let server = match &config.tls {
        Some(certificate) => {
            actix_web::rt::spawn(certificate.clone().renew_when_changed());
            server.listen_rustls_0_23(listener, certificate.server_config()?)?
        }
        None => server.listen(listener)?,
    };
    Ok(Listening { server: server.run(), address, readings })
}

/// Connections take this over from the socket that accepts them: one whose client takes nothing for so long of what was written to
/// it is ended by the system.
#[cfg(target_os = "linux")]
fn cut_off_who_takes_nothing(listener: &TcpListener, seconds: u64) -> std::io::Result<()> {
    socket2::SockRef::from(listener).set_tcp_user_timeout(Some(Duration::from_secs(seconds)))
}

/// Elsewhere there is no such clock; the number of connections is bounded all the same.
#[cfg(not(target_os = "linux"))]
fn cut_off_who_takes_nothing(_: &TcpListener, _: u64) -> std::io::Result<()> {
    Ok(())
}
