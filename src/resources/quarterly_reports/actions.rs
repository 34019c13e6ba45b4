//! Actions on quarterly reports that need no figures: each is one state change of the newest version, in one transaction.

use actix_web::post;
use diesel_async::AsyncPgConnection;

use super::body::{ConsideredBody, ReportPath, ReportReasonBody};
use super::handlers::missing;
use super::row::Report;
use super::rules::allow;
use super::store::{self, Step};
use crate::access::caller::Caller;
use crate::access::scope::{Approve, Conclude, Configure};
use crate::clock;
use crate::db::{Author, Db};
use crate::domain::report::ReportAction;
use crate::http::body::Valid;
use crate::http::params::Path;
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply, Resource};
use crate::http::version::Conditions;
use crate::retry::Retry;

/// One action on the newest version: its lock, its conditions, its change, its answer.
///
/// # Errors
/// `not_found`, `precondition_failed`; those of the change.
pub async fn act<W>(db: &Db, author: &Author, key: &ReportPath, when: &Conditions, retry: Retry, change: W) -> Answer
where
    W: AsyncFnOnce(&mut AsyncPgConnection, &Report) -> Result<Report, Problem>,
{
    retry
        .write(db, author, async |connection| {
            let current = store::lock(connection, key).await?.ok_or_else(|| missing(key))?;
            when.allow_write(Some(current.version()))?;
            let changed = change(connection, &current).await?;
            if changed.version == current.version { Reply::resource(&changed) } else { Reply::created(&changed) }
        })
        .await
}

/// Hand a quarterly report in for review
///
/// From then on it is not changed; `…/readiness` says what still blocks its sign-off.
#[utoipa::path(
    tag = "quarterly-reports", operation_id = "review_quarterly_report", security(("api_key" = ["configure"])),
    params(
        ("framework" = String, Path, description = "Code of the framework.", format = "code", example = "PRACTICE-REPORTS"),
        ("quarter" = String, Path, description = "Reporting quarter.", format = "financial-quarter", example = "2025-26-Q1")
    ),
    responses((status = 200, description = "The report as changed", body = Report))
)]
#[post("/quarterly-reports/{framework}/{quarter}/review")]
pub async fn review(
    caller: Caller<Configure>,
    path: Path<ReportPath>,
    retry: Retry,
    when: Conditions,
    db: Db,
) -> Answer {
    let change = async |connection: &mut AsyncPgConnection, current: &Report| {
        let state = allow(current, ReportAction::Review)?;
        Ok(store::step(connection, current, state, Step::default()).await?)
    };
    act(&db, caller.author(), &path.0, &when, retry, change).await
}

/// Return a quarterly report
///
/// Sends it back to be written on, with the reason.
#[utoipa::path(
    tag = "quarterly-reports", operation_id = "return_quarterly_report", security(("api_key" = ["approve"])),
    params(
        ("framework" = String, Path, description = "Code of the framework.", format = "code", example = "PRACTICE-REPORTS"),
        ("quarter" = String, Path, description = "Reporting quarter.", format = "financial-quarter", example = "2024-25-Q2")
    ),
    request_body(content = ReportReasonBody, example = json!({"reason": "The overview does not mention the new team."})),
    responses((status = 200, description = "The report as changed", body = Report))
)]
#[post("/quarterly-reports/{framework}/{quarter}/return")]
pub async fn send_back(
    caller: Caller<Approve>,
    path: Path<ReportPath>,
    body: Valid<ReportReasonBody>,
    retry: Retry,
    when: Conditions,
    db: Db,
) -> Answer {
    let change = async |connection: &mut AsyncPgConnection, current: &Report| {
        let state = allow(current, ReportAction::Return)?;
        let step = Step { return_reason: Some(body.0.reason.as_ref()), ..Step::default() };
        Ok(store::step(connection, current, state, step).await?)
    };
    act(&db, caller.author(), &path.0, &when, retry, change).await
}

/// Record that a report was considered
///
/// Attaches the decision that the committee took on it.
#[utoipa::path(
    tag = "quarterly-reports", operation_id = "consider_quarterly_report", security(("api_key" = ["decide"]), ("api_key" = ["approve"])),
    params(
        ("framework" = String, Path, description = "Code of the framework.", format = "code", example = "PRACTICE-REPORTS"),
        ("quarter" = String, Path, description = "Reporting quarter.", format = "financial-quarter", example = "2024-25-Q3")
    ),
    request_body(content = ConsideredBody, example = json!({"decision": "PRACTICE-DECISION"})),
    responses((status = 200, description = "The report as changed", body = Report))
)]
#[post("/quarterly-reports/{framework}/{quarter}/consider")]
pub async fn consider(
    caller: Caller<Conclude>,
    path: Path<ReportPath>,
    body: Valid<ConsideredBody>,
    retry: Retry,
    when: Conditions,
    db: Db,
) -> Answer {
    let change = async |connection: &mut AsyncPgConnection, current: &Report| {
        let state = allow(current, ReportAction::Consider)?;
        let step = Step {
            decision: Some(body.0.decision.as_ref()),
            considered_by: Some(caller.name()),
            considered_at: Some(clock::now()),
            ..Step::default()
        };
        Ok(store::step(connection, current, state, step).await?)
    };
    act(&db, caller.author(), &path.0, &when, retry, change).await
}

/// Correct a sealed report
///
/// Begins the next version, a draft, with the reason. The sealed versions stay as they are.
#[utoipa::path(
    tag = "quarterly-reports", operation_id = "correct_quarterly_report", security(("api_key" = ["approve"])),
    params(
        ("framework" = String, Path, description = "Code of the framework.", format = "code", example = "PRACTICE-REPORTS"),
        ("quarter" = String, Path, description = "Reporting quarter.", format = "financial-quarter", example = "2024-25-Q1")
    ),
    request_body(content = ReportReasonBody, example = json!({"reason": "Three late records were found in the audit."})),
    responses((status = 201, description = "The new version", body = Report))
)]
#[post("/quarterly-reports/{framework}/{quarter}/correct")]
pub async fn correct(
    caller: Caller<Approve>,
    path: Path<ReportPath>,
    body: Valid<ReportReasonBody>,
    retry: Retry,
    when: Conditions,
    db: Db,
) -> Answer {
    let change = async |connection: &mut AsyncPgConnection, current: &Report| {
        allow(current, ReportAction::Correct)?;
        Ok(store::correct(connection, current, body.0.reason.as_ref()).await?)
    };
    act(&db, caller.author(), &path.0, &when, retry, change).await
}
