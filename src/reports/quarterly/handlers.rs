//! `/api/v1/quarterly-reports/{framework}/{quarter}`: what reports say, whether they are ready, and their proof.

use actix_web::get;
use diesel_async::AsyncPgConnection;

use super::content::ReportContent;
use super::drafting::draft;
use super::readiness::{Readiness, readiness};
use super::reading::{Reading, ReadingQuery};
use super::verify::Verification;
use crate::access::audience::Audience;
use crate::access::caller::Caller;
use crate::access::scope::Read;
use crate::db::Db;
use crate::http::moment::Moment;
use crate::http::params::{Path, Query};
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use crate::http::version::Conditions;
use crate::resources::quarterly_reports::body::{ReportPath, ReportVersionPath};
use crate::resources::quarterly_reports::handlers::missing;
use crate::resources::quarterly_reports::row::Report;
use crate::resources::quarterly_reports::store as reports;

/// Read a quarterly report
///
/// The newest version as a record; what it says is at `…/content`, earlier versions at `…/versions`.
#[utoipa::path(
    tag = "quarterly-reports", operation_id = "get_quarterly_report", security(("api_key" = ["read"])),
    params(ReportPath, Moment),
    responses((status = 200, description = "The newest version", body = Report))
)]
#[get("/quarterly-reports/{framework}/{quarter}")]
pub async fn get(_: Caller<Read>, path: Path<ReportPath>, at: Query<Moment>, when: Conditions, db: Db) -> Answer {
    let connection = db.reading(at.0.as_of()).await?;
    let newest = reports::newest(&connection, &path.0).await?.ok_or_else(|| missing(&path.0))?;
    Ok(at.0.echo(Reply::unless_known(&newest, &when)?))
}

/// Read one version of a quarterly report
#[utoipa::path(
    tag = "quarterly-reports", operation_id = "get_quarterly_report_version", security(("api_key" = ["read"])),
    params(ReportVersionPath, Moment),
    responses((status = 200, description = "The version", body = Report))
)]
#[get("/quarterly-reports/{framework}/{quarter}/versions/{version}")]
pub async fn read_version(
    _: Caller<Read>,
    path: Path<ReportVersionPath>,
    at: Query<Moment>,
    when: Conditions,
    db: Db,
) -> Answer {
    let connection = db.reading(at.0.as_of()).await?;
    let (report, _) = numbered(&connection, path.0).await?;
    Ok(at.0.echo(Reply::unless_known(&report, &when)?))
}

/// Read what a quarterly report says
///
/// To those who work with the figures, of a sealed report the very bytes that were signed off, with their SHA-256 as `ETag`; of one
/// still being written, what it would say now. To members and the public, of a published report their own bytes, sealed when it was
/// published: every figure as it may be shown, and to the public without what is exempt, which is said.
#[utoipa::path(
    tag = "quarterly-reports", operation_id = "get_quarterly_report_content", security(("api_key" = ["read"])),
    params(ReportPath, ReadingQuery),
    responses((status = 200, description = "What it says", body = ReportContent))
)]
#[get("/quarterly-reports/{framework}/{quarter}/content")]
pub async fn read_content(caller: Caller<Read>, path: Path<ReportPath>, query: Query<ReadingQuery>, db: Db) -> Answer {
    let at = query.0.moment();
    let connection = db.reading(at.as_of()).await?;
    let reading = Reading::of(&caller, &query.0, db)?;
    let newest = reports::newest(&connection, &path.0).await?.ok_or_else(|| missing(&path.0))?;
    Ok(at.echo(reading.said(&connection, &newest, &path.0, at.as_of()).await?))
}

/// Read what one version of a quarterly report says
///
/// As `…/content` does of the newest.
#[utoipa::path(
    tag = "quarterly-reports", operation_id = "get_quarterly_report_version_content", security(("api_key" = ["read"])),
    params(ReportVersionPath, ReadingQuery),
    responses((status = 200, description = "What it says", body = ReportContent))
)]
#[get("/quarterly-reports/{framework}/{quarter}/versions/{version}/content")]
pub async fn version_content(
    caller: Caller<Read>,
    path: Path<ReportVersionPath>,
    query: Query<ReadingQuery>,
    db: Db,
) -> Answer {
    let at = query.0.moment();
    let connection = db.reading(at.as_of()).await?;
    let reading = Reading::of(&caller, &query.0, db)?;
    let (report, key) = numbered(&connection, path.0).await?;
    Ok(at.echo(reading.said(&connection, &report, &key, at.as_of()).await?))
}

/// Ask what still blocks a sign-off
///
/// Every red and every newly off-target measure needs each narrative section and a recovery plan. Warnings block nothing.
#[utoipa::path(
    tag = "quarterly-reports", operation_id = "get_quarterly_report_readiness", security(("api_key" = ["read"])),
    params(ReportPath, Moment),
    responses((status = 200, description = "What blocks it, and what should be known", body = Readiness))
)]
#[get("/quarterly-reports/{framework}/{quarter}/readiness")]
pub async fn ready(_: Caller<Read>, path: Path<ReportPath>, at: Query<Moment>, db: Db) -> Answer {
    let connection = db.reading(at.0.as_of()).await?;
    let newest = reports::newest(&connection, &path.0).await?.ok_or_else(|| missing(&path.0))?;
    let draft = draft(&connection, &newest, &path.0, Audience::Internal, at.0.as_of()).await?;
    Ok(at.0.echo(Reply::json(&readiness(&draft))?))
}

/// Prove a sealed report
///
/// Reckons its hash again, makes its content again from the data as at its instant, and lists the figures changed since. Of each
/// reading its own: that which was signed off, or what was sealed for members or the public. Those reckon the hash of what they were
/// sent themselves: it is its `ETag`.
#[utoipa::path(
    tag = "quarterly-reports", operation_id = "verify_quarterly_report", security(("api_key" = ["read"])),
    params(ReportPath, ReadingQuery),
    responses((status = 200, description = "What was found", body = Verification))
)]
#[get("/quarterly-reports/{framework}/{quarter}/verify")]
pub async fn verify(caller: Caller<Read>, path: Path<ReportPath>, query: Query<ReadingQuery>, db: Db) -> Answer {
    let at = query.0.moment();
    let connection = db.reading(at.as_of()).await?;
    let reading = Reading::of(&caller, &query.0, db)?;
    let all = reports::versions(&connection, &path.0).await?;
    let report = all.into_iter().rev().find(|report| reading.hash(report).is_some()).ok_or_else(|| {
        Problem::not_found(format!("sealed report of framework `{}` for `{}`", path.0.framework, path.0.quarter))
    })?;
    Ok(at.echo(Reply::json(&reading.proof(&connection, &report, &path.0, at.as_of()).await?)?))
}

/// The version with this number, and the report that it is of.
async fn numbered(connection: &AsyncPgConnection, path: ReportVersionPath) -> Result<(Report, ReportPath), Problem> {
    let ReportVersionPath { framework, quarter, version } = path;
    let key = ReportPath { framework, quarter };
    let found = reports::versions(connection, &key).await?.into_iter().find(|report| report.version == version);
    Ok((found.ok_or_else(|| missing(&key))?, key))
}
