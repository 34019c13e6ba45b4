//! `/api/v1/quarterly-submissions`: reading, pushing and changing drafts.

use actix_web::{HttpRequest, delete, get, patch, post, put};
use diesel_async::AsyncPgConnection;

use super::body::{RevisionPath, SubmissionBody, SubmissionFilter, SubmissionPath};
use super::disclosure::{self, Disclosure};
use super::push::{self, Push};
use super::row::{Revisions, Submission};
use super::{rules, store, transitions};
use crate::access::caller::Caller;
use crate::access::scope::{Read, Submit};
use crate::db::Db;
use crate::domain::import::ApprovedRows;
use crate::http::body::{New, Patch, Valid};
use crate::http::moment::Moment;
use crate::http::page::{Page, PageQuery};
use crate::http::params::{List, Path, Query};
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply, Resource};
use crate::http::version::Conditions;
use crate::listing;
use crate::retry::Retry;

type NewSubmission = New<SubmissionBody>;
type SubmissionPatch = Patch<SubmissionBody>;

/// List quarterly submissions
///
/// One row for each measure and quarter, its newest revision, unless `which` or `state` says otherwise.
#[utoipa::path(
    tag = "quarterly-submissions", operation_id = "list_quarterly_submissions", security(("api_key" = ["read"])),
    params(SubmissionFilter, PageQuery, Moment),
    responses((status = 200, description = "A page of quarterly submissions", body = Page<Submission>))
)]
#[get("/quarterly-submissions")]
pub async fn list(_: Caller<Read>, query: List<SubmissionFilter>, db: Db, request: HttpRequest) -> Answer {
    let connection = db.reading(query.moment.as_of()).await?;
    let rows = store::list(&connection, &query.filter, &query.page).await?;
    Ok(query.moment.echo(listing::answer(rows, &request, &query.page)?))
}

/// Create a quarterly submission
#[utoipa::path(
    tag = "quarterly-submissions", operation_id = "create_quarterly_submission", security(("api_key" = ["submit"])),
    request_body(content = NewSubmission, example = json!({
        "measure": "PRACTICE-01", "quarter": "2025-26-Q2", "data_period": "2025-26-Q2", "numerator": 84, "denominator": 110,
        "stage": "provisional", "narrative": {"challenges": "Two vacancies in the team."}
    })),
    responses((status = 201, description = "The new draft", body = Submission))
)]
#[post("/quarterly-submissions")]
pub async fn create(caller: Caller<Submit>, body: New<SubmissionBody>, retry: Retry, db: Db) -> Answer {
    let mut body = body.0;
    let (Some(measure), Some(quarter)) = (body.measure.get().cloned(), body.quarter.get().copied()) else {
        return Err(Problem::internal("the schema let a body without its key pass"));
    };
    let key = SubmissionPath { measure: measure.to_string(), quarter };
    retry
        .write(&db, caller.author(), async |connection| {
            if let Some(turn) = store::take_turn(connection, &key.measure, quarter).await? {
                rules::check(&mut body, quarter, &turn.measure, &turn.framework)?;
                turn.allow_push(1)?;
            }
            // Without the measure the foreign key refuses, and an existing submission the primary key, in their own words.
            Reply::created(&store::insert(connection, 1, None, &body).await?)
        })
        .await
}

/// Read a quarterly submission
///
/// Its newest revision; earlier ones are at `…/revisions`.
#[utoipa::path(
    tag = "quarterly-submissions", operation_id = "get_quarterly_submission", security(("api_key" = ["read"])),
    params(SubmissionPath, Moment),
    responses((status = 200, description = "The newest revision", body = Submission))
)]
#[get("/quarterly-submissions/{measure}/{quarter}")]
pub async fn get(_: Caller<Read>, path: Path<SubmissionPath>, at: Query<Moment>, when: Conditions, db: Db) -> Answer {
    let connection = db.reading(at.0.as_of()).await?;
    let newest = store::newest(&connection, &path.0).await?.ok_or_else(|| missing(&path.0))?;
    Ok(at.0.echo(Reply::unless_known(&newest, &when)?))
}

