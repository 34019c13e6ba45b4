//! Actions on annual target reviews, each in one transaction, and what applying one made.

use actix_web::{get, post};

use super::body::{AnnualTargetReview, AnnualTargetReviewPath};
use super::changes::{self, ReviewChanges};
use super::outcome::DecideBody;
use super::transitions;
use crate::access::caller::Caller;
use crate::access::scope::{Approve, Read};
use crate::clock;
use crate::db::Db;
use crate::http::body::Valid;
use crate::http::moment::Moment;
use crate::http::params::{Path, Query};
use crate::http::reply::{Answer, Reply};
use crate::http::version::Conditions;
use crate::resources::crud;
use crate::retry::Retry;

/// Decide an annual target review
///
/// Records what the committee decided on each proposal of a submitted review, by clauses of the decision cited; none is left
/// out. Nothing changes yet: that is for `apply`.
#[utoipa::path(
    tag = "annual-target-reviews", operation_id = "decide_annual_target_review", security(("api_key" = ["approve"])),
    params(
        ("framework" = String, Path, description = "Code of the framework.", format = "code", example = "PRACTICE-REVIEW"),
        ("year" = String, Path, description = "Financial year.", format = "financial-year", example = "2026-27")
    ),
    request_body(content = DecideBody, example = json!({
        "decision": "PRACTICE-DECISION",
        "outcomes": [
            {"measure": "PRACTICE-R01", "clause": "b", "outcome": "agreed"},
            {"measure": "PRACTICE-R02", "clause": "b", "outcome": "rejected"},
            {"measure": "PRACTICE-R05", "clause": "b", "outcome": "agreed"},
            {"measure": "PRACTICE-R06", "clause": "b", "outcome": "agreed"}
        ]
    })),
    responses((status = 200, description = "The review as decided", body = AnnualTargetReview))
)]
#[post("/annual-target-reviews/{framework}/{year}/decide")]
pub async fn decide(
    caller: Caller<Approve>,
    path: Path<AnnualTargetReviewPath>,
    body: Valid<DecideBody>,
    retry: Retry,
    when: Conditions,
    db: Db,
) -> Answer {
    let change = async |connection: &mut _, current: &_| transitions::decide(connection, current, &body.0).await;
    crud::act::<AnnualTargetReview, _>(&db, caller.author(), &path.0, &when, retry, change).await
}

/// Apply an annual target review
///
/// In one transaction, for every proposal that was agreed: the targets of the year after the review's, new versions of what is
/// amended, further measures and retirements, all citing the decision. If one of them is refused, nothing is stored, and the
/// answer names the proposal.
#[utoipa::path(
    tag = "annual-target-reviews", operation_id = "apply_annual_target_review", security(("api_key" = ["approve"])),
    params(
        ("framework" = String, Path, description = "Code of the framework.", format = "code", example = "PRACTICE-REVIEW"),
        ("year" = String, Path, description = "Financial year.", format = "financial-year", example = "2025-26")
    ),
    responses((status = 200, description = "The review as applied", body = AnnualTargetReview))
)]
#[post("/annual-target-reviews/{framework}/{year}/apply")]
pub async fn apply(
    caller: Caller<Approve>,
    path: Path<AnnualTargetReviewPath>,
    retry: Retry,
    when: Conditions,
    db: Db,
) -> Answer {
    let change = async |connection: &mut _, current: &_| {
        transitions::apply(connection, current, caller.name(), clock::now()).await
    };
    crud::act::<AnnualTargetReview, _>(&db, caller.author(), &path.0, &when, retry, change).await
}

/// List what an annual target review changed
///
/// What applying it made of each proposal: targets, versions of definitions, measures added and retired.
#[utoipa::path(
    tag = "annual-target-reviews", operation_id = "list_annual_target_review_changes", security(("api_key" = ["read"])),
    params(
        ("framework" = String, Path, description = "Code of the framework.", format = "code", example = "PRACTICE-REVIEW"),
        ("year" = String, Path, description = "Financial year.", format = "financial-year", example = "2024-25"),
        Moment
    ),
    responses((status = 200, description = "What became of each proposal", body = ReviewChanges))
)]
#[get("/annual-target-reviews/{framework}/{year}/changes")]
pub async fn list_changes(_: Caller<Read>, path: Path<AnnualTargetReviewPath>, at: Query<Moment>, db: Db) -> Answer {
    let connection = db.reading(at.0.as_of()).await?;
    let found = changes::find(&connection, &path.0).await?;
    let changes = found.ok_or_else(|| crud::missing::<AnnualTargetReview>(&path.0))?;
    Ok(at.0.echo(Reply::json(&changes)?))
}
