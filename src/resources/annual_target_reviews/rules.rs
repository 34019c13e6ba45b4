//! What makes a review whole, and which steps it may take.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use validator::ValidationError;

use super::body::{AnnualTargetReview, AnnualTargetReviewBody};
use crate::db::DbError;
use crate::db::schema::{measures, outcomes};
use crate::domain::terms::{ProposalAction, ReviewStatus};
use crate::domain::workflow;
use crate::http::problem::{Fault, Problem};
use crate::http::problems;

/// One proposal for a measure, and a successor for one that is replaced.
///
/// # Errors
/// The first rule that is broken, in words.
pub fn validate(body: &AnnualTargetReviewBody) -> Result<(), ValidationError> {
    let refuse = |code: &'static str, told: String| Err(ValidationError::new(code).with_message(told.into()));
    let mut seen = BTreeSet::new();
    for proposal in &body.proposals.0 {
        if !seen.insert(proposal.measure.as_ref()) {
            return refuse(
                "proposed_twice",
                format!("`proposals` has two entries for {}; a measure has one.", proposal.measure),
            );
        }
        if proposal.action == ProposalAction::Replace && proposal.proposed.replacement.is_none() {
            return refuse(
                "replacement_missing",
                format!("The proposal to replace {} does not say by which measure (`replacement`).", proposal.measure),
            );
        }
    }
    Ok(())
}

/// Refuses a step that is not the next one, and proposals for measures that the framework does not have.
///
/// # Errors
/// `transition_not_allowed`, or `validation_failed` with every fault.
pub async fn check(
    connection: &mut AsyncPgConnection,
    body: &AnnualTargetReviewBody,
    current: Option<&AnnualTargetReview>,
) -> Result<(), Problem> {
    if let Some(current) = current.filter(|current| current.status != body.status) {
        allow_step(current.status, body.status)?;
    }
    let known: Vec<String> = measures::table
        .inner_join(outcomes::table)
        .filter(outcomes::framework.nullable().eq(body.framework.get()))
        .select(measures::code)
        .load(connection)
        .await
        .map_err(DbError::from)?;
    let faults: Vec<Fault> = body
        .proposals
        .0
        .iter()
        .enumerate()
        .filter_map(|(at, proposal)| {
            let exists = known.iter().any(|code| code == proposal.measure.as_ref());
            let wanted = proposal.action != ProposalAction::Add;
            let told = if wanted {
                "is not a measure of this framework"
            } else {
                "is a measure already; `add` takes a new code"
            };
            (exists != wanted).then(|| {
                Fault::new(
                    format!("/proposals/{at}/measure"),
                    "unknown_measure",
                    format!("{} {told}.", proposal.measure),
                )
            })
        })
        .collect();
    if faults.is_empty() { Ok(()) } else { Err(Problem::of_faults(problems::VALIDATION_FAILED, faults)) }
}

fn allow_step(from: ReviewStatus, to: ReviewStatus) -> Result<(), Problem> {
    workflow::advance_review(from, to).map(|_| ()).map_err(|refused| {
        let allowed: Vec<&str> = refused.allowed.iter().map(AsRef::as_ref).collect();
        Problem::new(problems::TRANSITION_NOT_ALLOWED, refused.to_string())
            .with("state", from.as_ref())
            .with("allowed", allowed)
    })
}

/// Refuses to delete a review that is past its beginnings.
///
/// # Errors
/// `transition_not_allowed`.
pub fn may_delete(current: &AnnualTargetReview) -> Result<(), Problem> {
    if matches!(current.status, ReviewStatus::Open | ReviewStatus::ProposalsIn) {
        return Ok(());
    }
    let detail = format!(
        "The review is `{}` and part of the record; only one not yet submitted can be deleted.",
        current.status
    );
    Err(Problem::new(problems::TRANSITION_NOT_ALLOWED, detail).with("state", current.status.as_ref()))
}
