//! The worker: while the service runs, one task of one instance works the imports that were received, one after the other.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use actix_web::web::Data;
use diesel_async::AsyncPgConnection;
use serde_json::Value;

use super::queue::{self, Job};
use super::work;
use crate::db::reach::{Reach, Within};
use crate::db::{Connections, Db, DbError, lead, session};
use crate::http::problem::Problem;

/// Pause between two looks at a queue that is empty.
const PAUSE: Duration = Duration::from_millis(250);
/// Pause before the lead is asked for again, and after an error.
const REST: Duration = Duration::from_secs(1);
/// Connections for figures.
const CONNECTIONS: u32 = 1;

/// Works imports while the service runs, or waits until the instance that does so ends. Does not end.
pub async fn run(url: String) {
    loop {
        let Err(error) = work_all(&url).await;
        log::warn!(
            "imports are not being worked: {error}{}",
            error.cause().map(|cause| format!(" ({cause})")).unwrap_or_default()
        );
        tokio::time::sleep(REST).await;
    }
}

/// Works all that waits, and ends; for tests, and for what runs beside no service. Answers how many were worked.
///
/// # Errors
/// When the database cannot be reached.
pub async fn work_waiting(url: &str) -> Result<usize, Problem> {
    let mut connection = session::connect(url).await?;
    let connections = Data::new(Connections::new(url, CONNECTIONS, 0)).into_inner();
    let mut worked = 0;
    while work_first(&connections, &mut connection).await? {
        worked += 1;
    }
    Ok(worked)
}

async fn work_all(url: &str) -> Result<Infallible, Problem> {
    let mut connection = lead::take(url, lead::IMPORTER).await?;
    let connections = Data::new(Connections::new(url, CONNECTIONS, 0)).into_inner();
    loop {
        if !work_first(&connections, &mut connection).await? {
            tokio::time::sleep(PAUSE).await;
        }
    }
}

/// Works the import that came first; false where none waits.
async fn work_first(connections: &Arc<Connections>, connection: &mut AsyncPgConnection) -> Result<bool, Problem> {
    let Some(job) = queue::first(connection).await? else { return Ok(false) };
    let db = Db::new(Arc::clone(connections), reach(&job)?);
    work::work(&job, &db, connection).await?;
    Ok(true)
}

/// How far the caller of an import reached when it came.
fn reach(job: &Job) -> Result<Reach, DbError> {
    let Some(kept) = &job.reach else { return Ok(Reach::Everywhere) };
    let codes = |name: &str| -> Result<Vec<String>, DbError> {
        let list = kept.get(name).and_then(Value::as_array);
        let list = list.ok_or_else(|| DbError::Other(format!("import {} has no reach of {name}", job.number)))?;
        Ok(list.iter().filter_map(|code| code.as_str().map(str::to_owned)).collect())
    };
    let within =
        Within { frameworks: codes("frameworks")?, outcomes: codes("outcomes")?, measures: codes("measures")? };
    Ok(Reach::Within(Arc::new(within)))
}
