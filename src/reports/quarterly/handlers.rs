//! `/api/v1/quarterly-reports/{framework}/{quarter}`: what reports say, whether they are ready, their sealing and its proof.

use actix_web::http::header::{ETAG, HeaderValue};
use actix_web::{get, post};
use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use serde_json::Value;

use super::content::ReportContent;
use super::readiness::{Gap, Readiness, readiness};
use super::verify::{Verification, differences};
use super::{build, store};
use crate::access::caller::Caller;
use crate::access::scope::{Approve, Read};
use crate::clock;
use crate::db::Db;
use crate::domain::report::ReportAction;
use crate::http::canonical;
use crate::http::moment::Moment;
use crate::http::params::{Path, Query};
use crate::http::problem::{Fault, Problem};
use crate::http::problems;
use crate::http::reply::{Answer, Reply};
use crate::http::version::Conditions;
use crate::resources::quarterly_reports::actions::act;
use crate::resources::quarterly_reports::body::{ReportPath, ReportVersionPath};
use crate::resources::quarterly_reports::handlers::missing;
use crate::resources::quarterly_reports::row::Report;
use crate::resources::quarterly_reports::rules::allow;
use crate::resources::quarterly_reports::store as reports;
use crate::resources::quarterly_reports::store::Step;
use crate::retry::Retry;

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
/// Of a sealed report the very bytes that were signed off, with their SHA-256 as `ETag`. Of one still being written, what it
/// would say now.
#[utoipa::path(
    tag = "quarterly-reports", operation_id = "get_quarterly_report_content", security(("api_key" = ["read"])),
    params(ReportPath, Moment),
    responses((status = 200, description = "What it says", body = ReportContent))
)]
#[get("/quarterly-reports/{framework}/{quarter}/content")]
pub async fn read_content(_: Caller<Read>, path: Path<ReportPath>, at: Query<Moment>, db: Db) -> Answer {
    let connection = db.reading(at.0.as_of()).await?;
    let newest = reports::newest(&connection, &path.0).await?.ok_or_else(|| missing(&path.0))?;
    Ok(at.0.echo(said(&connection, &newest, &path.0, at.0.as_of()).await?))
}

/// Read what one version of a quarterly report says
///
/// As `…/content` does of the newest.
#[utoipa::path(
    tag = "quarterly-reports", operation_id = "get_quarterly_report_version_content", security(("api_key" = ["read"])),
    params(ReportVersionPath, Moment),
    responses((status = 200, description = "What it says", body = ReportContent))
)]
#[get("/quarterly-reports/{framework}/{quarter}/versions/{version}/content")]
pub async fn version_content(_: Caller<Read>, path: Path<ReportVersionPath>, at: Query<Moment>, db: Db) -> Answer {
    let connection = db.reading(at.0.as_of()).await?;
    let (report, key) = numbered(&connection, path.0).await?;
    Ok(at.0.echo(said(&connection, &report, &key, at.0.as_of()).await?))
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
    let draft = draft(&connection, &newest, &path.0, at.0.as_of()).await?;
    Ok(at.0.echo(Reply::json(&readiness(&draft))?))
}

/// Prove a sealed report
///
/// Reckons its hash again, makes its content again from the data as at its instant, and lists the figures changed since.
#[utoipa::path(
    tag = "quarterly-reports", operation_id = "verify_quarterly_report", security(("api_key" = ["read"])),
    params(ReportPath, Moment),
    responses((status = 200, description = "What was found", body = Verification))
)]
#[get("/quarterly-reports/{framework}/{quarter}/verify")]
pub async fn verify(_: Caller<Read>, path: Path<ReportPath>, at: Query<Moment>, db: Db) -> Answer {
    let connection = db.reading(at.0.as_of()).await?;
    let all = reports::versions(&connection, &path.0).await?;
    let report = all.into_iter().rev().find(|report| report.content_hash.is_some()).ok_or_else(|| {
        Problem::not_found(format!("sealed report of framework `{}` for `{}`", path.0.framework, path.0.quarter))
    })?;
    let (Some(content_hash), Some(instant)) = (report.content_hash.clone(), report.as_of) else {
        return Err(Problem::internal("a sealed report without its instant"));
    };
    let kept = sealed(&connection, &content_hash).await?;
    let then = db.reading(Some(instant)).await?;
    let again = canonical::canonical(&draft(&then, &report, &path.0, Some(instant)).await?)?;
    let now = draft(&connection, &report, &path.0, at.0.as_of()).await?;
    let now = serde_json::to_value(now).map_err(Problem::internal)?;
    let reported: Value = serde_json::from_str(&kept).map_err(Problem::internal)?;
    let recomputed_hash = canonical::hash(&kept);
    Ok(at.0.echo(Reply::json(&Verification {
        hash_matches: recomputed_hash == content_hash,
        reproduced: again == kept,
        differences: differences(&reported, &now),
        content_hash,
        recomputed_hash,
    })?))
}

