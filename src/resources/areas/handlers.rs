//! `/api/v1/areas`.

use actix_web::{HttpRequest, delete, get, patch, post, put};

use super::body::{Area, AreaBody, AreaFilter, AreaPath};
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

type NewArea = New<AreaBody>;
type AreaPatch = Patch<AreaBody>;

/// List areas
#[utoipa::path(
    tag = "areas", operation_id = "list_areas", security(("api_key" = ["read"])),
    params(AreaFilter, PageQuery, Moment),
    responses((status = 200, description = "A page of areas", body = Page<Area>))
)]
#[get("/areas")]
pub async fn list(_: Caller<Read>, query: List<AreaFilter>, db: Db, request: HttpRequest) -> Answer {
    crud::list::<Area>(&db, &query, &request).await
}

/// Create an area
#[utoipa::path(
    tag = "areas", operation_id = "create_area", security(("api_key" = ["configure"])),
    request_body(content = NewArea, example = json!({"code": "W92000004", "name": "Wales", "kind": "country"})),
    responses((status = 201, description = "The new area", body = Area))
)]
#[post("/areas")]
pub async fn create(caller: Caller<Configure>, body: New<AreaBody>, retry: Retry, db: Db) -> Answer {
    crud::create::<Area>(&db, caller.author(), &body.0, retry).await
}

/// Read an area
#[utoipa::path(
    tag = "areas", operation_id = "get_area", security(("api_key" = ["read"])),
    params(AreaPath, Moment),
    responses((status = 200, description = "The area", body = Area))
)]
#[get("/areas/{area}")]
pub async fn get(_: Caller<Read>, path: Path<AreaPath>, at: Query<Moment>, when: Conditions, db: Db) -> Answer {
    crud::get::<Area>(&db, &path.0, &at.0, &when).await
}

/// Create or replace an area
#[utoipa::path(
    tag = "areas", operation_id = "put_area", security(("api_key" = ["configure"])),
    params(("area" = String, Path, description = "Code of the area.", format = "code", example = "E06000047")),
    request_body(content = AreaBody, example = json!({"name": "County Durham", "kind": "local_authority", "old_code": "840"})),
    responses(
        (status = 200, description = "The area as replaced", body = Area),
        (status = 201, description = "The new area", body = Area)
    )
)]
#[put("/areas/{area}")]
pub async fn put(
    caller: Caller<Configure>,
    path: Path<AreaPath>,
    body: Valid<AreaBody>,
    when: Conditions,
    db: Db,
) -> Answer {
    crud::put::<Area>(&db, caller.author(), &path.0, body.0, &when).await
}

/// Change parts of an area
#[utoipa::path(
    tag = "areas", operation_id = "patch_area", security(("api_key" = ["configure"])),
    params(("area" = String, Path, description = "Code of the area.", format = "code", example = "E06000047")),
    request_body(content = AreaPatch, content_type = "application/merge-patch+json", example = json!({"valid_from": "2009-04-01"})),
    responses((status = 200, description = "The area as changed", body = Area))
)]
#[patch("/areas/{area}")]
pub async fn patch(
    caller: Caller<Configure>,
    path: Path<AreaPath>,
    patch: Patch<AreaBody>,
    when: Conditions,
    db: Db,
) -> Answer {
    crud::patch::<Area>(&db, caller.author(), &path.0, patch, &when).await
}

/// Delete an area
///
/// Only one that nothing names; else say by `valid_to` and `successor` what became of it.
#[utoipa::path(
    tag = "areas", operation_id = "delete_area", security(("api_key" = ["configure"])),
    params(("area" = String, Path, description = "Code of the area.", format = "code", example = "PRACTICE-AREA-SPARE")),
    responses((status = 204, description = "Deleted"))
)]
#[delete("/areas/{area}")]
pub async fn delete(caller: Caller<Configure>, path: Path<AreaPath>, when: Conditions, db: Db) -> Answer {
    crud::delete::<Area>(&db, caller.author(), &path.0, &when).await
}
