//! `/api/v1/targets`.

use actix_web::{HttpRequest, delete, get, patch, post, put};

use super::body::{Target, TargetBody, TargetFilter, TargetPath};
use super::versions::{self, TargetVersions};
use crate::access::caller::Caller;
use crate::access::scope::{Configure, Read};
use crate::db::Db;
use crate::http::body::{New, Patch, Valid};
use crate::http::moment::Moment;
use crate::http::page::{Page, PageQuery};
use crate::http::params::{List, Path, Query};
use crate::http::reply::{Answer, Reply};
use crate::http::version::Conditions;
use crate::resources::crud;
use crate::retry::Retry;

type NewTarget = New<TargetBody>;
type TargetPatch = Patch<TargetBody>;

/// List targets
#[utoipa::path(
    tag = "targets", operation_id = "list_targets", security(("api_key" = ["read"])),
    params(TargetFilter, PageQuery, Moment),
    responses((status = 200, description = "A page of targets", body = Page<Target>))
)]
#[get("/targets")]
pub async fn list(_: Caller<Read>, query: List<TargetFilter>, db: Db, request: HttpRequest) -> Answer {
    crud::list::<Target>(&db, &query, &request).await
}

/// Create a target
#[utoipa::path(
    tag = "targets", operation_id = "create_target", security(("api_key" = ["configure"])),
    request_body(content = NewTarget, example = json!({
        "measure": "PRACTICE-01", "year": "2026-27", "kind": "at_least", "value": 80, "tolerance_kind": "absolute", "tolerance": 5,
        "source": "illustrative", "rationale": "For practice only"
    })),
    responses((status = 201, description = "The new target", body = Target))
)]
#[post("/targets")]
pub async fn create(caller: Caller<Configure>, body: New<TargetBody>, retry: Retry, db: Db) -> Answer {
    crud::create::<Target>(&db, caller.author(), &body.0, retry).await
}

/// Read a target
#[utoipa::path(
    tag = "targets", operation_id = "get_target", security(("api_key" = ["read"])),
    params(TargetPath, Moment),
    responses((status = 200, description = "The target", body = Target))
)]
#[get("/targets/{measure}/{year}")]
pub async fn get(_: Caller<Read>, path: Path<TargetPath>, at: Query<Moment>, when: Conditions, db: Db) -> Answer {
    crud::get::<Target>(&db, &path.0, &at.0, &when).await
}

/// Create or replace a target
#[utoipa::path(
    tag = "targets", operation_id = "put_target", security(("api_key" = ["configure"])),
    params(("measure" = String, Path, description = "Code of the measure.", format = "code", example = "PRACTICE-01"), ("year" = String, Path, description = "Financial year.", format = "financial-year", example = "2025-26")),
    request_body(content = TargetBody, example = json!({
        "kind": "at_least", "value": 75, "tolerance_kind": "relative", "tolerance": 10, "source": "illustrative"
    })),
    responses(
        (status = 200, description = "The target as replaced", body = Target),
        (status = 201, description = "The new target", body = Target)
    )
)]
#[put("/targets/{measure}/{year}")]
pub async fn put(
    caller: Caller<Configure>,
    path: Path<TargetPath>,
    body: Valid<TargetBody>,
    when: Conditions,
    db: Db,
) -> Answer {
    crud::put::<Target>(&db, caller.author(), &path.0, body.0, &when).await
}

/// Change parts of a target
#[utoipa::path(
    tag = "targets", operation_id = "patch_target", security(("api_key" = ["configure"])),
    params(("measure" = String, Path, description = "Code of the measure.", format = "code", example = "PRACTICE-01"), ("year" = String, Path, description = "Financial year.", format = "financial-year", example = "2025-26")),
    request_body(content = TargetPatch, content_type = "application/merge-patch+json", example = json!({"value": 78})),
    responses((status = 200, description = "The target as changed", body = Target))
)]
#[patch("/targets/{measure}/{year}")]
pub async fn patch(
    caller: Caller<Configure>,
    path: Path<TargetPath>,
    patch: Patch<TargetBody>,
    when: Conditions,
    db: Db,
) -> Answer {
    crud::patch::<Target>(&db, caller.author(), &path.0, patch, &when).await
}

/// Delete a target
///
/// Only while no approved figure of the year was judged by it; after that, replace it by a decision.
#[utoipa::path(
    tag = "targets", operation_id = "delete_target", security(("api_key" = ["configure"])),
    params(("measure" = String, Path, description = "Code of the measure.", format = "code", example = "PRACTICE-02"), ("year" = String, Path, description = "Financial year.", format = "financial-year", example = "2025-26")),
    responses((status = 204, description = "Deleted"))
)]
#[delete("/targets/{measure}/{year}")]
pub async fn delete(caller: Caller<Configure>, path: Path<TargetPath>, when: Conditions, db: Db) -> Answer {
    crud::delete::<Target>(&db, caller.author(), &path.0, &when).await
}

/// List the versions of a target
///
/// Every version of the target, with the quarters that each judges and the decision that approved it.
#[utoipa::path(
    tag = "targets", operation_id = "list_target_versions", security(("api_key" = ["read"])),
    params(TargetPath, Moment),
    responses((status = 200, description = "Every version, oldest first", body = TargetVersions))
)]
#[get("/targets/{measure}/{year}/versions")]
pub async fn list_versions(_: Caller<Read>, path: Path<TargetPath>, at: Query<Moment>, db: Db) -> Answer {
    let connection = db.reading(at.0.as_of()).await?;
    let items = versions::list(&connection, &path.0).await?;
    if items.is_empty() {
        return Err(crud::missing::<Target>(&path.0));
    }
    Ok(at.0.echo(Reply::json(&TargetVersions { items })?))
}
