//! `/api/v1/comparator-groups`.

use actix_web::{HttpRequest, delete, get, patch, post, put};

use super::body::{ComparatorGroup, ComparatorGroupBody, ComparatorGroupFilter, ComparatorGroupPath};
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

type NewComparatorGroup = New<ComparatorGroupBody>;
type ComparatorGroupPatch = Patch<ComparatorGroupBody>;

/// List comparator groups
#[utoipa::path(
    tag = "comparator-groups", operation_id = "list_comparator_groups", security(("api_key" = ["read"])),
    params(ComparatorGroupFilter, PageQuery, Moment),
    responses((status = 200, description = "A page of comparator groups", body = Page<ComparatorGroup>))
)]
#[get("/comparator-groups")]
pub async fn list(_: Caller<Read>, query: List<ComparatorGroupFilter>, db: Db, request: HttpRequest) -> Answer {
    crud::list::<ComparatorGroup>(&db, &query, &request).await
}

/// Create a comparator group
#[utoipa::path(
    tag = "comparator-groups", operation_id = "create_comparator_group", security(("api_key" = ["configure"])),
    request_body(content = NewComparatorGroup, example = json!({"code": "NORTHERN-CITIES", "title": "Northern cities", "kind": "other"})),
    responses((status = 201, description = "The new comparator group", body = ComparatorGroup))
)]
#[post("/comparator-groups")]
pub async fn create(caller: Caller<Configure>, body: New<ComparatorGroupBody>, retry: Retry, db: Db) -> Answer {
    crud::create::<ComparatorGroup>(&db, caller.author(), &body.0, retry).await
}

/// Read a comparator group
#[utoipa::path(
    tag = "comparator-groups", operation_id = "get_comparator_group", security(("api_key" = ["read"])),
    params(ComparatorGroupPath, Moment),
    responses((status = 200, description = "The comparator group", body = ComparatorGroup))
)]
#[get("/comparator-groups/{group}")]
pub async fn get(
    _: Caller<Read>,
    path: Path<ComparatorGroupPath>,
    at: Query<Moment>,
    when: Conditions,
    db: Db,
) -> Answer {
    crud::get::<ComparatorGroup>(&db, &path.0, &at.0, &when).await
}

/// Create or replace a comparator group
#[utoipa::path(
    tag = "comparator-groups", operation_id = "put_comparator_group", security(("api_key" = ["configure"])),
    params(("group" = String, Path, description = "Code of the group.", format = "code", example = "PRACTICE-GROUP")),
    request_body(content = ComparatorGroupBody, example = json!({"title": "Three large authorities, for practice only", "kind": "other"})),
    responses(
        (status = 200, description = "The comparator group as replaced", body = ComparatorGroup),
        (status = 201, description = "The new comparator group", body = ComparatorGroup)
    )
)]
#[put("/comparator-groups/{group}")]
pub async fn put(
    caller: Caller<Configure>,
    path: Path<ComparatorGroupPath>,
    body: Valid<ComparatorGroupBody>,
    when: Conditions,
    db: Db,
) -> Answer {
    crud::put::<ComparatorGroup>(&db, caller.author(), &path.0, body.0, &when).await
}

/// Change parts of a comparator group
#[utoipa::path(
    tag = "comparator-groups", operation_id = "patch_comparator_group", security(("api_key" = ["configure"])),
    params(("group" = String, Path, description = "Code of the group.", format = "code", example = "PRACTICE-GROUP")),
    request_body(content = ComparatorGroupPatch, content_type = "application/merge-patch+json", example = json!({"title": "Three authorities, for practice only"})),
    responses((status = 200, description = "The comparator group as changed", body = ComparatorGroup))
)]
#[patch("/comparator-groups/{group}")]
pub async fn patch(
    caller: Caller<Configure>,
    path: Path<ComparatorGroupPath>,
    patch: Patch<ComparatorGroupBody>,
    when: Conditions,
    db: Db,
) -> Answer {
    crud::patch::<ComparatorGroup>(&db, caller.author(), &path.0, patch, &when).await
}

/// Delete a comparator group
///
/// Only one without members and benchmarks.
#[utoipa::path(
    tag = "comparator-groups", operation_id = "delete_comparator_group", security(("api_key" = ["configure"])),
    params(("group" = String, Path, description = "Code of the group.", format = "code", example = "PRACTICE-GROUP-SPARE")),
    responses((status = 204, description = "Deleted"))
)]
#[delete("/comparator-groups/{group}")]
pub async fn delete(caller: Caller<Configure>, path: Path<ComparatorGroupPath>, when: Conditions, db: Db) -> Answer {
    crud::delete::<ComparatorGroup>(&db, caller.author(), &path.0, &when).await
}
