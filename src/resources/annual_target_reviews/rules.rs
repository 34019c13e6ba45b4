//! What makes a review whole, and which steps it may take.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use validator::ValidationError;

use super::body::{AnnualTargetReview, AnnualTargetReviewBody};
use super::completeness;
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

/// Refuses a step that is not the next one or is an action, proposals that are settled or for measures that the framework
/// does not have, and to go on with a review that has gaps.
///
/// # Errors
/// `transition_not_allowed`, `review_incomplete`, or `validation_failed` with every fault.
pub async fn check(
    connection: &mut AsyncPgConnection,
    body: &AnnualTargetReviewBody,
    current: Option<&AnnualTargetReview>,
) -> Result<(), Problem> {
    let Some(current) = current else {
        begins_open(body.status)?;
        return measures_known(connection, body).await;
    };
    if current.status != body.status {
        allow_step(current.status, body.status)?;
    }
    if current.proposals != body.proposals {
        may_propose(current)?;
        measures_known(connection, body).await?;
    }
    if current.status != body.status {
        completeness::check(connection, current.framework.as_str(), current.year, &body.proposals).await?;
    }
    Ok(())
}

/// Refuses proposals for measures that the framework does not have, and additions of measures that it has.
async fn measures_known(connection: &mut AsyncPgConnection, body: &AnnualTargetReviewBody) -> Result<(), Problem> {
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

fn begins_open(status: ReviewStatus) -> Result<(), Problem> {
    if status == ReviewStatus::Open {
        return Ok(());
    }
    let detail = format!("A review begins `open`, not `{status}`; it then goes one step at a time.");
    Err(Problem::of_faults(problems::VALIDATION_FAILED, vec![Fault::new("/status", "begins_open", detail)]))
}

/// A step by `PUT` or `PATCH`: the next one, and not one that has an action of its own.
fn allow_step(from: ReviewStatus, to: ReviewStatus) -> Result<(), Problem> {
    workflow::advance_review(from, to).map_err(|refused| not_allowed(from, refused.to_string(), &refused.allowed))?;
    match workflow::review_action(to) {
        None => Ok(()),
        Some(action) => {
            let detail = format!("A review becomes `{to}` by its action, not by its status: POST …/{action}.");
            Err(not_allowed(from, detail, &[to]))
        }
    }
}

/// An action that makes a review `to`.
///
/// # Errors
/// `transition_not_allowed`, with the state and what is possible in it.
pub fn allow_action(from: ReviewStatus, to: ReviewStatus) -> Result<(), Problem> {
    let allowed = workflow::advance_review(from, to);
    allowed.map(|_| ()).map_err(|refused| not_allowed(from, refused.to_string(), &refused.allowed))
}

fn not_allowed(state: ReviewStatus, detail: String, allowed: &[ReviewStatus]) -> Problem {
    let allowed: Vec<&str> = allowed.iter().map(AsRef::as_ref).collect();
    Problem::new(problems::TRANSITION_NOT_ALLOWED, detail).with("state", state.as_ref()).with("allowed", allowed)
}

/// Whether the proposals may still be changed.
///
/// # Errors
/// `transition_not_allowed`: they were put to the committee.
pub fn may_propose(current: &AnnualTargetReview) -> Result<(), Problem> {
    if workflow::proposals_editable(current.status) {
        return Ok(());
    }
    let detail = format!("The review is `{}`: what was put to the committee is not changed any more.", current.status);
    Err(not_allowed(current.status, detail, workflow::next_review_states(current.status)))
}

/// Refuses to delete a review that is past its beginnings.
///
/// # Errors
/// `transition_not_allowed`.
pub fn may_delete(current: &AnnualTargetReview) -> Result<(), Problem> {
    if workflow::proposals_editable(current.status) {
        return Ok(());
    }
    let detail = format!(
        "The review is `{}` and part of the record; only one not yet submitted can be deleted.",
        current.status
    );
    Err(Problem::new(problems::TRANSITION_NOT_ALLOWED, detail).with("state", current.status.as_ref()))
}
