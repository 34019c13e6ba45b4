//! What further reports begin from: the scorecard of a quarter, or its measures ready to be judged again.

use chrono::NaiveDate;
use diesel_async::AsyncPgConnection;

use super::body::Scorecard;
use super::{build, store};
use crate::db::DbError;
use crate::domain::data_period::DataPeriod;
use crate::domain::measure_rule::MeasureRule;
use crate::domain::period::Quarter;
use crate::domain::rag::Rag;
use crate::domain::reading::Reading;
use crate::domain::target::TargetPoint;
use crate::resources::frameworks::body::Framework;

/// A measure in a quarter as the rules read it: with another target it can be judged again.
pub(in crate::reports) struct Judged {
    pub(in crate::reports) code: String,
    pub(in crate::reports) rule: MeasureRule,
    /// What the figure is about; none without one.
    pub(in crate::reports) data_period: Option<DataPeriod>,
    pub(in crate::reports) reading: Reading,
    pub(in crate::reports) point: TargetPoint,
    pub(in crate::reports) rag: Rag,
}

/// Reads and builds the scorecard of a quarter.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub(in crate::reports) async fn scorecard(
    connection: &AsyncPgConnection,
    framework: &Framework,
    quarter: Quarter,
    today: NaiveDate,
) -> Result<Scorecard, DbError> {
    let (rows, benchmarks) = store::rows(connection, framework.code.as_str(), quarter).await?;
    Ok(build::scorecard(framework, quarter, today, rows, &benchmarks))
}

/// Reads and judges every measure of a quarter's scorecard.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub(in crate::reports) async fn judged(
    connection: &AsyncPgConnection,
    framework: &str,
    quarter: Quarter,
    today: NaiveDate,
) -> Result<Vec<Judged>, DbError> {
    let (rows, benchmarks) = store::rows(connection, framework, quarter).await?;
    Ok(rows.iter().map(|row| build::judge(row, quarter, today, &benchmarks)).collect())
}
