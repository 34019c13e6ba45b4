//! Actions on quarterly submissions: each is one state change, in one transaction.

use actix_web::post;
use diesel_async::AsyncPgConnection;

use super::body::{ApprovalNote, ReasonBody, SubmissionPath};
use super::handlers::missing;
use super::row::Submission;
use super::transitions::Turn;
use super::{store, transitions};
use crate::access::caller::Caller;
use crate::access::scope::{Approve, Submit};
use crate::clock;
use crate::db::{Author, Db};
use crate::http::body::Valid;
use crate::http::optional::Optional;
use crate::http::params::Path;
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply, Resource};
use crate::http::version::Conditions;
use crate::retry::Retry;

/// One action on the newest revision: its turn, its conditions, its change, its answer.
async fn act<W>(db: &Db, author: &Author, key: &SubmissionPath, when: &Conditions, retry: Retry, change: W) -> Answer
where
    W: AsyncFnOnce(&mut AsyncPgConnection, &Turn, &Submission) -> Result<Submission, Problem>,
{
    retry
        .write(db, author, async |connection| {
            let turn = store::take_turn(connection, &key.measure, key.quarter).await?.ok_or_else(|| missing(key))?;
            let current = store::newest(connection, key).await?.ok_or_else(|| missing(key))?;
            when.allow_write(Some(current.version()))?;
            let changed = change(connection, &turn, &current).await?;
            if changed.revision == current.revision { Reply::resource(&changed) } else { Reply::created(&changed) }
        })
        .await
}

/// Hand a quarterly submission in
///
/// A draft or returned one that has its figure; then another caller can approve it.
#[utoipa::path(
    tag = "quarterly-submissions", operation_id = "submit_quarterly_submission", security(("api_key" = ["submit"])),
    params(
        ("measure" = String, Path, description = "Code of the measure.", format = "code", example = "PRACTICE-03"),
        ("quarter" = String, Path, description = "Reporting quarter.", format = "financial-quarter", example = "2025-26-Q2")
    ),
    responses((status = 200, description = "The submission as changed", body = Submission))
)]
#[post("/quarterly-submissions/{measure}/{quarter}/submit")]
pub async fn submit(
    caller: Caller<Submit>,
    path: Path<SubmissionPath>,
    retry: Retry,
    when: Conditions,
    db: Db,
) -> Answer {
    let change = async |connection: &mut AsyncPgConnection, turn: &Turn, current: &Submission| {
        transitions::submit(connection, turn, current, caller.name(), clock::now()).await
    };
    act(&db, caller.author(), &path.0, &when, retry, change).await
}

/// Approve a quarterly submission
///
/// Not by the caller who handed it in. From then on the figure counts on the scorecard. One that is unlikely beside the measure's own
/// history, its last denominators or its parts is approved with a note that says why it is right; without one the refusal names the doubts.
#[utoipa::path(
    tag = "quarterly-submissions", operation_id = "approve_quarterly_submission", security(("api_key" = ["approve"])),
    params(
        ("measure" = String, Path, description = "Code of the measure.", format = "code", example = "PRACTICE-01"),
        ("quarter" = String, Path, description = "Reporting quarter.", format = "financial-quarter", example = "2024-25-Q4")
    ),
    request_body(content = Option<ApprovalNote>, example = json!({"note": "Checked with the service: a second team began in January."})),
    responses((status = 200, description = "The submission as changed", body = Submission))
)]
#[post("/quarterly-submissions/{measure}/{quarter}/approve")]
pub async fn approve(
    caller: Caller<Approve>,
    path: Path<SubmissionPath>,
    body: Optional<ApprovalNote>,
    retry: Retry,
    when: Conditions,
    db: Db,
) -> Answer {
    let note = body.0.and_then(|body| body.note);
    let change = async |connection: &mut AsyncPgConnection, turn: &Turn, current: &Submission| {
        transitions::approve(connection, turn, current, note.as_deref(), caller.name(), clock::now()).await
    };
    act(&db, caller.author(), &path.0, &when, retry, change).await
}

/// Publish a quarterly submission
///
/// Makes an approved figure public. It is never edited again; a correction is a new revision.
#[utoipa::path(
    tag = "quarterly-submissions", operation_id = "publish_quarterly_submission", security(("api_key" = ["approve"])),
    params(
        ("measure" = String, Path, description = "Code of the measure.", format = "code", example = "PRACTICE-01"),
        ("quarter" = String, Path, description = "Reporting quarter.", format = "financial-quarter", example = "2024-25-Q3")
    ),
    responses((status = 200, description = "The submission as changed", body = Submission))
)]
#[post("/quarterly-submissions/{measure}/{quarter}/publish")]
pub async fn publish(
    caller: Caller<Approve>,
    path: Path<SubmissionPath>,
    retry: Retry,
    when: Conditions,
    db: Db,
) -> Answer {
    let change = async |connection: &mut AsyncPgConnection, _: &Turn, current: &Submission| {
        transitions::publish(connection, current, caller.name(), clock::now()).await
    };
    act(&db, caller.author(), &path.0, &when, retry, change).await
}

/// Return a quarterly submission
///
/// Sends it back to be changed, with the reason.
#[utoipa::path(
    tag = "quarterly-submissions", operation_id = "return_quarterly_submission", security(("api_key" = ["approve"])),
    params(
        ("measure" = String, Path, description = "Code of the measure.", format = "code", example = "PRACTICE-03"),
        ("quarter" = String, Path, description = "Reporting quarter.", format = "financial-quarter", example = "2024-25-Q4")
    ),
    request_body(content = ReasonBody, example = json!({"reason": "The denominator leaves out the last week of the quarter."})),
    responses((status = 200, description = "The submission as changed", body = Submission))
)]
#[post("/quarterly-submissions/{measure}/{quarter}/return")]
pub async fn send_back(
    caller: Caller<Approve>,
    path: Path<SubmissionPath>,
    body: Valid<ReasonBody>,
    retry: Retry,
    when: Conditions,
    db: Db,
) -> Answer {
    let change = async |connection: &mut AsyncPgConnection, _: &Turn, current: &Submission| {
        transitions::send_back(connection, current, body.0.reason.as_ref()).await
    };
    act(&db, caller.author(), &path.0, &when, retry, change).await
}

/// Correct an approved or published figure
///
/// Begins a new revision: a draft with the same content and the reason. The figure that counts stays until the new one
/// is approved.
#[utoipa::path(
    tag = "quarterly-submissions", operation_id = "revise_quarterly_submission", security(("api_key" = ["submit"])),
    params(
        ("measure" = String, Path, description = "Code of the measure.", format = "code", example = "PRACTICE-01"),
        ("quarter" = String, Path, description = "Reporting quarter.", format = "financial-quarter", example = "2024-25-Q2")
    ),
    request_body(content = ReasonBody, example = json!({"reason": "Three late records were found in the audit."})),
    responses((status = 201, description = "The new draft", body = Submission))
)]
#[post("/quarterly-submissions/{measure}/{quarter}/revise")]
pub async fn revise(
    caller: Caller<Submit>,
    path: Path<SubmissionPath>,
    body: Valid<ReasonBody>,
    retry: Retry,
    when: Conditions,
    db: Db,
) -> Answer {
    let change = async |connection: &mut AsyncPgConnection, _: &Turn, current: &Submission| {
        transitions::revise(connection, current, body.0.reason.as_ref()).await
    };
    act(&db, caller.author(), &path.0, &when, retry, change).await
}