/// Read what others see of a quarterly submission
///
/// What members and the public see of the newest revision, or would see were it published now, with the reasons for what is hidden:
/// for officers, before they publish. Decided once, when it is published.
#[utoipa::path(
    tag = "quarterly-submissions", operation_id = "get_disclosure", security(("api_key" = ["read"])),
    params(SubmissionPath, Moment),
    responses((status = 200, description = "What others see", body = Disclosure))
)]
#[get("/quarterly-submissions/{measure}/{quarter}/disclosure")]
pub async fn shown(_: Caller<Read>, path: Path<SubmissionPath>, at: Query<Moment>, db: Db) -> Answer {
    let connection = db.reading(at.0.as_of()).await?;
    let newest = store::newest(&connection, &path.0).await?.ok_or_else(|| missing(&path.0))?;
    let shown = match disclosure::decided(&connection, &newest).await? {
        Some(decided) => decided,
        None => disclosure::foreseen(&connection, &newest).await?,
    };
    Ok(at.0.echo(Reply::json(&shown)?))
}

/// Push a quarterly submission
///
/// Creates the draft, or replaces a draft or returned one. The same content sent again changes nothing, whatever the
/// state. An approved figure is corrected by `…/revise`.
#[utoipa::path(
    tag = "quarterly-submissions", operation_id = "put_quarterly_submission", security(("api_key" = ["submit"])),
    params(
        ("measure" = String, Path, description = "Code of the measure.", format = "code", example = "PRACTICE-01"),
        ("quarter" = String, Path, description = "Reporting quarter.", format = "financial-quarter", example = "2025-26-Q1")
    ),
    request_body(content = SubmissionBody, example = json!({
        "data_period": "2025-26-Q1", "value": 72.5, "numerator": 87, "denominator": 120, "stage": "provisional",
        "narrative": {"challenges": "Referrals rose in May.", "interventions": "A second duty team from June.", "results": "Too early to tell."}
    })),
    responses(
        (status = 200, description = "The draft as replaced, or unchanged", body = Submission),
        (status = 201, description = "The new draft", body = Submission)
    )
)]
#[put("/quarterly-submissions/{measure}/{quarter}")]
pub async fn put(
    caller: Caller<Submit>,
    path: Path<SubmissionPath>,
    body: Valid<SubmissionBody>,
    when: Conditions,
    db: Db,
) -> Answer {
    let (key, mut body) = (path.0, body.0);
    fill(&mut body, &key)?;
    db.write(caller.author(), async |connection| {
        let turn = store::take_turn(connection, &key.measure, key.quarter).await?.ok_or_else(|| no_measure(&key))?;
        let current = store::newest(connection, &key).await?;
        when.allow_write(current.as_ref().map(Resource::version))?;
        let push = push::judge(&mut body, key.quarter, &turn, current.as_ref(), ApprovedRows::Refuse)?;
        store_push(connection, &push, &body).await
    })
    .await
}

/// Change parts of a quarterly submission
///
/// Only of a draft or returned one.
#[utoipa::path(
    tag = "quarterly-submissions", operation_id = "patch_quarterly_submission", security(("api_key" = ["submit"])),
    params(
        ("measure" = String, Path, description = "Code of the measure.", format = "code", example = "PRACTICE-01"),
        ("quarter" = String, Path, description = "Reporting quarter.", format = "financial-quarter", example = "2025-26-Q1")
    ),
    request_body(content = SubmissionPatch, content_type = "application/merge-patch+json", example = json!({"narrative": {"results": "Waiting times fell in July."}})),
    responses((status = 200, description = "The draft as changed", body = Submission))
)]
#[patch("/quarterly-submissions/{measure}/{quarter}")]
pub async fn patch(
    caller: Caller<Submit>,
    path: Path<SubmissionPath>,
    patch: Patch<SubmissionBody>,
    when: Conditions,
    db: Db,
) -> Answer {
    let key = path.0;
    db.write(caller.author(), async |connection| {
        let turn = store::take_turn(connection, &key.measure, key.quarter).await?.ok_or_else(|| no_measure(&key))?;
        let current = store::newest(connection, &key).await?.ok_or_else(|| missing(&key))?;
        when.allow_write(Some(current.version()))?;
        let mut body = patch.apply(&current)?;
        fill(&mut body, &key)?;
        let push = push::judge(&mut body, key.quarter, &turn, Some(&current), ApprovedRows::Refuse)?;
        store_push(connection, &push, &body).await
    })
    .await
}

