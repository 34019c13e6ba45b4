//! `audit`: proves that the change log is as it was sealed, in the database or in an exported file; exports it; tells its head.

use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use diesel_async::AsyncPgConnection;

use super::Failure;
use crate::audit::seals::chain::{self, HASH, Head};
use crate::audit::seals::rows::{self, Compared};
use crate::audit::seals::verdict::Verdict;
use crate::audit::seals::{export, store, verify};
use crate::config::Config;
use crate::db::session;
use crate::http::canonical::hexadecimal;
use crate::server::Database;

/// What to do with the log.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Compare every sealed change with its seal, and every row with its last change. Exit code 0: all is as it was; 1: each
    /// difference is named.
    Verify {
        /// An exported file, verified without a database.
        #[arg(long)]
        file: Option<PathBuf>,
        #[command(flatten)]
        noted: Noted,
    },
    /// Write every sealed change and every seal to a new file.
    Export {
        /// The file, readable by its owner alone.
        file: PathBuf,
        /// Write the names of the register, too; without, the file has numbers in place of names.
        #[arg(long)]
        names: bool,
    },
    /// Tell the last seal's number and hash, to be noted down elsewhere.
    Head,
}

/// A head that was noted earlier: it must still be part of the chain.
#[derive(Debug, Args)]
pub struct Noted {
    /// Number of the seal that was noted.
    #[arg(long, requires = "hash", value_parser = clap::value_parser!(i64).range(1..))]
    until_seal: Option<i64>,
    /// Its hash.
    #[arg(long, requires = "until_seal", value_parser = hash)]
    hash: Option<Hash>,
}

/// A hash as it was noted.
#[derive(Clone, Debug)]
struct Hash(Vec<u8>);

fn hash(text: &str) -> Result<Hash, String> {
    let bytes = chain::from_hexadecimal(text.trim()).filter(|bytes| bytes.len() == HASH);
    bytes.map(Hash).ok_or_else(|| "a hash is 64 hexadecimal digits".to_owned())
}

impl Noted {
    fn head(&self) -> Option<Head> {
        Some(Head { number: self.until_seal?, hash: self.hash.as_ref()?.0.clone() })
    }
}

/// Runs the command.
pub fn run(config: &Config, command: &Command) -> Result<(), Failure> {
    match command {
        Command::Verify { file: Some(file), noted } => {
            let read = BufReader::new(File::open(file)?);
            tell(&export::verify(read, noted.head()).map_err(told)?, None)
        }
        Command::Verify { file: None, noted } => {
            let (verdict, compared) = on_database(config, async |connection| {
                Ok((verify::database(connection, noted.head()).await?, rows::compare(connection).await?))
            })?;
            tell(&verdict, Some(&compared))
        }
        Command::Export { file, names } => {
            let head = on_database(config, async |connection| write(connection, file, *names).await)?;
            println!("head: {}", shown(&head));
            Ok(())
        }
        Command::Head => {
            let head = on_database(config, async |connection| Ok(store::heads(connection, None, 1).await?.pop()))?;
            println!(
                "{}",
                head.map_or_else(
                    || "no change is sealed yet".to_owned(),
                    |head| format!("{} {}", head.number, head.hash)
                )
            );
            Ok(())
        }
    }
}

async fn write(connection: &AsyncPgConnection, file: &Path, names: bool) -> Result<Head, Failure> {
    let mut to = BufWriter::new(File::options().write(true).create_new(true).mode(0o600).open(file)?);
    let written = export::write(connection, &mut to, names).await.map_err(told);
    if written.is_err() {
        // Half an export proves nothing, and would stand in the way of the next.
        std::fs::remove_file(file)?;
    }
    to.flush()?;
    written
}

/// Prints what was found; a difference is a failure. Without a database there are no tables to compare.
fn tell(verdict: &Verdict, compared: Option<&Compared>) -> Result<(), Failure> {
    verdict.findings.iter().for_each(|finding| println!("{finding}"));
    compared.iter().flat_map(|compared| &compared.differences).for_each(|difference| println!("{difference}"));
    let many = verdict.findings.len() + verdict.untold;
    let of = format!("{} changes under {} seals", verdict.changes, verdict.head.number);
    if many > 0 {
        return Err(Failure::Told(format!("of {of}, {many} differences from what was sealed")));
    }
    println!("{of} are as they were sealed");
    if let Some(compared) = compared {
        let many = compared.differences.len() + compared.untold;
        if many > 0 {
            return Err(Failure::Told(format!(
                "of {} tables, {many} rows are not as the log left them",
                compared.tables
            )));
        }
        println!("{} tables are as the log left them", compared.tables);
    }
    println!("head: {}", shown(&verdict.head));
    Ok(())
}

fn shown(head: &Head) -> String {
    format!("{} {}", head.number, hexadecimal(&head.hash))
}

fn told(error: export::ExportError) -> Failure {
    Failure::Told(error.to_string())
}

/// Runs `work` as the service's role, which may read the log. Nothing is migrated: what is proved is what is there.
fn on_database<T>(
    config: &Config,
    work: impl AsyncFnOnce(&AsyncPgConnection) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let database = Database::open(config)?;
    actix_web::rt::System::new().block_on(async {
        let connection = session::connect(&database.url).await?;
        work(&connection).await
    })
}
