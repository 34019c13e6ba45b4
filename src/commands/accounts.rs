//! `accounts`: whose names stand in the records, everything held of one of them, and its erasure; also beside a running service.

use std::io::{BufWriter, Write, stdout};

use clap::Subcommand;
use diesel_async::AsyncPgConnection;
use serde_json::json;

use super::Failure;
use super::direct::{author, on_database};
use crate::accounts::body::{Account, AccountFilter};
use crate::accounts::store::{self, After};
use crate::config::Config;
use crate::domain::text::Prose;
use crate::http::problem::Problem;
use crate::server::Database;

/// Places that are read at a time.
const BATCH: i64 = 1000;

/// What to do with accounts.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List accounts: number, names, and when they were erased.
    List {
        /// Only the account with this name.
        #[arg(long)]
        name: Option<String>,
    },
    /// Print everything held of an account: a line of JSON for the account, then one for each place.
    Export {
        /// Number of the account, as listed.
        account: i64,
    },
    /// Erase the names of an account, for good.
    Erase {
        /// Number of the account, as listed.
        account: i64,
        /// Why; it is kept, so it does not say the name.
        #[arg(long)]
        reason: String,
    },
}

/// Runs the command.
pub fn run(config: &Config, command: Command) -> Result<(), Failure> {
    let database = Database::open(config)?;
    database.prepare(config)?;
    match command {
        Command::List { name } => list(&database.url, name),
        Command::Export { account } => export(&database.url, account),
        Command::Erase { account, reason } => erase(&database.url, account, &reason),
    }
}

fn list(url: &str, name: Option<String>) -> Result<(), Failure> {
    let accounts = on_database(url, async |db| {
        let connection = db.reading(None).await?;
        store::all(&connection, &AccountFilter { name }).await
    })?;
    for account in accounts {
        let erased = account.erased_at.map(|at| format!("erased {at}"));
        println!("{}  {}", account.account, erased.unwrap_or_else(|| account.names.join(", ")));
    }
    Ok(())
}

fn export(url: &str, account: i64) -> Result<(), Failure> {
    on_database(url, async |db| {
        let connection = db.reading(None).await?;
        let mut to = BufWriter::new(stdout().lock());
        let told = find(&connection, account).await?;
        writeln!(to, "{}", json!({"account": told})).map_err(Problem::internal)?;
        let mut after: Option<After> = None;
        loop {
            let places = store::held(&connection, account, after.as_ref(), BATCH).await?;
            let Some(last) = places.last() else { break };
            after = Some(last.into());
            for place in &places {
                writeln!(to, "{}", json!({"held": place})).map_err(Problem::internal)?;
            }
        }
        to.flush().map_err(Problem::internal)
    })
}

fn erase(url: &str, account: i64, reason: &str) -> Result<(), Failure> {
    let reason: Prose<2000> = reason.parse().map_err(|error| Failure::Told(format!("--reason: {error}")))?;
    on_database(url, async |db| {
        db.write(&author(), async |connection| {
            find(connection, account).await?;
            store::erase(connection, account, &reason).await.map_err(Problem::from)
        })
        .await
    })?;
    println!("account {account} is erased");
    Ok(())
}

async fn find(connection: &AsyncPgConnection, account: i64) -> Result<Account, Problem> {
    store::find(connection, account).await?.ok_or_else(|| Problem::not_found(format!("account `{account}`")))
}
