//! `/api/v1/comparator-memberships`.

use actix_web::{HttpRequest, delete, get, patch, post, put};

use super::body::{
    ComparatorMembership, ComparatorMembershipBody, ComparatorMembershipFilter, ComparatorMembershipPath,
};
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

type NewComparatorMembership = New<ComparatorMembershipBody>;
type ComparatorMembershipPatch = Patch<ComparatorMembershipBody>;

/// List memberships of comparator groups
#[utoipa::path(
    tag = "comparator-memberships", operation_id = "list_comparator_memberships", security(("api_key" = ["read"])),
    params(ComparatorMembershipFilter, PageQuery, Moment),
    responses((status = 200, description = "A page of memberships of comparator groups", body = Page<ComparatorMembership>))
)]
#[get("/comparator-memberships")]
pub async fn list(_: Caller<Read>, query: List<ComparatorMembershipFilter>, db: Db, request: HttpRequest) -> Answer {
    crud::list::<ComparatorMembership>(&db, &query, &request).await
}

/// Create a membership
#[utoipa::path(
    tag = "comparator-memberships", operation_id = "create_comparator_membership", security(("api_key" = ["configure"])),
    request_body(content = NewComparatorMembership, example = json!({"group": "PRACTICE-GROUP", "area": "E08000012", "valid_from": "2025-04-01"})),
    responses((status = 201, description = "The new membership", body = ComparatorMembership))
)]
#[post("/comparator-memberships")]
pub async fn create(caller: Caller<Configure>, body: New<ComparatorMembershipBody>, retry: Retry, db: Db) -> Answer {
    crud::create::<ComparatorMembership>(&db, caller.author(), &body.0, retry).await
}

/// Read a membership
#[utoipa::path(
    tag = "comparator-memberships", operation_id = "get_comparator_membership", security(("api_key" = ["read"])),
    params(ComparatorMembershipPath, Moment),
    responses((status = 200, description = "The membership", body = ComparatorMembership))
)]
#[get("/comparator-memberships/{group}/{area}/{valid_from}")]
pub async fn get(
    _: Caller<Read>,
    path: Path<ComparatorMembershipPath>,
    at: Query<Moment>,
    when: Conditions,
    db: Db,
) -> Answer {
    crud::get::<ComparatorMembership>(&db, &path.0, &at.0, &when).await
}

/// Create or replace a membership
#[utoipa::path(
    tag = "comparator-memberships", operation_id = "put_comparator_membership", security(("api_key" = ["configure"])),
    params(("group" = String, Path, description = "Code of the group.", format = "code", example = "PRACTICE-GROUP"), ("area" = String, Path, description = "Code of the area.", format = "code", example = "E08000035"), ("valid_from" = String, Path, description = "First day as a member.", format = "date", example = "2024-04-01")),
    request_body(content = ComparatorMembershipBody, example = json!({"valid_to": null, "note": "For practice only"})),
    responses(
        (status = 200, description = "The membership as replaced", body = ComparatorMembership),
        (status = 201, description = "The new membership", body = ComparatorMembership)
    )
)]
#[put("/comparator-memberships/{group}/{area}/{valid_from}")]
pub async fn put(
    caller: Caller<Configure>,
    path: Path<ComparatorMembershipPath>,
    body: Valid<ComparatorMembershipBody>,
    when: Conditions,
    db: Db,
) -> Answer {
    crud::put::<ComparatorMembership>(&db, caller.author(), &path.0, body.0, &when).await
}

/// Change parts of a membership
#[utoipa::path(
    tag = "comparator-memberships", operation_id = "patch_comparator_membership", security(("api_key" = ["configure"])),
    params(("group" = String, Path, description = "Code of the group.", format = "code", example = "PRACTICE-GROUP"), ("area" = String, Path, description = "Code of the area.", format = "code", example = "E08000035"), ("valid_from" = String, Path, description = "First day as a member.", format = "date", example = "2024-04-01")),
    request_body(content = ComparatorMembershipPatch, content_type = "application/merge-patch+json", example = json!({"valid_to": "2026-03-31"})),
    responses((status = 200, description = "The membership as changed", body = ComparatorMembership))
)]
#[patch("/comparator-memberships/{group}/{area}/{valid_from}")]
pub async fn patch(
    caller: Caller<Configure>,
    path: Path<ComparatorMembershipPath>,
    patch: Patch<ComparatorMembershipBody>,
    when: Conditions,
    db: Db,
) -> Answer {
    crud::patch::<ComparatorMembership>(&db, caller.author(), &path.0, patch, &when).await
}

/// Delete a membership
///
/// To end a membership, give `valid_to` instead: past periods keep the members that they had.
#[utoipa::path(
    tag = "comparator-memberships", operation_id = "delete_comparator_membership", security(("api_key" = ["configure"])),
    params(("group" = String, Path, description = "Code of the group.", format = "code", example = "PRACTICE-GROUP"), ("area" = String, Path, description = "Code of the area.", format = "code", example = "E08000035"), ("valid_from" = String, Path, description = "First day as a member.", format = "date", example = "2024-04-01")),
    responses((status = 204, description = "Deleted"))
)]
#[delete("/comparator-memberships/{group}/{area}/{valid_from}")]
pub async fn delete(
    caller: Caller<Configure>,
    path: Path<ComparatorMembershipPath>,
    when: Conditions,
    db: Db,
) -> Answer {
    crud::delete::<ComparatorMembership>(&db, caller.author(), &path.0, &when).await
}
