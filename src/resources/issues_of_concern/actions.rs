//! Actions on issues of concern: each is one state change, in one transaction.

use actix_web::post;
use diesel_async::AsyncPgConnection;

use super::body::{AnswerBody, IssueOfConcernPath, ScheduleBody};
use super::row::IssueOfConcern;
use super::transitions::{Move, take};
use crate::access::caller::Caller;
use crate::access::scope::{Conclude, Decide, Permission};
use crate::clock;
use crate::db::Db;
use crate::http::body::Valid;
use crate::http::params::Path;
use crate::http::reply::Answer;
use crate::http::version::Conditions;
use crate::resources::crud::act;
use crate::resources::steps::StepReason;
use crate::retry::Retry;

/// One step of the issue at the address, in the name of the caller.
async fn step<P: Permission>(
    caller: &Caller<P>,
    path: &IssueOfConcernPath,
    taken: Move<'_>,
    retry: Retry,
    when: &Conditions,
    db: &Db,
) -> Answer {
    let change = async |connection: &mut AsyncPgConnection, current: &IssueOfConcern| {
        take(connection, current, taken, caller.name(), clock::now()).await
    };
    act(db, caller.author(), path, when, retry, change).await
}

/// Accept an issue of concern
///
/// The committee that it is assigned to takes it up.
#[utoipa::path(
    tag = "issues-of-concern", operation_id = "accept_issue_of_concern", security(("api_key" = ["decide"])),
    params(("issue" = String, Path, description = "Code of the issue.", format = "code", example = "PRACTICE-CONCERN-02")),
    responses((status = 200, description = "The issue as changed", body = IssueOfConcern))
)]
#[post("/issues-of-concern/{issue}/accept")]
pub async fn accept(
    caller: Caller<Decide>,
    path: Path<IssueOfConcernPath>,
    retry: Retry,
    when: Conditions,
    db: Db,
) -> Answer {
    step(&caller, &path.0, Move::Accept, retry, &when, &db).await
}

/// Decline an issue of concern
///
/// Not taken up, with the reason.
#[utoipa::path(
    tag = "issues-of-concern", operation_id = "decline_issue_of_concern", security(("api_key" = ["decide"]), ("api_key" = ["approve"])),
    params(("issue" = String, Path, description = "Code of the issue.", format = "code", example = "PRACTICE-CONCERN-03")),
    request_body(content = StepReason, example = json!({"reason": "The measure is reported to another committee."})),
    responses((status = 200, description = "The issue as changed", body = IssueOfConcern))
)]
#[post("/issues-of-concern/{issue}/decline")]
pub async fn decline(
    caller: Caller<Conclude>,
    path: Path<IssueOfConcernPath>,
    body: Valid<StepReason>,
    retry: Retry,
    when: Conditions,
    db: Db,
) -> Answer {
    step(&caller, &path.0, Move::Decline(&body.0.reason), retry, &when, &db).await
}

/// Schedule the report on an issue of concern
///
/// Sets the day of the report on an accepted or reopened one.
#[utoipa::path(
    tag = "issues-of-concern", operation_id = "schedule_issue_of_concern", security(("api_key" = ["decide"])),
    params(("issue" = String, Path, description = "Code of the issue.", format = "code", example = "PRACTICE-CONCERN-04")),
    request_body(content = ScheduleBody, example = json!({"report_on": "2026-06-15"})),
    responses((status = 200, description = "The issue as changed", body = IssueOfConcern))
)]
#[post("/issues-of-concern/{issue}/schedule")]
pub async fn schedule(
    caller: Caller<Decide>,
    path: Path<IssueOfConcernPath>,
    body: Valid<ScheduleBody>,
    retry: Retry,
    when: Conditions,
    db: Db,
) -> Answer {
    step(&caller, &path.0, Move::Schedule(body.0.report_on), retry, &when, &db).await
}

/// Report on an issue of concern
///
/// Records the answer to the committee.
#[utoipa::path(
    tag = "issues-of-concern", operation_id = "report_issue_of_concern", security(("api_key" = ["decide"])),
    params(("issue" = String, Path, description = "Code of the issue.", format = "code", example = "PRACTICE-CONCERN-05")),
    request_body(content = AnswerBody, example = json!({"answer": "A second duty team has begun; weekend offers doubled."})),
    responses((status = 200, description = "The issue as changed", body = IssueOfConcern))
)]
#[post("/issues-of-concern/{issue}/report")]
pub async fn report(
    caller: Caller<Decide>,
    path: Path<IssueOfConcernPath>,
    body: Valid<AnswerBody>,
    retry: Retry,
    when: Conditions,
    db: Db,
) -> Answer {
    step(&caller, &path.0, Move::Report(&body.0.answer), retry, &when, &db).await
}

/// Close an issue of concern
///
/// The answer is enough, with the reason.
#[utoipa::path(
    tag = "issues-of-concern", operation_id = "close_issue_of_concern", security(("api_key" = ["decide"]), ("api_key" = ["approve"])),
    params(("issue" = String, Path, description = "Code of the issue.", format = "code", example = "PRACTICE-CONCERN-06")),
    request_body(content = StepReason, example = json!({"reason": "The committee is content with the answer."})),
    responses((status = 200, description = "The issue as changed", body = IssueOfConcern))
)]
#[post("/issues-of-concern/{issue}/close")]
pub async fn close(
    caller: Caller<Conclude>,
    path: Path<IssueOfConcernPath>,
    body: Valid<StepReason>,
    retry: Retry,
    when: Conditions,
    db: Db,
) -> Answer {
    step(&caller, &path.0, Move::Close(&body.0.reason), retry, &when, &db).await
}

/// Reopen an issue of concern
///
/// The answer was not enough after all, with the reason. A report is scheduled, or given, anew.
#[utoipa::path(
    tag = "issues-of-concern", operation_id = "reopen_issue_of_concern", security(("api_key" = ["decide"])),
    params(("issue" = String, Path, description = "Code of the issue.", format = "code", example = "PRACTICE-CONCERN-07")),
    request_body(content = StepReason, example = json!({"reason": "The measure has fallen again."})),
    responses((status = 200, description = "The issue as changed", body = IssueOfConcern))
)]
#[post("/issues-of-concern/{issue}/reopen")]
pub async fn reopen(
    caller: Caller<Decide>,
    path: Path<IssueOfConcernPath>,
    body: Valid<StepReason>,
    retry: Retry,
    when: Conditions,
    db: Db,
) -> Answer {
    step(&caller, &path.0, Move::Reopen(&body.0.reason), retry, &when, &db).await
}
