//! Proposals from the evidence: what nothing is proposed for is proposed to be retained.

use chrono::NaiveDate;
use diesel_async::AsyncPgConnection;

use super::evidence;
use crate::domain::terms::{ProposalAction, ProposalReason, ReviewStatus};
use crate::domain::text::Prose;
use crate::http::problem::Problem;
use crate::http::problems;
use crate::resources::annual_target_reviews::body::AnnualTargetReview;
use crate::resources::annual_target_reviews::proposal::{Proposal, ProposedValues};
use crate::resources::annual_target_reviews::transitions;
use crate::resources::crud::{self, Stored};
use crate::resources::frameworks::body::{Framework, FrameworkPath};

/// Gives an open review a proposal for each measure under review that has none; those there stay as they are.
///
/// # Errors
/// `transition_not_allowed` once the review is not open.
pub(super) async fn fill(
    connection: &mut AsyncPgConnection,
    review: &AnnualTargetReview,
    today: NaiveDate,
) -> Result<AnnualTargetReview, Problem> {
    if review.status != ReviewStatus::Open {
        let detail = format!("The review is `{}`; proposals are filled in while it is open.", review.status);
        return Err(Problem::new(problems::TRANSITION_NOT_ALLOWED, detail).with("state", review.status.as_ref()));
    }
    let key = FrameworkPath { framework: review.framework.to_string() };
    let found = Framework::find(connection, &key).await?;
    let framework = found.ok_or_else(|| crud::missing::<Framework>(&key))?;
    let evidence = evidence::read(connection, &framework, review, today).await?;
    let mut proposals = review.proposals.clone();
    for measure in evidence.measures {
        if proposals.0.iter().any(|proposal| proposal.measure == measure.code) {
            continue;
        }
        proposals.0.push(Proposal {
            measure: measure.code,
            action: ProposalAction::Retain,
            reason: ProposalReason::Progress,
            rationale: Prose::new(measure.sentence).map_err(Problem::internal)?,
            proposed: ProposedValues::default(),
        });
    }
    Ok(transitions::propose(connection, review, &proposals).await?)
}
