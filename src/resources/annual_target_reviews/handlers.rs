//! `/api/v1/annual-target-reviews`.

use actix_web::{HttpRequest, delete, get, patch, post, put};

use super::body::{AnnualTargetReview, AnnualTargetReviewBody, AnnualTargetReviewFilter, AnnualTargetReviewPath};
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

type NewAnnualTargetReview = New<AnnualTargetReviewBody>;
type AnnualTargetReviewPatch = Patch<AnnualTargetReviewBody>;

/// List annual target reviews
#[utoipa::path(
    tag = "annual-target-reviews", operation_id = "list_annual_target_reviews", security(("api_key" = ["read"])),
    params(AnnualTargetReviewFilter, PageQuery, Moment),
    responses((status = 200, description = "A page of annual target reviews", body = Page<AnnualTargetReview>))
)]
#[get("/annual-target-reviews")]
pub async fn list(_: Caller<Read>, query: List<AnnualTargetReviewFilter>, db: Db, request: HttpRequest) -> Answer {
    crud::list::<AnnualTargetReview>(&db, &query, &request).await
}

/// Create an annual target review
///
/// It begins open. `prefill` proposes to retain every measure for which nothing is proposed yet.
#[utoipa::path(
    tag = "annual-target-reviews", operation_id = "create_annual_target_review", security(("api_key" = ["configure"])),
    request_body(content = NewAnnualTargetReview, example = json!({
        "framework": "PRACTICE", "year": "2026-27", "summary": "First practice review",
        "proposals": [{
            "measure": "PRACTICE-01", "action": "retarget", "reason": "progress", "rationale": "Met in each of the last four quarters",
            "proposed": {"target_kind": "at_least", "target_value": 85}
        }]
    })),
    responses((status = 201, description = "The new annual target review", body = AnnualTargetReview))
)]
#[post("/annual-target-reviews")]
pub async fn create(caller: Caller<Configure>, body: New<AnnualTargetReviewBody>, retry: Retry, db: Db) -> Answer {
    crud::create::<AnnualTargetReview>(&db, caller.author(), &body.0, retry).await
}

/// Read an annual target review
#[utoipa::path(
    tag = "annual-target-reviews", operation_id = "get_annual_target_review", security(("api_key" = ["read"])),
    params(AnnualTargetReviewPath, Moment),
    responses((status = 200, description = "The annual target review", body = AnnualTargetReview))
)]
#[get("/annual-target-reviews/{framework}/{year}")]
pub async fn get(
    _: Caller<Read>,
    path: Path<AnnualTargetReviewPath>,
    at: Query<Moment>,
    when: Conditions,
    db: Db,
) -> Answer {
    crud::get::<AnnualTargetReview>(&db, &path.0, &at.0, &when).await
}

/// Create or replace an annual target review
#[utoipa::path(
    tag = "annual-target-reviews", operation_id = "put_annual_target_review", security(("api_key" = ["configure"])),
    params(AnnualTargetReviewPath),
    request_body(content = AnnualTargetReviewBody, example = json!({
        "summary": "Review of the practice framework",
        "proposals": [{"measure": "PRACTICE-01", "action": "retain", "reason": "progress", "rationale": "On track"}]
    })),
    responses(
        (status = 200, description = "The annual target review as replaced", body = AnnualTargetReview),
        (status = 201, description = "The new annual target review", body = AnnualTargetReview)
    )
)]
#[put("/annual-target-reviews/{framework}/{year}")]
pub async fn put(
    caller: Caller<Configure>,
    path: Path<AnnualTargetReviewPath>,
    body: Valid<AnnualTargetReviewBody>,
    when: Conditions,
    db: Db,
) -> Answer {
    crud::put::<AnnualTargetReview>(&db, caller.author(), &path.0, body.0, &when).await
}

/// Change parts of an annual target review
///
/// Also its steps to `proposals_in` and `submitted`, which are refused while a measure that members see has no proposal, or a
/// proposal lacks what its action needs. Later steps are actions: `decide`, `apply`.
#[utoipa::path(
    tag = "annual-target-reviews", operation_id = "patch_annual_target_review", security(("api_key" = ["configure"])),
    params(AnnualTargetReviewPath),
    request_body(content = AnnualTargetReviewPatch, content_type = "application/merge-patch+json", example = json!({"summary": "Review of the practice framework, with first findings"})),
    responses((status = 200, description = "The annual target review as changed", body = AnnualTargetReview))
)]
#[patch("/annual-target-reviews/{framework}/{year}")]
pub async fn patch(
    caller: Caller<Configure>,
    path: Path<AnnualTargetReviewPath>,
    patch: Patch<AnnualTargetReviewBody>,
    when: Conditions,
    db: Db,
) -> Answer {
    crud::patch::<AnnualTargetReview>(&db, caller.author(), &path.0, patch, &when).await
}

/// Delete an annual target review
///
/// Only while it is open; later it is part of the record.
#[utoipa::path(
    tag = "annual-target-reviews", operation_id = "delete_annual_target_review", security(("api_key" = ["configure"])),
    params(AnnualTargetReviewPath),
    responses((status = 204, description = "Deleted"))
)]
#[delete("/annual-target-reviews/{framework}/{year}")]
pub async fn delete(caller: Caller<Configure>, path: Path<AnnualTargetReviewPath>, when: Conditions, db: Db) -> Answer {
    crud::delete::<AnnualTargetReview>(&db, caller.author(), &path.0, &when).await
}
