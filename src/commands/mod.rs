//! The commands of the binary. Each ends with an exit code: 0 done, 1 failed, 2 a wrong setting or word.

mod accounts;
mod audit;
mod demo;
mod direct;
mod document;
mod health;
mod keys;
mod push;
mod serve;

use std::io::Write;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use log::Level;

use crate::config::Config;
use crate::db::migrate;
use crate::http::logged;
use crate::server::{Database, StartError};

/// The system of record for a council's performance framework. Settings come from the environment: see docs/settings.md.
#[derive(Debug, Parser)]
#[command(name = "performance-framework", version)]
struct Words {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the service (the default).
    Serve,
    /// Run the service with the demonstration framework, and print keys to try it with.
    Demo,
    /// Bring the database up to date, and end.
    Migrate,
    /// Write the OpenAPI document and everything else that is generated, and end.
    Openapi {
        /// Folder of the project.
        #[arg(long, default_value = ".")]
        root: std::path::PathBuf,
    },
    /// Make and list API keys; also beside a running service.
    #[command(subcommand)]
    Keys(keys::Command),
    /// Whose names stand in the records: list them, export what is held of one, erase one.
    #[command(subcommand)]
    Accounts(accounts::Command),
    /// Prove the change log, note its head, or export it.
    #[command(subcommand)]
    Audit(audit::Command),
    /// Send a file of figures to a running service, and show what became of every row.
    Push(push::Words),
    /// Ask the running service whether it is ready; for container health checks.
    Health,
}

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("{0}")]
    Start(#[from] StartError),
    #[error("{0}")]
    Told(String),
}

impl From<crate::db::DbError> for Failure {
    fn from(error: crate::db::DbError) -> Self {
        Self::Start(error.into())
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Start(error.into())
    }
}

/// Runs the command on the command line.
pub fn run() -> ExitCode {
    let words = Words::parse();
    let demo = matches!(words.command, Some(Command::Demo));
    // The demonstration loads itself by some 1,500 requests, which nobody wants to scroll past to find the keys.
    if let Err(wrong) = start_log(if demo { "info,access=warn" } else { "info" }) {
        eprintln!("performance-framework: {wrong}");
        return ExitCode::from(2);
    }
    let config = match Config::from_env() {
        Ok(config) => config,
        Err(wrong) => {
            eprintln!("performance-framework: wrong settings\n{wrong}");
            return ExitCode::from(2);
        }
    };
    let outcome = match words.command.unwrap_or(Command::Serve) {
        Command::Serve => serve::run(&config),
        Command::Demo => demo::run(&config),
        Command::Migrate => migrate_only(&config),
        Command::Openapi { root } => document::run(&root),
        Command::Keys(command) => keys::run(&config, command),
        Command::Accounts(command) => accounts::run(&config, command),
        Command::Audit(command) => audit::run(&config, &command),
        Command::Push(words) => push::run(&config, &words),
        Command::Health => health::run(&config),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("performance-framework: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// Logs to stderr, by `default` unless RUST_LOG says otherwise: a line for each record, whoever wrote it, and no secret in it.
/// Panics, too: what they say can hold what a caller sent.
fn start_log(default: &str) -> Result<(), String> {
    let filters = std::env::var("RUST_LOG").ok().filter(|filters| !filters.is_empty());
    if let Some(filters) = &filters {
        let tried = env_filter::Builder::new().try_parse(filters).map(|_| ());
        tried.map_err(|error| {
            format!("RUST_LOG is `{filters}`, but must be filters such as `info` or `info,access=off` ({error})")
        })?;
    }
    env_logger::Builder::new()
        .parse_filters(filters.as_deref().unwrap_or(default))
        .format(|out, record| {
            // Whatever is asked for: below `info` it logs the values of every statement, and some of them are secrets.
            if record.target().starts_with("tokio_postgres") && record.level() > Level::Info {
                return Ok(());
            }
            let said = record.args().to_string();
            let (at, level, target) = (out.timestamp(), record.level(), record.target());
            writeln!(out, "[{at} {level:<5} {target}] {}", logged::line(&said))
        })
        .init();
    std::panic::set_hook(Box::new(|panic| log::error!("{panic}")));
    Ok(())
}

fn migrate_only(config: &Config) -> Result<(), Failure> {
    let database = Database::open(config)?;
    let run = migrate::run(&database.owner_url)?;
    println!("{run} migrations were run; the database is up to date");
    Ok(())
}