/// Sign a quarterly report off
///
/// Freezes what it says: an immutable snapshot with its SHA-256. Refused while anything blocks it, all of it told at once.
#[utoipa::path(
    tag = "quarterly-reports", operation_id = "sign_off_quarterly_report", security(("api_key" = ["approve"])),
    params(
        ("framework" = String, Path, description = "Code of the framework.", format = "code", example = "PRACTICE-REPORTS"),
        ("quarter" = String, Path, description = "Reporting quarter.", format = "financial-quarter", example = "2026-27-Q1")
    ),
    responses((status = 200, description = "The sealed report", body = Report))
)]
#[post("/quarterly-reports/{framework}/{quarter}/sign-off")]
pub async fn sign_off(
    caller: Caller<Approve>,
    path: Path<ReportPath>,
    retry: Retry,
    when: Conditions,
    db: Db,
) -> Answer {
    let change = async |connection: &mut AsyncPgConnection, current: &Report| {
        let state = allow(current, ReportAction::SignOff)?;
        store::take_seal(connection).await?;
        // Read as at one instant, on another connection: all of it is of one moment, and can be read so again.
        let instant = store::now(connection).await?;
        let content = draft(&*db.reading(Some(instant)).await?, current, &path.0, Some(instant)).await?;
        refuse_gaps(&content)?;
        let bytes = canonical::canonical(&content)?;
        let hash = canonical::hash(&bytes);
        reports::keep_content(connection, &hash, &bytes).await?;
        let step = Step {
            content_hash: Some(&hash),
            rule_set_version: i16::try_from(content.rule_set_version).ok(),
            as_of: Some(instant),
            signed_off_by: Some(caller.name()),
            signed_off_at: Some(clock::now()),
            ..Step::default()
        };
        Ok(reports::step(connection, current, state, step).await?)
    };
    act(&db, caller.author(), &path.0, &when, retry, change).await
}

fn refuse_gaps(content: &ReportContent) -> Result<(), Problem> {
    let found = readiness(content);
    if found.ready {
        return Ok(());
    }
    let fault = |gap: Gap| Fault::new(format!("/{}", gap.measure), gap.kind.to_string(), gap.detail);
    Err(Problem::of_faults(problems::REPORT_NOT_READY, found.blocks.into_iter().map(fault).collect()))
}

/// What a report says, or would say, with what the connection shows.
async fn draft(
    connection: &AsyncPgConnection,
    report: &Report,
    key: &ReportPath,
    as_of: Option<DateTime<Utc>>,
) -> Result<ReportContent, Problem> {
    let instant = match as_of {
        Some(instant) => instant,
        None => store::now(connection).await?,
    };
    let material = store::material(connection, key, clock::day_of(Some(instant))).await?;
    Ok(build::content(report, material, instant))
}

async fn sealed(connection: &AsyncPgConnection, hash: &str) -> Result<String, Problem> {
    reports::content(connection, hash).await?.ok_or_else(|| Problem::internal(format!("no content {hash}")))
}

/// The version with this number, and the report that it is of.
async fn numbered(connection: &AsyncPgConnection, path: ReportVersionPath) -> Result<(Report, ReportPath), Problem> {
    let ReportVersionPath { framework, quarter, version } = path;
    let key = ReportPath { framework, quarter };
    let found = reports::versions(connection, &key).await?.into_iter().find(|report| report.version == version);
    Ok((found.ok_or_else(|| missing(&key))?, key))
}

/// What a version says: the sealed bytes under their hash, or what it would say.
async fn said(
    connection: &AsyncPgConnection,
    report: &Report,
    key: &ReportPath,
    as_of: Option<DateTime<Utc>>,
) -> Answer {
    let Some(hash) = &report.content_hash else {
        return Reply::json(&draft(connection, report, key, as_of).await?);
    };
    let tag = HeaderValue::from_str(&format!("\"{hash}\"")).map_err(Problem::internal)?;
    Ok(Reply::bytes("application/json", sealed(connection, hash).await?.into_bytes()).with((ETAG, tag)))
}
