//! `keys`: making, listing and revoking API keys from the command line, also beside a running service.

use chrono::{DateTime, Utc};
use clap::Subcommand;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use validator::Validate;

use super::Failure;
use super::direct::{author, block_on, on_database};
use crate::access::body::{Key, KeyBody};
use crate::access::grant::Grant;
use crate::access::granted;
use crate::access::scope::Scope;
use crate::access::store;
use crate::clock;
use crate::config::Config;
use crate::db::schema::api_keys;
use crate::db::{DbError, session};
use crate::domain::network::Network;
use crate::http::problem::Problem;
use crate::server::Database;

/// What to do with keys.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a key and print it, alone, on stdout. It is not shown again.
    Create {
        /// Who holds it. Keys of one name are one caller.
        #[arg(long)]
        name: String,
        /// What it may do, everywhere: read, submit, approve, configure, decide, audit, admin; joined by commas.
        #[arg(long, value_delimiter = ',', required_unless_present = "grant", conflicts_with = "grant")]
        scopes: Vec<Scope>,
        /// A role, everywhere or limited, such as provider:measure=EDU-01 or director:framework=CSPF-2024-28; can stand several times.
        #[arg(long)]
        grant: Vec<Grant>,
        /// First instant at which it no longer works, such as 2027-03-31T23:00:00Z.
        #[arg(long, alias = "expires-at")]
        expires: Option<DateTime<Utc>>,
        /// A network that it may be used from, such as 10.20.0.0/16; can stand several times. Without, from everywhere.
        #[arg(long)]
        from: Vec<Network>,
    },
    /// List keys, without their secrets.
    List,
    /// Revoke a key by its id.
    Revoke {
        /// Id of the key, as listed.
        id: Uuid,
    },
}

/// Runs the command.
pub fn run(config: &Config, command: Command) -> Result<(), Failure> {
    let database = Database::open(config)?;
    database.prepare(config)?;
    match command {
        Command::Create { name, scopes, grant, expires, from } => {
            let name = name.parse().map_err(|error| Failure::Told(format!("--name: {error}")))?;
            let body = KeyBody { name, scopes, grants: grant, networks: from, expires_at: expires };
            println!("{}", create(&database.url, &body)?)
        }
        Command::List => list(&database.url)?,
        Command::Revoke { id } => revoke(&database.url, id)?,
    }
    Ok(())
}

/// Makes a key; answers it. Whoever sets a service up may make keys before there are measures, and is told what is not there yet.
pub fn create(url: &str, body: &KeyBody) -> Result<String, Failure> {
    body.validate().map_err(|faults| Failure::Told(faults.to_string()))?;
    let made = on_database(url, async |db| {
        let author = author();
        let made = db.write(&author, async |connection| {
            let unknown = granted::unknown(connection, &body.grants).await?;
            unknown.iter().for_each(|told| log::warn!("{told} The key reaches it when there is."));
            store::create(connection, body, None).await
        });
        made.await
    })?;
    Ok(made.key)
}

/// Whether every one of these keys works.
pub fn all_work(url: &str, keys: &[&String]) -> Result<bool, Failure> {
    on_database(url, async |db| {
        let connection = db.reading(None).await?;
        for key in keys {
            let found = store::find_by_hash(&connection, &store::hash(key)).await?;
            if !found.is_some_and(|key| key.works(clock::now())) {
                return Ok(false);
            }
        }
        Ok(true)
    })
}

fn list(url: &str) -> Result<(), Failure> {
    let url = url.to_owned();
    let keys: Vec<Key> = block_on(async move {
        let mut connection = session::connect(&url).await?;
        let query = api_keys::table.select(Key::as_select()).order(api_keys::id);
        Ok::<_, Problem>(query.load(&mut connection).await.map_err(DbError::from)?)
    })?;
    for key in keys {
        let scopes = key.scopes.iter().flatten().cloned();
        let may: Vec<String> = scopes.chain(key.grants.0.iter().map(ToString::to_string)).collect();
        let state = if key.works(clock::now()) { "works" } else { "does not work" };
        println!("{}  {}…  {}  {}  {state}", key.id, key.hint, key.name, may.join(","));
    }
    Ok(())
}

fn revoke(url: &str, id: Uuid) -> Result<(), Failure> {
    let revoked = on_database(url, async |db| {
        db.write(&author(), async |connection| Ok::<_, Problem>(store::revoke(connection, id, clock::now()).await?))
            .await
    })?;
    match revoked {
        Some(key) => {
            println!("{} ({}) no longer works", key.id, key.name);
            Ok(())
        }
        None => Err(Failure::Told(format!("there is no key `{id}`"))),
    }
}
