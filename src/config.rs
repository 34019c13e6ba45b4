//! Every setting, read from the environment and checked once, before anything starts.

mod identity;
mod reading;
pub mod traffic;
pub mod webhooks;

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use crate::access::oidc;
use crate::domain::network::Network;
use crate::domain::outside::Outside;
use crate::tls::Certificate;
use reading::{Reading, hide_password};
use traffic::Traffic;

/// A setting as it is documented: name, default in words, meaning.
pub type Setting = (&'static str, &'static str, &'static str);

/// THE table of settings, with those of [`traffic`] and [`webhooks`]; `docs/settings.md` is made from all.
pub const SETTINGS: &[Setting] = &[
    (
        "DATABASE_URL",
        "a private PostgreSQL under `DATA_DIR`",
        "PostgreSQL to use, such as `postgres://user:password@host/database`.",
    ),
    (
        "MIGRATE_DATABASE_URL",
        "as `DATABASE_URL`",
        "The same database for the login that owns it, by which migrations run; the login of `DATABASE_URL` then need only be a member of the role `performance_framework_service`.",
    ),
    (
        "READ_DATABASE_URL",
        "none: all is read from `DATABASE_URL`",
        "A streaming standby of `DATABASE_URL`, with a login of the same rights: whole feeds are read from it while it has applied all that was committed.",
    ),
    (
        "DATA_DIR",
        "`var/`",
        "Folder of the private PostgreSQL (not used with `DATABASE_URL`) and of the demonstration's keys.",
    ),
    ("PG_BINDIR", "found by itself", "Folder of `initdb` and `postgres` for the private PostgreSQL."),
    ("HOST", "`127.0.0.1`", "Address to listen on; `0.0.0.0` for all."),
    ("PORT", "`8080`", "Port to listen on, 0 for a free one."),
    (
        "PUBLIC_URL",
        "`http://HOST:PORT`, or `https://…` with `TLS_CERTIFICATE`",
        "Base of absolute addresses in answers, as callers reach the service; without a slash at the end. Where it is https, browsers are told to stay with that.",
    ),
    (
        "TLS_CERTIFICATE",
        "none: plain HTTP, behind a proxy that ends TLS",
        "File in PEM with the service's certificate, and after it those that lead to its root. Read again within a minute when it is renewed.",
    ),
    (
        "TLS_KEY",
        "none; needed with `TLS_CERTIFICATE`",
        "File in PEM with the private key of the certificate, not encrypted.",
    ),
    ("AUTO_MIGRATE", "`true`", "Whether migrations run at start; `false` leaves them to the command `migrate`."),
    ("WORKERS", "the number of cores", "Threads that answer requests, 1 to 256."),
    (
        "DB_POOL_SIZE",
        "`8`",
        "Connections for writes, 1 to 500. Each worker has one more for reads. Made when needed: one more each for reads of members and of the public, as many again for reads of the past and for theirs, and as many each for reads and for writes of callers with limited grants.",
    ),
    (
        "TRUSTED_PROXIES",
        "none",
        "Networks of the proxies in front, joined by commas, such as `10.0.0.0/8`: only what they say in `X-Forwarded-For` is believed.",
    ),
    (
        "OIDC_ISSUER",
        "none: only keys are believed",
        "OpenID Connect issuer with whose accounts people sign in, as its tokens name it, such as `https://login.microsoftonline.com/TENANT/v2.0`.",
    ),
    (
        "OIDC_AUDIENCE",
        "none; needed with `OIDC_ISSUER`",
        "Audiences of which a token must name one, joined by commas: this service as the issuer knows it.",
    ),
    (
        "OIDC_ROLES_CLAIM",
        "`roles`",
        "Claim that holds a person's roles or groups; dots lead into objects, as in `realm_access.roles`.",
    ),
    (
        "OIDC_ROLES",
        "none; needed with `OIDC_ISSUER`",
        "What those roles and groups mean: `name=role`, everywhere, or `name=role:framework=CODE`, `:outcome=CODE` or `:measure=CODE`, joined by commas, such as \
         `Performance.Officer=performance_officer, 6f1c-4d=provider:measure=EDU-01`. A name can stand several times.",
    ),
    ("SHUTDOWN_SECONDS", "`10`", "How long requests in hand may finish after Ctrl-C or SIGTERM, 0 to 600."),
    (
        "RUST_LOG",
        "`info`; for `demo` `info,access=warn`",
        "What is logged to stderr, in env_logger's terms; `access` is the access log, such as `info,access=off`.",
    ),
];

/// The settings, checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// PostgreSQL to use; none for a private one.
    pub database_url: Option<String>,
    /// The same database for the login that migrates it, if that is another.
    pub migrate_database_url: Option<String>,
    /// A standby that whole feeds may be read from.
    pub read_database_url: Option<String>,
    /// Folder of the private PostgreSQL.
    pub data_dir: PathBuf,
    /// Address to listen on.
    pub host: IpAddr,
    /// Port to listen on.
    pub port: u16,
    /// Base of absolute addresses, if set.
    pub public_url: Option<String>,
    /// Certificate by which the service itself speaks TLS, if it does.
    pub tls: Option<Certificate>,
    /// Whether migrations run at start.
    pub auto_migrate: bool,
    /// Worker threads.
    pub workers: usize,
    /// Connections for writes.
    pub pool_size: u32,
    /// Proxies that are believed.
    pub trusted_proxies: Vec<Network>,
    /// Issuer with whose accounts people sign in, if there is one.
    pub oidc: Option<oidc::Settings>,
    /// Seconds for requests in hand at the end.
    pub shutdown_seconds: u64,
    /// What may come in.
    pub traffic: Traffic,
    /// Where webhooks may be sent.
    pub outside: Outside,
}

