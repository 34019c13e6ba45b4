//! `/api/v1/frameworks`.

use actix_web::{HttpRequest, delete, get, patch, post, put};

use super::body::{Framework, FrameworkBody, FrameworkFilter, FrameworkPath};
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

type NewFramework = New<FrameworkBody>;
type FrameworkPatch = Patch<FrameworkBody>;

/// List frameworks
#[utoipa::path(
    tag = "frameworks", operation_id = "list_frameworks", security(("api_key" = ["read"])),
    params(FrameworkFilter, PageQuery, Moment),
    responses((status = 200, description = "A page of frameworks", body = Page<Framework>))
)]
#[get("/frameworks")]
pub async fn list(_: Caller<Read>, query: List<FrameworkFilter>, db: Db, request: HttpRequest) -> Answer {
    crud::list::<Framework>(&db, &query, &request).await
}

/// Create a framework
#[utoipa::path(
    tag = "frameworks", operation_id = "create_framework", security(("api_key" = ["configure"])),
    request_body(content = NewFramework, example = json!({
        "code": "ADULTS-2025-29", "title": "Adult Social Care Performance Framework", "committee": "Adult Health and Social Care Policy Committee",
        "first_year": "2025-26", "last_year": "2028-29"
    })),
    responses((status = 201, description = "The new framework", body = Framework))
)]
#[post("/frameworks")]
pub async fn create(caller: Caller<Configure>, body: New<FrameworkBody>, retry: Retry, db: Db) -> Answer {
    crud::create::<Framework>(&db, caller.author(), &body.0, retry).await
}

/// Read a framework
#[utoipa::path(
    tag = "frameworks", operation_id = "get_framework", security(("api_key" = ["read"])),
    params(FrameworkPath, Moment),
    responses((status = 200, description = "The framework", body = Framework))
)]
#[get("/frameworks/{framework}")]
pub async fn get(_: Caller<Read>, path: Path<FrameworkPath>, at: Query<Moment>, when: Conditions, db: Db) -> Answer {
    crud::get::<Framework>(&db, &path.0, &at.0, &when).await
}

/// Create or replace a framework
#[utoipa::path(
    tag = "frameworks", operation_id = "put_framework", security(("api_key" = ["configure"])),
    params(("framework" = String, Path, description = "Code of the framework.", format = "code", example = "PRACTICE")),
    request_body(content = FrameworkBody, example = json!({
        "title": "Practice framework", "committee": "No committee: for practice only", "first_year": "2024-25", "last_year": "2027-28"
    })),
    responses(
        (status = 200, description = "The framework as replaced", body = Framework),
        (status = 201, description = "The new framework", body = Framework)
    )
)]
#[put("/frameworks/{framework}")]
pub async fn put(
    caller: Caller<Configure>,
    path: Path<FrameworkPath>,
    body: Valid<FrameworkBody>,
    when: Conditions,
    db: Db,
) -> Answer {
    crud::put::<Framework>(&db, caller.author(), &path.0, body.0, &when).await
}

/// Change parts of a framework
#[utoipa::path(
    tag = "frameworks", operation_id = "patch_framework", security(("api_key" = ["configure"])),
    params(("framework" = String, Path, description = "Code of the framework.", format = "code", example = "PRACTICE")),
    request_body(content = FrameworkPatch, content_type = "application/merge-patch+json", example = json!({"council_plan": "Council Plan 2024-28"})),
    responses((status = 200, description = "The framework as changed", body = Framework))
)]
#[patch("/frameworks/{framework}")]
pub async fn patch(
    caller: Caller<Configure>,
    path: Path<FrameworkPath>,
    patch: Patch<FrameworkBody>,
    when: Conditions,
    db: Db,
) -> Answer {
    crud::patch::<Framework>(&db, caller.author(), &path.0, patch, &when).await
}

/// Delete a framework
///
/// Only one that has no outcomes and no reviews; any other is retired by the status `closed`.
#[utoipa::path(
    tag = "frameworks", operation_id = "delete_framework", security(("api_key" = ["configure"])),
    params(("framework" = String, Path, description = "Code of the framework.", format = "code", example = "PRACTICE-SPARE")),
    responses((status = 204, description = "Deleted"))
)]
#[delete("/frameworks/{framework}")]
pub async fn delete(caller: Caller<Configure>, path: Path<FrameworkPath>, when: Conditions, db: Db) -> Answer {
    crud::delete::<Framework>(&db, caller.author(), &path.0, &when).await
}
