//! `/api/v1/audit/seals` and the command `audit`: that the change log is as it was sealed, or where it is not.

mod command;
mod list;
mod rows;
mod sealer;
mod tampered;

use performance_framework::audit::seals::chain::Head;
use performance_framework::audit::seals::verdict::Verdict;
use performance_framework::audit::seals::{export, verify};
use performance_framework::db::session;

use crate::support::App;
use crate::support::sql::runtime;

/// The verdict on a test's database.
pub fn online(app: &App, noted: Option<Head>) -> Verdict {
    runtime().block_on(async {
        let connection = session::connect(&app.database_url()).await.unwrap();
        verify::database(&connection, noted).await.unwrap()
    })
}

/// Its log as a file, with the names of the register.
pub fn exported(app: &App) -> Vec<u8> {
    runtime().block_on(async {
        let connection = session::connect(&app.database_url()).await.unwrap();
        let mut file = Vec::new();
        export::write(&connection, &mut file, true).await.unwrap();
        file
    })
}

/// What a verdict found, in words.
pub fn findings(verdict: &Verdict) -> Vec<String> {
    verdict.findings.iter().map(ToString::to_string).collect()
}