/// Settings that are wrong: each with what would be right.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct WrongSettings(pub Vec<String>);

impl Config {
    /// Reads the environment.
    ///
    /// # Errors
    /// [`WrongSettings`] with every wrong one.
    pub fn from_env() -> Result<Self, WrongSettings> {
        // A name or value that is not UTF-8 is none of ours.
        let ours =
            std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
        Self::read(&ours.collect())
    }

    /// Reads settings from names and values; an empty value is as good as none.
    ///
    /// # Errors
    /// [`WrongSettings`] with every wrong one.
    pub fn read(settings: &BTreeMap<String, String>) -> Result<Self, WrongSettings> {
        let mut reading = Reading { settings, wrong: Vec::new() };
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let config = Self {
            database_url: reading.postgres("DATABASE_URL"),
            migrate_database_url: reading.postgres("MIGRATE_DATABASE_URL"),
            read_database_url: reading.postgres("READ_DATABASE_URL"),
            data_dir: PathBuf::from(reading.text("DATA_DIR").unwrap_or("var")),
            host: reading
                .parsed("HOST", "an IP address such as 127.0.0.1 or 0.0.0.0", |_| true)
                .unwrap_or(IpAddr::from([127, 0, 0, 1])),
            port: reading.parsed("PORT", "a number from 0 to 65535", |_| true).unwrap_or(8080),
            public_url: reading
                .checked("PUBLIC_URL", "an address such as https://performance.example.gov.uk", is_base)
                .map(|url| url.trim_end_matches('/').to_owned()),
            tls: identity::certificate(&mut reading),
            auto_migrate: reading.parsed("AUTO_MIGRATE", "true or false", |_| true).unwrap_or(true),
            workers: reading.parsed("WORKERS", "a number from 1 to 256", |n| (1..=256).contains(n)).unwrap_or(cores),
            pool_size: reading.parsed("DB_POOL_SIZE", "a number from 1 to 500", |n| (1..=500).contains(n)).unwrap_or(8),
            trusted_proxies: identity::proxies(&mut reading),
            oidc: identity::issuer(&mut reading),
            shutdown_seconds: reading.parsed("SHUTDOWN_SECONDS", "a number from 0 to 600", |n| *n <= 600).unwrap_or(10),
            traffic: Traffic::read(&mut reading),
            outside: webhooks::outside(&mut reading),
        };
        for beside in ["MIGRATE_DATABASE_URL", "READ_DATABASE_URL"] {
            if reading.text(beside).is_some() && reading.text("DATABASE_URL").is_none() {
                let told = format!("{beside} is set, but DATABASE_URL is not: both name the same database");
                reading.wrong.push(told);
            }
        }
        if reading.wrong.is_empty() { Ok(config) } else { Err(WrongSettings(reading.wrong)) }
    }

