//! The table of reporting quarters, which is reckoned: from the first that a framework or a figure has to the last.

use diesel::dsl::{max, min};
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use crate::bi::cell::Cell;
use crate::bi::feed::Cells;
use crate::db::DbError;
use crate::db::schema::{frameworks, quarterly_submissions};
use crate::domain::period::{FinancialYear, Quarter};
use crate::domain::terms::SubmissionState;

/// Every quarter, oldest first.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn rows(connection: &AsyncPgConnection) -> Result<Vec<Cells>, DbError> {
    let (mut first, mut second) = (connection, connection);
    let years = frameworks::table.select((min(frameworks::first_year), max(frameworks::last_year)));
    let counted = [SubmissionState::Approved, SubmissionState::Published];
    let figures = quarterly_submissions::table.filter(quarterly_submissions::state.eq_any(counted));
    let figures = figures.select((min(quarterly_submissions::quarter), max(quarterly_submissions::quarter)));
    let (years, figures) = tokio::try_join!(
        years.get_result::<(Option<FinancialYear>, Option<FinancialYear>)>(&mut first),
        figures.get_result::<(Option<Quarter>, Option<Quarter>)>(&mut second)
    )?;
    let begins = years.0.map(FinancialYear::first_quarter).into_iter().chain(figures.0).min();
    let ends = years.1.map(FinancialYear::last_quarter).into_iter().chain(figures.1).max();
    let Some((begins, ends)) = begins.zip(ends) else { return Ok(Vec::new()) };
    let all = std::iter::successors(Some(begins), |quarter| Some(quarter.next()).filter(|next| *next <= ends));
    Ok(all.map(row).collect())
}

fn row(quarter: Quarter) -> Cells {
    vec![
        quarter.to_string().into(),
        quarter.year().to_string().into(),
        Cell::Integer(quarter.number().into()),
        quarter.start().into(),
        quarter.end().into(),
        quarter.previous().to_string().into(),
        quarter.same_quarter_last_year().to_string().into(),
    ]
}
