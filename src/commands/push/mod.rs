//! `push`: sends a file of figures to a running service, waits until every row is answered for, and shows the receipt.

mod told;
mod wire;

use std::io::IsTerminal;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use self::told::{Import, Row};
use self::wire::Service;
use super::Failure;
use crate::config::Config;

/// How long to wait before asking again how far an import is.
const PAUSE: Duration = Duration::from_millis(500);

/// What to send, where to, and how it is to be taken.
#[derive(Debug, Args)]
pub struct Words {
    /// File of figures: .csv, .json or .ndjson.
    file: PathBuf,
    /// Base of the service. PUBLIC_URL unless given; the key is taken from API_KEY, never from the command line.
    #[arg(long)]
    url: Option<String>,
    /// Do everything but store, and show what it would do to the scorecards.
    #[arg(long)]
    dry_run: bool,
    /// Whether one refused row refuses all.
    #[arg(long, default_value = "all_or_nothing", value_parser = ["all_or_nothing", "row_by_row"])]
    mode: String,
    /// What rows may do.
    #[arg(long, default_value = "upsert", value_parser = ["upsert", "create", "update"])]
    strategy: String,
    /// What becomes of rows that differ from approved figures.
    #[arg(long, default_value = "refuse", value_parser = ["refuse", "revise"])]
    approved: String,
    /// Why approved figures are corrected.
    #[arg(long)]
    reason: Option<String>,
    /// Code of the mapping by which a published file is read.
    #[arg(long)]
    mapping: Option<String>,
    /// Writes the refused rows into this file, with what is wrong; with `--mode row_by_row` it can be mended and sent again.
    #[arg(long, value_name = "FILE")]
    refused: Option<PathBuf>,
    /// Seconds for which a service that is busy, or away while it works on the file, is asked again.
    #[arg(long, value_name = "SECONDS", default_value_t = 600)]
    patience: u64,
}

impl Words {
    fn media_type(&self) -> Result<&'static str, Failure> {
        let ending = self.file.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
        match ending.as_deref() {
            Some("csv") => Ok("text/csv"),
            Some("json") => Ok("application/json"),
            Some("ndjson" | "jsonl") => Ok("application/x-ndjson"),
            _ => {
                Err(Failure::Told(format!("{}: a file of figures ends in .csv, .json or .ndjson", self.file.display())))
            }
        }
    }

    fn query(&self) -> Vec<(&'static str, &str)> {
        let mut query = vec![
            ("mode", self.mode.as_str()),
            ("strategy", self.strategy.as_str()),
            ("approved", self.approved.as_str()),
            ("dry_run", if self.dry_run { "true" } else { "false" }),
        ];
        query.extend(self.reason.as_deref().map(|reason| ("reason", reason)));
        query.extend(self.mapping.as_deref().map(|mapping| ("mapping", mapping)));
        query
    }
}

/// Runs the command. It fails where a row was refused or not all rows were answered for.
pub fn run(config: &Config, words: &Words) -> Result<(), Failure> {
    let media_type = words.media_type()?;
    let key = std::env::var("API_KEY").ok().filter(|key| !key.is_empty());
    let key = key.ok_or_else(|| Failure::Told("set API_KEY to a key with the scope `submit`".to_owned()))?;
    let base = words.url.clone().unwrap_or_else(|| config.base_url(config.port));
    let content = std::fs::read(&words.file);
    let content = content.map_err(|error| Failure::Told(format!("{}: {error}", words.file.display())))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let service = Service::new(&base, key, Duration::from_secs(words.patience))?;
    runtime.block_on(push(words, &service, content, media_type))
}

async fn push(words: &Words, service: &Service, content: Vec<u8>, media_type: &str) -> Result<(), Failure> {
    let import = service.send(&words.query(), content, media_type).await?;
    let import = wait(service, import).await?;
    let unread = |failure| unread(service, &import, &failure);
    let refused = service.rows(import.number, "outcome=refused").await.map_err(unread)?;
    let warned = service.rows(import.number, "warned=true").await.map_err(unread)?;
    print!("{}", told::receipt(&import, &refused, &warned));
    if let Some(file) = words.refused.as_deref().filter(|_| import.counts.refused > 0) {
        std::fs::write(file, service.refused_csv(import.number).await.map_err(unread)?)?;
        let file = file.display();
        if import.counts.stored == 0 && words.mode != "row_by_row" {
            println!(
                "What was refused, and why, is in {file}. Nothing was stored: mend those rows in the whole file, and push that again."
            );
        } else {
            println!("The refused rows are in {file}: mend them and push that file.");
        }
    }
    verdict(&import, &refused)
}

/// The file is with the service: what is not known is how it stands.
fn goes_on(service: &Service, import: &Import, failure: &Failure) -> Failure {
    Failure::Told(format!(
        "import {} was received whole, and the service goes on with it by itself; how it stands cannot be told just now: {failure}. Look at \
         {} later, or push the same file in the same way: while it is worked that is the same import, and what it stored is `unchanged` \
         afterwards",
        import.number,
        service.address(import.number)
    ))
}

/// The import is over, and its receipt waits.
fn unread(service: &Service, import: &Import, failure: &Failure) -> Failure {
    let (number, state, stored) = (import.number, &import.state, import.counts.stored);
    let address = service.address(number);
    Failure::Told(format!(
        "import {number} is {state}, with {stored} rows stored; its receipt cannot be read just now: {failure}. It is kept at {address}/rows"
    ))
}

/// Asks again until the import has ended, and shows how far it is where somebody watches.
async fn wait(service: &Service, mut import: Import) -> Result<Import, Failure> {
    let watched = std::io::stderr().is_terminal();
    let mut shown = false;
    while !import.is_over() {
        if watched {
            eprint!("\r{}", told::bar(&import));
            shown = true;
        }
        tokio::time::sleep(PAUSE).await;
        import = service.import(import.number).await.map_err(|failure| goes_on(service, &import, &failure))?;
    }
    if shown {
        eprintln!("\r{}", told::bar(&import));
    }
    Ok(import)
}

fn verdict(import: &Import, refused: &[Row]) -> Result<(), Failure> {
    if let Some(problem) = &import.problem {
        return Err(Failure::Told(format!("import {}: {}", import.number, problem.detail)));
    }
    let (refused_rows, read) = (import.counts.refused, import.counts.read);
    match import.state.as_str() {
        "cancelled" => {
            let stored = import.counts.stored;
            Err(Failure::Told(format!(
                "import {} was stopped after {read} rows; {stored} of them are stored",
                import.number
            )))
        }
        "done" if refused.is_empty() => Ok(()),
        _ => Err(Failure::Told(format!("{refused_rows} of {read} rows were refused; {}", import.kept()))),
    }
}