    /// The base of absolute addresses.
    pub fn base_url(&self, port: u16) -> String {
        let listened = || format!("{}://{}", self.scheme(), SocketAddr::new(self.host, port));
        self.public_url.clone().unwrap_or_else(listened)
    }

    /// The scheme that the service itself speaks.
    pub fn scheme(&self) -> &'static str {
        if self.tls.is_some() { "https" } else { "http" }
    }

    /// The settings in force, for the log; passwords are hidden.
    pub fn shown(&self) -> String {
        let database = self
            .database_url
            .as_deref()
            .map_or_else(|| format!("private, in {}", self.data_dir.display()), hide_password);
        format!(
            "database {database}; listening on {}://{}:{}; public URL {}; auto-migrate {}; {} workers; {} write connections; sign-in {}",
            self.scheme(),
            self.host,
            self.port,
            self.public_url.as_deref().unwrap_or("as listened on"),
            self.auto_migrate,
            self.workers,
            self.pool_size,
            self.oidc.as_ref().map_or("by keys alone", |oidc| &oidc.issuer)
        )
    }
}

fn is_base(url: &str) -> bool {
    let rest = ["http://", "https://"].iter().find_map(|scheme| url.strip_prefix(scheme));
    rest.is_some_and(|rest| !rest.is_empty()) && !url.contains(['?', '#', ' '])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Config, WrongSettings> {
        Config::read(&pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn names_every_wrong_setting_and_what_would_be_right() {
        let wrong = read(&[
            ("PORT", "http"),
            ("HOST", "localhost"),
            ("AUTO_MIGRATE", "yes"),
            ("WORKERS", "0"),
            ("PUBLIC_URL", "x"),
            ("RATE_LIMIT_READS", "many"),
            ("MAX_REQUESTS", "0"),
            ("BODY_SECONDS", "601"),
            ("TRUSTED_PROXIES", "10.0.0.1, proxy"),
            ("CORS_ORIGINS", "*"),
        ]);
        let told = wrong.map(|_| String::new()).unwrap_or_else(|wrong| wrong.to_string());
        for part in [
            "PORT is `http`, but must be a number from 0 to 65535",
            "HOST",
            "AUTO_MIGRATE",
            "WORKERS",
            "PUBLIC_URL",
            "RATE_LIMIT_READS",
            "MAX_REQUESTS",
            "BODY_SECONDS",
            "TRUSTED_PROXIES is `10.0.0.1, proxy`: `proxy`",
            "CORS_ORIGINS has `*`",
        ] {
            assert!(told.contains(part), "{part} in {told}");
        }
    }

    #[test]
    fn migrates_the_database_that_it_serves() {
        let url = "postgres://owner:s3cret@db/performance";
        let told =
            read(&[("MIGRATE_DATABASE_URL", url)]).map(|_| String::new()).unwrap_or_else(|wrong| wrong.to_string());
        assert!(told.contains("DATABASE_URL is not") && !told.contains("s3cret"), "{told}");
        assert!(read(&[("MIGRATE_DATABASE_URL", url), ("DATABASE_URL", "postgres://server@db/performance")]).is_ok());
    }

    #[test]
    fn shows_no_password() -> Result<(), WrongSettings> {
        let config = read(&[
            ("DATABASE_URL", "postgres://council:s3cret@db/performance?password=s3cret"),
            ("PUBLIC_URL", "https://a.b/"),
        ])?;
        assert!(!config.shown().contains("s3cret"), "{}", config.shown());
        assert_eq!(config.base_url(1), "https://a.b");
        Ok(())
    }
}
