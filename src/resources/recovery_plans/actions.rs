//! Actions on recovery plans: each is one state change, in one transaction.

use actix_web::post;
use diesel_async::AsyncPgConnection;

use super::body::{RecoveryPlan, RecoveryPlanPath};
use super::parts::RecoveryResult;
use super::transitions::{self, Hand};
use crate::access::caller::Caller;
use crate::access::scope::{Approve, Configure};
use crate::clock;
use crate::db::Db;
use crate::http::body::Valid;
use crate::http::params::Path;
use crate::http::reply::Answer;
use crate::http::version::Conditions;
use crate::resources::crud::act;
use crate::resources::steps::StepReason;
use crate::retry::Retry;

/// Agree a recovery plan
///
/// A drafted one that has an intervention and a trajectory. From then on it stays as it is, but for its owner and how
/// delivery stands.
#[utoipa::path(
    tag = "recovery-plans", operation_id = "agree_recovery_plan", security(("api_key" = ["approve"])),
    params(("plan" = String, Path, description = "Code of the plan.", format = "code", example = "PRACTICE-PLAN-11")),
    responses((status = 200, description = "The plan as changed", body = RecoveryPlan))
)]
#[post("/recovery-plans/{plan}/agree")]
pub async fn agree(
    caller: Caller<Approve>,
    path: Path<RecoveryPlanPath>,
    retry: Retry,
    when: Conditions,
    db: Db,
) -> Answer {
    let hand = Hand { by: caller.name(), at: clock::now() };
    let change = async |connection: &mut AsyncPgConnection, current: &RecoveryPlan| {
        transitions::agree(connection, current, hand).await
    };
    act(&db, caller.author(), &path.0, &when, retry, change).await
}

/// Start a recovery plan
///
/// Begins the delivery of an agreed one.
#[utoipa::path(
    tag = "recovery-plans", operation_id = "start_recovery_plan", security(("api_key" = ["configure"])),
    params(("plan" = String, Path, description = "Code of the plan.", format = "code", example = "PRACTICE-PLAN-12")),
    responses((status = 200, description = "The plan as changed", body = RecoveryPlan))
)]
#[post("/recovery-plans/{plan}/start")]
pub async fn start(
    caller: Caller<Configure>,
    path: Path<RecoveryPlanPath>,
    retry: Retry,
    when: Conditions,
    db: Db,
) -> Answer {
    let hand = Hand { by: caller.name(), at: clock::now() };
    let change = async |connection: &mut AsyncPgConnection, current: &RecoveryPlan| {
        transitions::start(connection, current, hand).await
    };
    act(&db, caller.author(), &path.0, &when, retry, change).await
}

/// Assess a recovery plan
///
/// Says whether a plan in delivery worked, and which approved or published figure shows it: `achieved` or `partial` makes it
/// effective, `no_effect` ineffective.
#[utoipa::path(
    tag = "recovery-plans", operation_id = "assess_recovery_plan", security(("api_key" = ["approve"])),
    params(("plan" = String, Path, description = "Code of the plan.", format = "code", example = "PRACTICE-PLAN-01")),
    request_body(content = RecoveryResult, example = json!({
        "assessment": "achieved", "evidence_quarter": "2024-25-Q2", "note": "71.7 % in the quarter, with a weekend rota; 70 % was promised."
    })),
    responses((status = 200, description = "The plan as changed", body = RecoveryPlan))
)]
#[post("/recovery-plans/{plan}/assess")]
pub async fn assess(
    caller: Caller<Approve>,
    path: Path<RecoveryPlanPath>,
    body: Valid<RecoveryResult>,
    retry: Retry,
    when: Conditions,
    db: Db,
) -> Answer {
    let hand = Hand { by: caller.name(), at: clock::now() };
    let change = async |connection: &mut AsyncPgConnection, current: &RecoveryPlan| {
        transitions::assess(connection, current, &body.0, hand).await
    };
    act(&db, caller.author(), &path.0, &when, retry, change).await
}

/// Close a recovery plan
///
/// Ends one that is assessed, or given up in delivery, with the reason. Then the measure may have another.
#[utoipa::path(
    tag = "recovery-plans", operation_id = "close_recovery_plan", security(("api_key" = ["approve"])),
    params(("plan" = String, Path, description = "Code of the plan.", format = "code", example = "PRACTICE-PLAN-02")),
    request_body(content = StepReason, example = json!({"reason": "The courses have moved to another service."})),
    responses((status = 200, description = "The plan as changed", body = RecoveryPlan))
)]
#[post("/recovery-plans/{plan}/close")]
pub async fn close(
    caller: Caller<Approve>,
    path: Path<RecoveryPlanPath>,
    body: Valid<StepReason>,
    retry: Retry,
    when: Conditions,
    db: Db,
) -> Answer {
    let hand = Hand { by: caller.name(), at: clock::now() };
    let change = async |connection: &mut AsyncPgConnection, current: &RecoveryPlan| {
        transitions::close(connection, current, &body.0.reason, hand).await
    };
    act(&db, caller.author(), &path.0, &when, retry, change).await
}
