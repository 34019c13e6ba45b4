//! A running service of a test's own, on a free port and a database of its own; both end with the test.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::{OnceLock, mpsc};
use std::thread::{self, JoinHandle};

use actix_web::dev::ServerHandle;
use actix_web::rt::System;
use actix_web::web::Data;
use performance_framework::access::readings::Readings;
use performance_framework::config::Config;
use performance_framework::config::traffic::Traffic;
use performance_framework::domain::outside::Outside;
use performance_framework::server;

use super::client::{Answer, Client};
use super::db::{Database, Role, Template};
use super::log;
use super::sql::Sql;

/// The configured public address; absolute addresses in answers begin with it, whatever was called.
pub const PUBLIC_URL: &str = "https://performance.example.gov.uk/council";

/// A running service; stops when dropped.
pub struct Service {
    /// Where it listens.
    pub base: String,
    running: Option<(ServerHandle, JoinHandle<()>)>,
    readings: Data<Readings>,
}

/// A service with its database.
pub struct App {
    service: Service,
    sql: OnceLock<Sql>,
    database: Database,
}

impl Service {
    /// Starts a service on a database.
    pub fn start(database_url: &str) -> Self {
        Self::start_with(configuration(database_url), database_url)
    }

    /// Starts a service with these settings.
    pub fn start_with(config: Config, database_url: &str) -> Self {
        log::watch();
        let (tell, told) = mpsc::channel::<(SocketAddr, ServerHandle, Data<Readings>)>();
        let url = database_url.to_owned();
        let thread = thread::spawn(move || {
            System::new().block_on(async {
                let listening = server::listen(&config, &url).expect("the service listens");
                let (address, handle) = (listening.address, listening.server.handle());
                tell.send((address, handle, listening.readings.clone())).expect("the test waits for it");
                listening.server.await.expect("the service runs");
            });
        });
        let (address, handle, readings) = told.recv().expect("the service starts");
        Self { base: format!("http://{address}"), running: Some((handle, thread)), readings }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        if let Some((handle, thread)) = self.running.take() {
            // The command is sent by the call itself; the future would only wait for its end.
            drop(handle.stop(false));
            drop(thread.join());
            if !thread::panicking() {
                log::must_hold_no_secret();
            }
        }
    }
}

/// Tests ask as fast as they can, and with wrong keys as often as they like; those of the limits set their own.
pub fn unlimited() -> Traffic {
    Traffic { reads: 0, writes: 0, failures: 0, ..Traffic::default() }
}

/// The settings of a test's service on this database.
pub fn configuration(url: &str) -> Config {
    Config {
        database_url: Some(url.to_owned()),
        migrate_database_url: None,
        read_database_url: None,
        data_dir: PathBuf::new(),
        host: IpAddr::from([127, 0, 0, 1]),
        port: 0,
        public_url: Some(PUBLIC_URL.to_owned()),
        tls: None,
        auto_migrate: false,
        workers: 1,
        pool_size: 4,
        trusted_proxies: Vec::new(),
        oidc: None,
        shutdown_seconds: 1,
        traffic: unlimited(),
        outside: Outside::default(),
    }
}

impl App {
    /// A service on an empty, migrated database with a key for each role.
    pub fn start() -> Self {
        Self::on(Database::fresh())
    }

    /// A service on a copy of a template.
    pub fn copy_of(template: &Template) -> Self {
        Self::on(Database::copy_of(template))
    }

    /// A service on this database.
    pub fn on(database: Database) -> Self {
        Self { service: Service::start(&database.url()), sql: OnceLock::new(), database }
    }

    /// A service on an empty, migrated database, with settings of its own.
    pub fn configured(change: impl FnOnce(&mut Config)) -> Self {
        let database = Database::fresh();
        let mut config = configuration(&database.url());
        change(&mut config);
        Self { service: Service::start_with(config, &database.url()), sql: OnceLock::new(), database }
    }

    /// The same with limits of its own on what comes in.
    pub fn limited(traffic: Traffic) -> Self {
        Self::configured(|config| config.traffic = traffic)
    }

    /// Where it listens.
    pub fn base(&self) -> &str {
        &self.service.base
    }

    /// Writes which keys have read which measures, as the service does every minute and at its end; whether that could be done.
    pub fn write_readings(&self) -> bool {
        let url = self.database.url();
        System::new().block_on(self.service.readings.write(&url)).is_ok()
    }

    /// Stops the service and keeps its database.
    pub fn into_database(self) -> Database {
        let Self { service, sql, database } = self;
        drop((service, sql));
        database
    }

    /// A caller with the key of a role.
    pub fn by(&self, role: Role) -> Client {
        Client::new(self.base(), Some(self.key(role)))
    }

    /// A caller without a key.
    pub fn anonymous(&self) -> Client {
        Client::new(self.base(), None)
    }

    /// May read.
    pub fn reader(&self) -> Client {
        self.by(Role::Reader)
    }

    /// May push figures.
    pub fn provider(&self) -> Client {
        self.by(Role::Provider)
    }

    /// May approve.
    pub fn officer(&self) -> Client {
        self.by(Role::Officer)
    }

    /// May configure.
    pub fn editor(&self) -> Client {
        self.by(Role::Editor)
    }

    /// May record what committees do.
    pub fn clerk(&self) -> Client {
        self.by(Role::Clerk)
    }

    /// May do everything.
    pub fn admin(&self) -> Client {
        self.by(Role::Admin)
    }

    /// The key of a role.
    pub fn key(&self, role: Role) -> &str {
        self.database.key(role)
    }

    /// Where its database is.
    pub fn database_url(&self) -> String {
        self.database.url()
    }

    /// A direct connection to its database, beside the service's own.
    pub fn sql(&self) -> &Sql {
        self.sql.get_or_init(|| self.another_sql())
    }

    /// A further direct connection.
    pub fn another_sql(&self) -> Sql {
        Sql::connect(&self.database.url())
    }

    /// Number and content of the rows of every table but those of what keys were used for, which are noted beside requests.
    pub fn everything(&self) -> BTreeMap<String, String> {
        let each = "SELECT string_agg(format('SELECT %L, count(*) || '' rows '' || md5(coalesce(string_agg(t::text, '''' \
                    ORDER BY t::text), '''')) FROM %I AS t', tablename, tablename), ' UNION ALL ') FROM pg_tables WHERE \
                    schemaname = 'public' AND tablename NOT IN ('key_uses', 'measure_reads')";
        let rows = self.sql().rows(&self.sql().value(each));
        rows.into_iter().map(|row| (row[0].clone(), row[1].clone())).collect()
    }

    /// The same but for the tables of imports, whose receipts are kept of what was refused, too.
    pub fn beside_receipts(&self) -> BTreeMap<String, String> {
        let mut tables = self.everything();
        tables.retain(|table, _| !["imports", "import_rows", "import_contents"].contains(&table.as_str()));
        tables
    }

    /// The answer to a request that must leave every row of every table as it is.
    #[track_caller]
    pub fn storing_nothing(&self, request: impl FnOnce() -> Answer) -> Answer {
        let before = self.everything();
        let answer = request();
        assert_eq!(self.everything(), before, "stored something: {answer}");
        answer
    }
}