/// Delete a draft
///
/// Deletes the newest revision while it is a draft or returned; earlier revisions stay.
#[utoipa::path(
    tag = "quarterly-submissions", operation_id = "delete_quarterly_submission", security(("api_key" = ["submit"])),
    params(
        ("measure" = String, Path, description = "Code of the measure.", format = "code", example = "PRACTICE-01"),
        ("quarter" = String, Path, description = "Reporting quarter.", format = "financial-quarter", example = "2025-26-Q1")
    ),
    responses((status = 204, description = "Deleted"))
)]
#[delete("/quarterly-submissions/{measure}/{quarter}")]
pub async fn delete(caller: Caller<Submit>, path: Path<SubmissionPath>, when: Conditions, db: Db) -> Answer {
    let key = path.0;
    db.write(caller.author(), async |connection| {
        let turn = store::take_turn(connection, &key.measure, key.quarter).await?.ok_or_else(|| no_measure(&key))?;
        let current = store::newest(connection, &key).await?.ok_or_else(|| missing(&key))?;
        when.allow_write(Some(current.version()))?;
        transitions::allow_edit(&current)?;
        turn.allow_push(current.revision)?;
        store::delete(connection, &current).await?;
        Ok(Reply::nothing())
    })
    .await
}

/// List the revisions of a quarterly submission
#[utoipa::path(
    tag = "quarterly-submissions", operation_id = "list_revisions", security(("api_key" = ["read"])),
    params(SubmissionPath, Moment),
    responses((status = 200, description = "Every revision, oldest first", body = Revisions))
)]
#[get("/quarterly-submissions/{measure}/{quarter}/revisions")]
pub async fn revisions(_: Caller<Read>, path: Path<SubmissionPath>, at: Query<Moment>, db: Db) -> Answer {
    let connection = db.reading(at.0.as_of()).await?;
    let items = store::revisions(&connection, &path.0).await?;
    if items.is_empty() { Err(missing(&path.0)) } else { Ok(at.0.echo(Reply::json(&Revisions { items })?)) }
}

/// Read one revision of a quarterly submission
#[utoipa::path(
    tag = "quarterly-submissions", operation_id = "get_revision", security(("api_key" = ["read"])),
    params(RevisionPath, Moment),
    responses((status = 200, description = "The revision", body = Submission))
)]
#[get("/quarterly-submissions/{measure}/{quarter}/revisions/{revision}")]
pub async fn revision(
    _: Caller<Read>,
    path: Path<RevisionPath>,
    at: Query<Moment>,
    when: Conditions,
    db: Db,
) -> Answer {
    let RevisionPath { measure, quarter, revision } = path.0;
    let key = SubmissionPath { measure, quarter };
    let connection = db.reading(at.0.as_of()).await?;
    let found = store::revisions(&connection, &key).await?.into_iter().find(|row| row.revision == revision);
    Ok(at.0.echo(Reply::unless_known(&found.ok_or_else(|| missing(&key))?, &when)?))
}

fn fill(body: &mut SubmissionBody, key: &SubmissionPath) -> Result<(), Problem> {
    body.measure.fill("measure", &key.measure)?;
    body.quarter.fill("quarter", &key.quarter.to_string())
}

async fn store_push(connection: &mut AsyncPgConnection, push: &Push<'_>, body: &SubmissionBody) -> Answer {
    match push {
        Push::Create => Reply::created(&store::insert(connection, 1, None, body).await?),
        Push::Unchanged(same) => Reply::resource(*same),
        Push::Replace(current) | Push::Propose(current) => {
            // Only imports propose, with a reason.
            transitions::allow_edit(current)?;
            Reply::resource(&store::update(connection, current, body).await?)
        }
    }
}

/// `not_found` for this submission.
pub fn missing(key: &SubmissionPath) -> Problem {
    Problem::not_found(format!("quarterly submission of measure `{}` for `{}`", key.measure, key.quarter))
}

fn no_measure(key: &SubmissionPath) -> Problem {
    Problem::not_found(format!("measure `{}`", key.measure))
}
