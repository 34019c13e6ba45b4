//! `/api/v1/annual-target-reviews/{framework}/{year}/prefill`, `/evidence` and `/effect`.

use actix_web::{get, post};

use super::body::{ReviewEffect, ReviewEvidence};
use super::{effect, evidence, prefill};
use crate::access::caller::Caller;
use crate::access::scope::{Configure, Read};
use crate::clock;
use crate::db::Db;
use crate::http::moment::Moment;
use crate::http::params::{Path, Query};
use crate::http::reply::{Answer, Reply};
use crate::http::version::Conditions;
use crate::resources::annual_target_reviews::body::{AnnualTargetReview, AnnualTargetReviewPath};
use crate::resources::crud::{self, Stored};
use crate::resources::frameworks::body::{Framework, FrameworkPath};
use crate::retry::Retry;

/// Fill in the proposals of an annual target review
///
/// While it is open: a proposal to retain each active outcome and committee measure that has none yet, with a rationale from
/// its evidence. Those there already stay as they are.
#[utoipa::path(
    tag = "annual-target-reviews", operation_id = "prefill_annual_target_review", security(("api_key" = ["configure"])),
    params(AnnualTargetReviewPath),
    responses((status = 200, description = "The review with its proposals", body = AnnualTargetReview))
)]
#[post("/annual-target-reviews/{framework}/{year}/prefill")]
pub async fn fill(
    caller: Caller<Configure>,
    path: Path<AnnualTargetReviewPath>,
    retry: Retry,
    when: Conditions,
    db: Db,
) -> Answer {
    let change = async |connection: &mut _, current: &_| prefill::fill(connection, current, clock::today()).await;
    crud::act::<AnnualTargetReview, _>(&db, caller.author(), &path.0, &when, retry, change).await
}

/// Read the evidence for an annual target review
///
/// For each active outcome and committee measure: its colours in the four quarters of the year with their reasons, how often
/// the target was met, the newest figure, the distance travelled and the present target.
#[utoipa::path(
    tag = "annual-target-reviews", operation_id = "get_annual_target_review_evidence", security(("api_key" = ["read"])),
    params(AnnualTargetReviewPath, Moment),
    responses((status = 200, description = "The evidence", body = ReviewEvidence))
)]
#[get("/annual-target-reviews/{framework}/{year}/evidence")]
pub async fn get_evidence(_: Caller<Read>, path: Path<AnnualTargetReviewPath>, at: Query<Moment>, db: Db) -> Answer {
    let connection = db.reading(at.0.as_of()).await?;
    let of = FrameworkPath { framework: path.0.framework.clone() };
    let found = tokio::try_join!(AnnualTargetReview::find(&connection, &path.0), Framework::find(&connection, &of))?;
    let (Some(review), Some(framework)) = found else { return Err(crud::missing::<AnnualTargetReview>(&path.0)) };
    let read = evidence::read(&connection, &framework, &review, clock::day_of(at.0.as_of())).await?;
    Ok(at.0.echo(Reply::json(&read)?))
}

/// Read the effect of an annual target review
///
/// How the year would have been coloured under what is proposed, before anyone decides: each measure and quarter as it is and as
/// it would have been, with counts by colour both ways. A measure to be retired drops out; a new one has no figures.
#[utoipa::path(
    tag = "annual-target-reviews", operation_id = "get_annual_target_review_effect", security(("api_key" = ["read"])),
    params(AnnualTargetReviewPath, Moment),
    responses((status = 200, description = "The effect", body = ReviewEffect))
)]
#[get("/annual-target-reviews/{framework}/{year}/effect")]
pub async fn get_effect(_: Caller<Read>, path: Path<AnnualTargetReviewPath>, at: Query<Moment>, db: Db) -> Answer {
    let connection = db.reading(at.0.as_of()).await?;
    let found = AnnualTargetReview::find(&connection, &path.0).await?;
    let review = found.ok_or_else(|| crud::missing::<AnnualTargetReview>(&path.0))?;
    let read = effect::read(&connection, &review, clock::day_of(at.0.as_of())).await?;
    Ok(at.0.echo(Reply::json(&read)?))
}
