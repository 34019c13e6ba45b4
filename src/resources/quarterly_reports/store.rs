//! Quarterly reports in the database.

use chrono::{DateTime, Utc};
use diesel::dsl::exists;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::body::{ReportBody, ReportFilter, ReportPath};
use super::exempt::{ExemptParts, Unpublished};
use super::row::Report;
use super::rules;
use crate::db::DbError;
use crate::db::remembered::Remembered;
use crate::db::schema::quarterly_reports::{self, dsl};
use crate::db::schema::report_contents;
use crate::domain::period::Quarter;
use crate::domain::report::{ReportKind, ReportState};
use crate::http::page::{PageQuery, Rows};
use crate::http::problem::Problem;
use crate::rows_of_page;

fn filtered(filter: &ReportFilter) -> quarterly_reports::BoxedQuery<'_, Pg> {
    let mut query = dsl::quarterly_reports.into_boxed();
    if let Some(framework) = &filter.framework {
        query = query.filter(dsl::framework.eq(framework));
    }
    if let Some(quarter) = filter.quarter {
        query = query.filter(dsl::quarter.eq(quarter));
    }
    if let Some(state) = filter.state {
        query = query.filter(dsl::state.eq(state));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(dsl::kind.eq(kind));
    }
    query
}

/// A page of versions.
///
/// # Errors
/// [`Problem`] for a wrong page, or when the database cannot be reached.
pub async fn list(
    connection: &AsyncPgConnection,
    filter: &ReportFilter,
    page: &PageQuery,
) -> Result<Rows<Report>, Problem> {
    rows_of_page!(connection, page, Report, filtered(filter))
}

/// Every version, oldest first.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn versions(mut connection: &AsyncPgConnection, key: &ReportPath) -> Result<Vec<Report>, DbError> {
    let query = dsl::quarterly_reports.filter(dsl::framework.eq(&key.framework)).filter(dsl::quarter.eq(key.quarter));
    Ok(query.order(dsl::version).select(Report::as_select()).load(&mut connection).await?)
}

/// The newest version, if there is one.
///
/// # Errors
/// As [`versions`].
pub async fn newest(mut connection: &AsyncPgConnection, key: &ReportPath) -> Result<Option<Report>, DbError> {
    let query = dsl::quarterly_reports.filter(dsl::framework.eq(&key.framework)).filter(dsl::quarter.eq(key.quarter));
    let newest = query.order(dsl::version.desc()).limit(1).select(Report::as_select());
    Ok(Remembered(newest).get_result(&mut connection).await.optional()?)
}

/// The newest version that is sealed, if there is one: while a correction is written it is not the newest.
///
/// # Errors
/// As [`versions`].
pub async fn newest_sealed(mut connection: &AsyncPgConnection, key: &ReportPath) -> Result<Option<Report>, DbError> {
    let query = dsl::quarterly_reports.filter(dsl::framework.eq(&key.framework)).filter(dsl::quarter.eq(key.quarter));
    let sealed = query.filter(dsl::content_hash.is_not_null()).order(dsl::version.desc()).select(Report::as_select());
    Ok(sealed.first(&mut connection).await.optional()?)
}

/// Quarters of a framework, from this one on, on which there is a report.
///
/// # Errors
/// As [`versions`].
pub async fn quarters_from(
    mut connection: &AsyncPgConnection,
    framework: &str,
    first: Quarter,
) -> Result<Vec<Quarter>, DbError> {
    let its_own = dsl::quarterly_reports.filter(dsl::framework.eq(framework)).filter(dsl::quarter.ge(first));
    let query = its_own.select(dsl::quarter).distinct().order(dsl::quarter);
    Ok(query.load(&mut connection).await?)
}

/// The newest version, locked until the transaction ends.
///
/// # Errors
/// As [`versions`].
pub async fn lock(connection: &mut AsyncPgConnection, key: &ReportPath) -> Result<Option<Report>, DbError> {
    let query = dsl::quarterly_reports.filter(dsl::framework.eq(&key.framework)).filter(dsl::quarter.eq(key.quarter));
    let newest = query.order(dsl::version.desc()).select(Report::as_select()).for_update();
    Ok(newest.first(connection).await.optional()?)
}

/// The last report of a framework that was sealed for an earlier quarter, in its newest version; none for the first.
///
/// # Errors
/// As [`versions`].
pub async fn sealed_before(mut connection: &AsyncPgConnection, key: &ReportPath) -> Result<Option<Report>, DbError> {
    let earlier = dsl::quarterly_reports
        .filter(dsl::framework.eq(&key.framework))
        .filter(dsl::quarter.lt(key.quarter))
        .filter(dsl::content_hash.is_not_null());
    let last = earlier.order((dsl::quarter.desc(), dsl::version.desc())).select(Report::as_select());
    Ok(last.first(&mut connection).await.optional()?)
}

/// Stores the first version, a draft.
///
/// # Errors
/// What rules and constraints refuse.
pub async fn insert(connection: &mut AsyncPgConnection, body: &ReportBody) -> Result<Report, Problem> {
    let its_own = dsl::quarterly_reports.filter(dsl::framework.nullable().eq(body.framework.get()));
    let baseline = its_own.filter(dsl::kind.eq(ReportKind::Baseline));
    let any: bool = diesel::select(exists(baseline)).get_result(connection).await.map_err(DbError::from)?;
    let kind = rules::kind(body, !any)?;
    let values = (body, dsl::version.eq(1), dsl::kind.eq(kind), dsl::state.eq(ReportState::Drafting));
    let insert = diesel::insert_into(dsl::quarterly_reports).values(values);
    Ok(insert.returning(Report::as_returning()).get_result(connection).await.map_err(DbError::from)?)
}

