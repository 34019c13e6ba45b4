//! `/api/v1/outcomes`.

use actix_web::{HttpRequest, delete, get, patch, post, put};

use super::body::{Outcome, OutcomeBody, OutcomeFilter, OutcomePath};
use crate::access::caller::Caller;
use crate::access::scope::{Configure, Read};
use crate::db::Db;
use crate::http::body::{New, Patch, Valid};
use crate::http::moment::Moment;
use crate::http::page::{Page, PageQuery};
use crate::http::params::{List, Path, Query};
use crate::http::reply::Answer;
use crate::http::version::Conditions;
use crate::resources::crud;
use crate::retry::Retry;

type NewOutcome = New<OutcomeBody>;
type OutcomePatch = Patch<OutcomeBody>;

/// List outcomes
#[utoipa::path(
    tag = "outcomes", operation_id = "list_outcomes", security(("api_key" = ["read"])),
    params(OutcomeFilter, PageQuery, Moment),
    responses((status = 200, description = "A page of outcomes", body = Page<Outcome>))
)]
#[get("/outcomes")]
pub async fn list(_: Caller<Read>, query: List<OutcomeFilter>, db: Db, request: HttpRequest) -> Answer {
    crud::list::<Outcome>(&db, &query, &request).await
}

/// Create an outcome
#[utoipa::path(
    tag = "outcomes", operation_id = "create_outcome", security(("api_key" = ["configure"])),
    request_body(content = NewOutcome, example = json!({
        "code": "PRACTICE-02", "framework": "PRACTICE", "title": "A second outcome to practise on", "position": 2
    })),
    responses((status = 201, description = "The new outcome", body = Outcome))
)]
#[post("/outcomes")]
pub async fn create(caller: Caller<Configure>, body: New<OutcomeBody>, retry: Retry, db: Db) -> Answer {
    crud::create::<Outcome>(&db, caller.author(), &body.0, retry).await
}

/// Read an outcome
#[utoipa::path(
    tag = "outcomes", operation_id = "get_outcome", security(("api_key" = ["read"])),
    params(OutcomePath, Moment),
    responses((status = 200, description = "The outcome", body = Outcome))
)]
#[get("/outcomes/{outcome}")]
pub async fn get(_: Caller<Read>, path: Path<OutcomePath>, at: Query<Moment>, when: Conditions, db: Db) -> Answer {
    crud::get::<Outcome>(&db, &path.0, &at.0, &when).await
}

/// Create or replace an outcome
#[utoipa::path(
    tag = "outcomes", operation_id = "put_outcome", security(("api_key" = ["configure"])),
    params(("outcome" = String, Path, description = "Code of the outcome.", format = "code", example = "PRACTICE-01")),
    request_body(content = OutcomeBody, example = json!({
        "framework": "PRACTICE", "title": "An outcome to practise on", "priority": "Practice", "position": 1
    })),
    responses(
        (status = 200, description = "The outcome as replaced", body = Outcome),
        (status = 201, description = "The new outcome", body = Outcome)
    )
)]
#[put("/outcomes/{outcome}")]
pub async fn put(
    caller: Caller<Configure>,
    path: Path<OutcomePath>,
    body: Valid<OutcomeBody>,
    when: Conditions,
    db: Db,
) -> Answer {
    crud::put::<Outcome>(&db, caller.author(), &path.0, body.0, &when).await
}

/// Change parts of an outcome
#[utoipa::path(
    tag = "outcomes", operation_id = "patch_outcome", security(("api_key" = ["configure"])),
    params(("outcome" = String, Path, description = "Code of the outcome.", format = "code", example = "PRACTICE-01")),
    request_body(content = OutcomePatch, content_type = "application/merge-patch+json", example = json!({"position": 3})),
    responses((status = 200, description = "The outcome as changed", body = Outcome))
)]
#[patch("/outcomes/{outcome}")]
pub async fn patch(
    caller: Caller<Configure>,
    path: Path<OutcomePath>,
    patch: Patch<OutcomeBody>,
    when: Conditions,
    db: Db,
) -> Answer {
    crud::patch::<Outcome>(&db, caller.author(), &path.0, patch, &when).await
}

/// Delete an outcome
///
/// Only one that has no measures; any other is retired by the status `retired`.
#[utoipa::path(
    tag = "outcomes", operation_id = "delete_outcome", security(("api_key" = ["configure"])),
    params(("outcome" = String, Path, description = "Code of the outcome.", format = "code", example = "PRACTICE-SPARE")),
    responses((status = 204, description = "Deleted"))
)]
#[delete("/outcomes/{outcome}")]
pub async fn delete(caller: Caller<Configure>, path: Path<OutcomePath>, when: Conditions, db: Db) -> Answer {
    crud::delete::<Outcome>(&db, caller.author(), &path.0, &when).await
}
