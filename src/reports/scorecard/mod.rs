//! The scorecard: every active outcome and committee measure of a framework in a quarter, coloured and explained.
//!
//! `store` reads it in one statement, `build` applies the rules, `body` is the answer and `csv` its flat form.

pub mod body;
mod build;
mod csv;
pub mod handlers;
mod past;
pub(super) mod quarter;
mod store;

use body::Scorecard;
use chrono::NaiveDate;
use diesel_async::AsyncPgConnection;

use crate::db::DbError;
use crate::domain::period::Quarter;
use crate::resources::frameworks::body::Framework;

/// The scorecard of a framework for a quarter, as it stands on the day `today`.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn of(
    connection: &AsyncPgConnection,
    framework: &Framework,
    quarter: Quarter,
    today: NaiveDate,
) -> Result<Scorecard, DbError> {
    let rows = store::rows(connection, framework.code.as_ref(), quarter).await?;
    Ok(build::scorecard(framework, quarter, today, rows))
}
