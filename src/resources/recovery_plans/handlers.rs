//! `/api/v1/recovery-plans`.

use actix_web::{HttpRequest, delete, get, patch, post, put};

use super::body::{RecoveryPlan, RecoveryPlanBody, RecoveryPlanFilter, RecoveryPlanPath};
use super::progress::{self, Progress};
use crate::access::caller::Caller;
use crate::access::scope::{Configure, Read};
use crate::clock;
use crate::db::Db;
use crate::http::body::{New, Patch, Valid};
use crate::http::moment::Moment;
use crate::http::page::{Page, PageQuery};
use crate::http::params::{List, Path, Query};
use crate::http::reply::{Answer, Reply};
use crate::http::version::Conditions;
use crate::resources::crud::{self, Stored};
use crate::retry::Retry;

type NewRecoveryPlan = New<RecoveryPlanBody>;
type RecoveryPlanPatch = Patch<RecoveryPlanBody>;

/// List recovery plans
#[utoipa::path(
    tag = "recovery-plans", operation_id = "list_recovery_plans", security(("api_key" = ["read"])),
    params(RecoveryPlanFilter, PageQuery, Moment),
    responses((status = 200, description = "A page of recovery plans", body = Page<RecoveryPlan>))
)]
#[get("/recovery-plans")]
pub async fn list(_: Caller<Read>, query: List<RecoveryPlanFilter>, db: Db, request: HttpRequest) -> Answer {
    crud::list::<RecoveryPlan>(&db, &query, &request).await
}

/// Create a recovery plan
///
/// As a draft. A measure has at most one plan that is not closed.
#[utoipa::path(
    tag = "recovery-plans", operation_id = "create_recovery_plan", security(("api_key" = ["configure"])),
    request_body(content = NewRecoveryPlan, example = json!({
        "code": "PRACTICE-PLAN-13", "measure": "PRACTICE-13", "title": "Illustrative: a further practice plan", "owner": "Service Manager, Practice",
        "reason": "For practice only.", "interventions": [{"title": "A duty rota", "starts_on": "2026-01-05", "due_on": "2026-03-31"}],
        "trajectory": [{"quarter": "2025-26-Q4", "expected": 60}, {"quarter": "2026-27-Q1", "expected": 70}]
    })),
    responses((status = 201, description = "The new draft", body = RecoveryPlan))
)]
#[post("/recovery-plans")]
pub async fn create(caller: Caller<Configure>, body: New<RecoveryPlanBody>, retry: Retry, db: Db) -> Answer {
    crud::create::<RecoveryPlan>(&db, caller.author(), &body.0, retry).await
}

/// Read a recovery plan
#[utoipa::path(
    tag = "recovery-plans", operation_id = "get_recovery_plan", security(("api_key" = ["read"])),
    params(RecoveryPlanPath, Moment),
    responses((status = 200, description = "The plan", body = RecoveryPlan))
)]
#[get("/recovery-plans/{plan}")]
pub async fn get(_: Caller<Read>, path: Path<RecoveryPlanPath>, at: Query<Moment>, when: Conditions, db: Db) -> Answer {
    crud::get::<RecoveryPlan>(&db, &path.0, &at.0, &when).await
}

/// Create or replace a recovery plan
///
/// Only while it is drafted; once agreed, only `owner` and the `delivery` of its interventions may differ.
#[utoipa::path(
    tag = "recovery-plans", operation_id = "put_recovery_plan", security(("api_key" = ["configure"])),
    params(("plan" = String, Path, description = "Code of the plan.", format = "code", example = "PRACTICE-PLAN-14")),
    request_body(content = RecoveryPlanBody, example = json!({
        "measure": "PRACTICE-14", "title": "Illustrative: a plan to practise on", "owner": "Service Manager, Practice",
        "reason": "For practice only.", "interventions": [{"title": "A second clinic", "delivery": "not_started"}],
        "trajectory": [{"quarter": "2025-26-Q4", "expected": 65.5}]
    })),
    responses(
        (status = 200, description = "The plan as replaced", body = RecoveryPlan),
        (status = 201, description = "The new draft", body = RecoveryPlan)
    )
)]
#[put("/recovery-plans/{plan}")]
pub async fn put(
    caller: Caller<Configure>,
    path: Path<RecoveryPlanPath>,
    body: Valid<RecoveryPlanBody>,
    when: Conditions,
    db: Db,
) -> Answer {
    crud::put::<RecoveryPlan>(&db, caller.author(), &path.0, body.0, &when).await
}

/// Change parts of a recovery plan
///
/// While it is drafted, any; once agreed, only `owner`, and `interventions` where nothing but `delivery` differs.
#[utoipa::path(
    tag = "recovery-plans", operation_id = "patch_recovery_plan", security(("api_key" = ["configure"])),
    params(("plan" = String, Path, description = "Code of the plan.", format = "code", example = "PRACTICE-PLAN-14")),
    request_body(content = RecoveryPlanPatch, content_type = "application/merge-patch+json", example = json!({"owner": "Head of Practice"})),
    responses((status = 200, description = "The plan as changed", body = RecoveryPlan))
)]
#[patch("/recovery-plans/{plan}")]
pub async fn patch(
    caller: Caller<Configure>,
    path: Path<RecoveryPlanPath>,
    patch: Patch<RecoveryPlanBody>,
    when: Conditions,
    db: Db,
) -> Answer {
    crud::patch::<RecoveryPlan>(&db, caller.author(), &path.0, patch, &when).await
}

/// Delete a recovery plan
///
/// Only a drafted one; later it is part of the record.
#[utoipa::path(
    tag = "recovery-plans", operation_id = "delete_recovery_plan", security(("api_key" = ["configure"])),
    params(("plan" = String, Path, description = "Code of the plan.", format = "code", example = "PRACTICE-SPARE")),
    responses((status = 204, description = "Deleted"))
)]
#[delete("/recovery-plans/{plan}")]
pub async fn delete(caller: Caller<Configure>, path: Path<RecoveryPlanPath>, when: Conditions, db: Db) -> Answer {
    crud::delete::<RecoveryPlan>(&db, caller.author(), &path.0, &when).await
}

/// Read the progress of a recovery plan
///
/// Each quarter of the trajectory with the value expected, the approved or published figure as it is rounded, and whether it
/// follows the trajectory; and whether the newest quarter that is due missed it. Computed, never stored.
#[utoipa::path(
    tag = "recovery-plans", operation_id = "get_recovery_plan_progress", security(("api_key" = ["read"])),
    params(RecoveryPlanPath, Moment),
    responses((status = 200, description = "The progress", body = Progress))
)]
#[get("/recovery-plans/{plan}/progress")]
pub async fn progress_of(_: Caller<Read>, path: Path<RecoveryPlanPath>, at: Query<Moment>, db: Db) -> Answer {
    let connection = db.reading(at.0.as_of()).await?;
    let missing = || crud::missing::<RecoveryPlan>(&path.0);
    let plan = RecoveryPlan::find(&connection, &path.0).await?.ok_or_else(missing)?;
    let tracked = progress::track(&connection, vec![plan], clock::day_of(at.0.as_of())).await?;
    let one = tracked.first().ok_or_else(missing)?;
    Ok(at.0.echo(Reply::json(&one.progress)?))
}