/// Stores other content in a draft.
///
/// # Errors
/// What rules and constraints refuse.
pub async fn update(
    connection: &mut AsyncPgConnection,
    current: &Report,
    body: &ReportBody,
) -> Result<Report, Problem> {
    let baseline = current.kind == ReportKind::Baseline;
    let kind = if body.kind.is_none() { current.kind } else { rules::kind(body, baseline)? };
    let row = dsl::quarterly_reports.find((&current.framework, current.quarter, current.version));
    let update = diesel::update(row).set((body, dsl::kind.eq(kind))).returning(Report::as_returning());
    Ok(update.get_result(connection).await.map_err(DbError::from)?)
}

/// Begins the next version, a draft that says what this one says.
///
/// # Errors
/// What constraints refuse.
pub async fn correct(connection: &mut AsyncPgConnection, current: &Report, reason: &str) -> Result<Report, DbError> {
    let values = (
        dsl::framework.eq(&current.framework),
        dsl::quarter.eq(current.quarter),
        dsl::version.eq(current.version + 1),
        dsl::kind.eq(current.kind),
        dsl::state.eq(ReportState::Drafting),
        dsl::overview.eq(&current.overview),
        dsl::exempt_parts.eq(&current.exempt_parts),
        dsl::meeting.eq(&current.meeting),
        dsl::correction_reason.eq(reason),
    );
    let insert = diesel::insert_into(dsl::quarterly_reports).values(values);
    Ok(insert.returning(Report::as_returning()).get_result(connection).await?)
}

/// Stores which parts are exempt.
///
/// # Errors
/// What constraints refuse.
pub async fn exempt(
    connection: &mut AsyncPgConnection,
    current: &Report,
    parts: &ExemptParts,
) -> Result<Report, DbError> {
    let row = dsl::quarterly_reports.find((&current.framework, current.quarter, current.version));
    let update = diesel::update(row).set(dsl::exempt_parts.eq(parts)).returning(Report::as_returning());
    Ok(update.get_result(connection).await?)
}

/// Deletes a draft.
///
/// # Errors
/// What constraints refuse.
pub async fn delete(connection: &mut AsyncPgConnection, current: &Report) -> Result<(), DbError> {
    let row = dsl::quarterly_reports.find((&current.framework, current.quarter, current.version));
    diesel::delete(row).execute(connection).await?;
    Ok(())
}

/// What a step stores; what is null stays as it is.
#[derive(AsChangeset, Default)]
#[diesel(table_name = quarterly_reports)]
pub struct Step<'a> {
    /// Why it is sent back.
    pub return_reason: Option<&'a str>,
    /// Hash of what it says.
    pub content_hash: Option<&'a str>,
    /// Version of the rules.
    pub rule_set_version: Option<i16>,
    /// Instant of its data.
    pub as_of: Option<DateTime<Utc>>,
    /// Who signed it off.
    pub signed_off_by: Option<&'a str>,
    /// When.
    pub signed_off_at: Option<DateTime<Utc>>,
    /// Who published it.
    pub published_by: Option<&'a str>,
    /// When.
    pub published_at: Option<DateTime<Utc>>,
    /// Measures whose figure was not published by then.
    pub unpublished: Option<&'a Unpublished>,
    /// Hash of what it says to members.
    pub members_hash: Option<&'a str>,
    /// Hash of what it says to the public.
    pub public_hash: Option<&'a str>,
    /// Instant of what they read.
    pub disclosed_at: Option<DateTime<Utc>>,
    /// The committee's decision.
    pub decision: Option<&'a str>,
    /// Who recorded it.
    pub considered_by: Option<&'a str>,
    /// When.
    pub considered_at: Option<DateTime<Utc>>,
}

/// Stores a step to another state.
///
/// # Errors
/// What constraints refuse.
pub async fn step(
    connection: &mut AsyncPgConnection,
    current: &Report,
    state: ReportState,
    step: Step<'_>,
) -> Result<Report, DbError> {
    let row = dsl::quarterly_reports.find((&current.framework, current.quarter, current.version));
    let update = diesel::update(row).set((dsl::state.eq(state), step)).returning(Report::as_returning());
    Ok(update.get_result(connection).await?)
}

/// Keeps what a report says under its hash; the same content twice is kept once.
///
/// # Errors
/// When the database cannot be reached.
pub async fn keep_content(connection: &mut AsyncPgConnection, hash: &str, content: &str) -> Result<(), DbError> {
    let values = (report_contents::content_hash.eq(hash), report_contents::content.eq(content));
    let insert = diesel::insert_into(report_contents::table).values(values).on_conflict_do_nothing();
    insert.execute(connection).await?;
    Ok(())
}

/// What was sealed under a hash.
///
/// # Errors
/// When the database cannot be reached.
pub async fn content(mut connection: &AsyncPgConnection, hash: &str) -> Result<Option<String>, DbError> {
    let found = report_contents::table.find(hash).select(report_contents::content);
    Ok(found.first(&mut connection).await.optional()?)
}
