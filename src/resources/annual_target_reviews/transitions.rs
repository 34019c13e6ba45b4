//! Steps of a review that are actions: deciding it, clause by clause, and applying it.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::applying;
use super::body::AnnualTargetReview;
use super::outcome::DecideBody;
use super::proposal::Proposals;
use super::rules;
use crate::db::DbError;
use crate::db::schema::annual_target_reviews::dsl;
use crate::db::schema::decisions;
use crate::domain::review::{Verdict, check_verdicts};
use crate::domain::terms::ReviewStatus;
use crate::http::problem::{Fault, Problem};
use crate::http::problems;
use crate::resources::decisions::clause::Clauses;

/// Decides every proposal of a submitted review by clauses of a decision.
///
/// # Errors
/// `transition_not_allowed`; `unknown_reference` and `validation_failed` with every fault.
pub async fn decide(
    connection: &mut AsyncPgConnection,
    current: &AnnualTargetReview,
    body: &DecideBody,
) -> Result<AnnualTargetReview, Problem> {
    rules::allow_action(current.status, ReviewStatus::Decided)?;
    // Held, so that nobody takes a clause out meanwhile.
    let found = decisions::table.find(&body.decision).select(decisions::clauses).for_share();
    let clauses: Option<Clauses> = found.first(connection).await.optional().map_err(DbError::from)?;
    check_outcomes(&current.proposals, clauses.as_ref(), body)?;
    let row = dsl::annual_target_reviews.find((&current.framework, current.year));
    let update = diesel::update(row).set((
        dsl::status.eq(ReviewStatus::Decided),
        dsl::decision.eq(&body.decision),
        dsl::decided_outcomes.eq(&body.outcomes),
    ));
    Ok(update.returning(AnnualTargetReview::as_returning()).get_result(connection).await.map_err(DbError::from)?)
}

fn check_outcomes(proposals: &Proposals, clauses: Option<&Clauses>, body: &DecideBody) -> Result<(), Problem> {
    let proposed: Vec<&str> = proposals.0.iter().map(|proposal| proposal.measure.as_str()).collect();
    let labels: Option<Vec<&str>> = clauses.map(|all| all.0.iter().map(|clause| clause.clause.as_ref()).collect());
    let verdicts: Vec<Verdict<'_>> = body.outcomes.0.iter().map(|outcome| outcome.verdict()).collect();
    let found = check_verdicts(&proposed, labels.as_deref(), &verdicts);
    let mut faults: Vec<Fault> = found
        .into_iter()
        .map(|(at, fault)| match at {
            Some(at) => Fault::new(format!("/outcomes/{at}/{}", fault.field), fault.code, fault.detail),
            None => Fault::new(format!("/{}", fault.field), fault.code, fault.detail),
        })
        .collect();
    let mut kind = problems::VALIDATION_FAILED;
    if clauses.is_none() {
        kind = problems::UNKNOWN_REFERENCE;
        let detail = "There is no decision with this code. Record it first, or correct `decision`.";
        faults.insert(0, Fault::new("/decision", kind.code, detail));
    }
    if faults.is_empty() { Ok(()) } else { Err(Problem::of_faults(kind, faults)) }
}

/// Lets all that was agreed take effect.
///
/// # Errors
/// `transition_not_allowed`; what refuses a proposal, with its place in the review.
pub async fn apply(
    connection: &mut AsyncPgConnection,
    current: &AnnualTargetReview,
    by: &str,
    at: DateTime<Utc>,
) -> Result<AnnualTargetReview, Problem> {
    rules::allow_action(current.status, ReviewStatus::Applied)?;
    let changes = applying::carry_out(connection, current).await?;
    let row = dsl::annual_target_reviews.find((&current.framework, current.year));
    let update = diesel::update(row).set((
        dsl::status.eq(ReviewStatus::Applied),
        dsl::applied_at.eq(at),
        dsl::applied_by.eq(by),
        dsl::applied_changes.eq(&changes),
    ));
    Ok(update.returning(AnnualTargetReview::as_returning()).get_result(connection).await.map_err(DbError::from)?)
}

/// Gives an open review these proposals.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn propose(
    connection: &mut AsyncPgConnection,
    current: &AnnualTargetReview,
    proposals: &Proposals,
) -> Result<AnnualTargetReview, DbError> {
    let row = dsl::annual_target_reviews.find((&current.framework, current.year));
    let update = diesel::update(row).set(dsl::proposals.eq(proposals));
    Ok(update.returning(AnnualTargetReview::as_returning()).get_result(connection).await?)
}
