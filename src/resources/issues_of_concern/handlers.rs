//! `/api/v1/issues-of-concern`.

use actix_web::{HttpRequest, delete, get, patch, post, put};

use super::body::{IssueOfConcernBody, IssueOfConcernFilter, IssueOfConcernPath};
use super::row::IssueOfConcern;
use super::store;
use crate::access::caller::Caller;
use crate::access::scope::{Decide, Read};
use crate::clock;
use crate::db::Db;
use crate::http::body::{New, Patch, Valid};
use crate::http::moment::Moment;
use crate::http::page::{Page, PageQuery};
use crate::http::params::{List, Path, Query};
use crate::http::reply::{Answer, Reply};
use crate::http::version::Conditions;
use crate::listing;
use crate::resources::crud;
use crate::retry::Retry;

type NewIssueOfConcern = New<IssueOfConcernBody>;
type IssueOfConcernPatch = Patch<IssueOfConcernBody>;

/// List issues of concern
///
/// What is overdue is so by today's date in London, or by that of `as_of`.
#[utoipa::path(
    tag = "issues-of-concern", operation_id = "list_issues_of_concern", security(("api_key" = ["read"])),
    params(IssueOfConcernFilter, PageQuery, Moment),
    responses((status = 200, description = "A page of issues of concern", body = Page<IssueOfConcern>))
)]
#[get("/issues-of-concern")]
pub async fn list(_: Caller<Read>, query: List<IssueOfConcernFilter>, db: Db, request: HttpRequest) -> Answer {
    let at = query.moment.as_of();
    let connection = db.reading(at).await?;
    let rows = store::list_on(&connection, &query.filter, &query.page, clock::day_of(at)).await?;
    Ok(query.moment.echo(listing::answer(rows, &request, &query.page)?))
}

/// Create an issue of concern
#[utoipa::path(
    tag = "issues-of-concern", operation_id = "create_issue_of_concern", security(("api_key" = ["decide"])),
    request_body(content = NewIssueOfConcern, example = json!({
        "code": "PRACTICE-CONCERN-10", "framework": "PRACTICE", "title": "Interviews at weekends", "question": "Why are fewer offered at weekends?",
        "raised_by": "No committee: for practice only", "assigned_to": "Another committee: for practice only", "measures": ["PRACTICE-01"],
        "decision": "PRACTICE-DECISION", "clause": "a", "report_wanted_by": "2026-06-15"
    })),
    responses((status = 201, description = "The new issue", body = IssueOfConcern))
)]
#[post("/issues-of-concern")]
pub async fn create(caller: Caller<Decide>, body: New<IssueOfConcernBody>, retry: Retry, db: Db) -> Answer {
    crud::create::<IssueOfConcern>(&db, caller.author(), &body.0, retry).await
}

/// Read an issue of concern
///
/// The days for which it is overdue count without a new version: once they have moved, the answer is not `304`.
#[utoipa::path(
    tag = "issues-of-concern", operation_id = "get_issue_of_concern", security(("api_key" = ["read"])),
    params(IssueOfConcernPath, Moment),
    responses((status = 200, description = "The issue", body = IssueOfConcern))
)]
#[get("/issues-of-concern/{issue}")]
pub async fn get(
    _: Caller<Read>,
    path: Path<IssueOfConcernPath>,
    at: Query<Moment>,
    when: Conditions,
    db: Db,
) -> Answer {
    let connection = db.reading(at.0.as_of()).await?;
    let found = store::find_on(&connection, &path.0, clock::day_of(at.0.as_of())).await?;
    let found = found.ok_or_else(|| crud::missing::<IssueOfConcern>(&path.0))?;
    let reply = if found.has_aged() { Reply::resource(&found) } else { Reply::unless_known(&found, &when) };
    Ok(at.0.echo(reply?))
}

/// Create or replace an issue of concern
///
/// Not once it is declined or closed.
#[utoipa::path(
    tag = "issues-of-concern", operation_id = "put_issue_of_concern", security(("api_key" = ["decide"])),
    params(("issue" = String, Path, description = "Code of the issue.", format = "code", example = "PRACTICE-CONCERN-01")),
    request_body(content = IssueOfConcernBody, example = json!({
        "framework": "PRACTICE", "title": "An issue to practise on", "question": "What is done about it?",
        "raised_by": "No committee: for practice only", "assigned_to": "No committee: for practice only",
        "measures": ["PRACTICE-01", "PRACTICE-02"]
    })),
    responses(
        (status = 200, description = "The issue as replaced", body = IssueOfConcern),
        (status = 201, description = "The new issue", body = IssueOfConcern)
    )
)]
#[put("/issues-of-concern/{issue}")]
pub async fn put(
    caller: Caller<Decide>,
    path: Path<IssueOfConcernPath>,
    body: Valid<IssueOfConcernBody>,
    when: Conditions,
    db: Db,
) -> Answer {
    crud::put::<IssueOfConcern>(&db, caller.author(), &path.0, body.0, &when).await
}

/// Change parts of an issue of concern
///
/// Not once it is declined or closed.
#[utoipa::path(
    tag = "issues-of-concern", operation_id = "patch_issue_of_concern", security(("api_key" = ["decide"])),
    params(("issue" = String, Path, description = "Code of the issue.", format = "code", example = "PRACTICE-CONCERN-01")),
    request_body(content = IssueOfConcernPatch, content_type = "application/merge-patch+json", example = json!({"report_wanted_by": "2026-09-21"})),
    responses((status = 200, description = "The issue as changed", body = IssueOfConcern))
)]
#[patch("/issues-of-concern/{issue}")]
pub async fn patch(
    caller: Caller<Decide>,
    path: Path<IssueOfConcernPath>,
    patch: Patch<IssueOfConcernBody>,
    when: Conditions,
    db: Db,
) -> Answer {
    crud::patch::<IssueOfConcern>(&db, caller.author(), &path.0, patch, &when).await
}

/// Delete an issue of concern
///
/// Only one that is just raised; later it is part of the record.
#[utoipa::path(
    tag = "issues-of-concern", operation_id = "delete_issue_of_concern", security(("api_key" = ["decide"])),
    params(("issue" = String, Path, description = "Code of the issue.", format = "code", example = "PRACTICE-SPARE")),
    responses((status = 204, description = "Deleted"))
)]
#[delete("/issues-of-concern/{issue}")]
pub async fn delete(caller: Caller<Decide>, path: Path<IssueOfConcernPath>, when: Conditions, db: Db) -> Answer {
    crud::delete::<IssueOfConcern>(&db, caller.author(), &path.0, &when).await
}
