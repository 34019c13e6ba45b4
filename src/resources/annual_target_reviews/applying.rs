//! Applying a decided review: all that was agreed takes effect in one transaction, or nothing does.

use diesel_async::AsyncPgConnection;
use rust_decimal::Decimal;

use super::body::AnnualTargetReview;
use super::changes::{AppliedChange, AppliedChanges, Made, MadeKind};
use super::plan::{Ahead, Plan};
use super::proposal::Proposal;
use super::subjects::{self, Subject};
use crate::domain::code::Code;
use crate::domain::review::ProposalOutcome;
use crate::domain::target::TargetTerms;
use crate::domain::terms::{ProposalAction, TargetSource};
use crate::http::body::Patch;
use crate::http::problem::Problem;
use crate::http::problems;
use crate::resources::crud::Stored;
use crate::resources::key::Given;
use crate::resources::measures::body::{Measure, MeasurePath};
use crate::resources::targets::body::{Target, TargetBody, TargetPath};

/// Carries out every proposal that was agreed.
///
/// # Errors
/// What refuses a proposal, with pointers from the review; nothing is stored then.
pub async fn carry_out(
    connection: &mut AsyncPgConnection,
    review: &AnnualTargetReview,
) -> Result<AppliedChanges, Problem> {
    subjects::hold(connection, review.framework.as_str(), review.year.next()).await?;
    let subjects = subjects::load(connection, review.framework.as_str(), review.year).await?;
    let ahead = Ahead {
        from: subjects::free_quarter(connection, review.framework.as_str(), review.year.next()).await?,
        year: review.year.next(),
        decision: review.decision.as_ref(),
    };
    let mut changes = Vec::new();
    for (at, proposal) in review.proposals.0.iter().enumerate() {
        let decided = review.decided_outcomes.iter().flat_map(|outcomes| &outcomes.0);
        let Some(decided) = decided.into_iter().find(|decided| decided.measure == proposal.measure) else {
            return Err(Problem::internal(format!("the proposal for {} was never decided", proposal.measure)));
        };
        let agreed = decided.outcome == ProposalOutcome::Agreed;
        let subject = subjects.get(proposal.measure.as_str());
        let made = if agreed {
            let done = enact(connection, proposal, subject, ahead).await;
            done.map_err(|problem| problem.under(&format!("/proposals/{at}")))?
        } else {
            Vec::new()
        };
        let ends = agreed && matches!(proposal.action, ProposalAction::Retire | ProposalAction::Replace);
        changes.push(AppliedChange {
            measure: proposal.measure.clone(),
            action: proposal.action,
            clause: decided.clause.to_string(),
            outcome: decided.outcome,
            kept: subject.is_some() && !ends,
            made,
        });
    }
    Ok(AppliedChanges(changes))
}

/// Carries one proposal out.
async fn enact(
    connection: &mut AsyncPgConnection,
    proposal: &Proposal,
    subject: Option<&Subject>,
    ahead: Ahead<'_>,
) -> Result<Vec<Made>, Problem> {
    let plan = proposal.plan(subject, ahead);
    let Plan { changed, added, target, .. } =
        plan.map_err(|faults| Problem::of_faults(problems::VALIDATION_FAILED, faults))?;
    let mut made = Vec::new();
    if let Some(body) = changed {
        let key = MeasurePath { measure: proposal.measure.to_string() };
        let measure = Measure::replace(connection, &key, &body).await?;
        let retires = proposal.action != ProposalAction::Amend;
        let what = if retires { MadeKind::MeasureRetired } else { MadeKind::MeasureVersion };
        made.push(Made { what, measure: measure.code, year: None, version: measure.version });
    }
    let mut judged = proposal.measure.clone();
    if let Some((code, body)) = added {
        let measure = Measure::insert(connection, &body).await?;
        made.push(Made { what: MadeKind::MeasureAdded, measure: measure.code, year: None, version: measure.version });
        judged = code;
    }
    if let Some(terms) = target {
        made.push(set_target(connection, proposal, &judged, &terms, ahead).await?);
    }
    Ok(made)
}

/// Sets the target of the year ahead, unless it is this one already.
async fn set_target(
    connection: &mut AsyncPgConnection,
    proposal: &Proposal,
    measure: &Code,
    terms: &TargetTerms,
    ahead: Ahead<'_>,
) -> Result<Made, Problem> {
    let key = TargetPath { measure: measure.to_string(), year: ahead.year };
    let mut body = target_body(proposal, terms, ahead);
    Target::fill(&mut body, &key)?;
    let (what, target) = match Target::lock(connection, &key).await? {
        Some(present) if is_same(&present, terms)? => (MadeKind::TargetUnchanged, present),
        Some(_) => (MadeKind::TargetVersion, Target::replace(connection, &key, &body).await?),
        None => (MadeKind::TargetCreated, Target::insert(connection, &body).await?),
    };
    Ok(Made { what, measure: target.measure, year: Some(target.year), version: target.version })
}

/// Whether this very target was decided for the year already.
fn is_same(present: &Target, terms: &TargetTerms) -> Result<bool, Problem> {
    let body = Patch::<TargetBody>::nothing().apply(present)?;
    Ok(body.source == TargetSource::Decision && body.terms() == *terms)
}

fn target_body(proposal: &Proposal, terms: &TargetTerms, ahead: Ahead<'_>) -> TargetBody {
    let number = |number: Option<Decimal>| number.map(Into::into);
    let [profile_q1, profile_q2, profile_q3, profile_q4] = terms.profile.map(number);
    TargetBody {
        measure: Given::default(),
        year: Given::default(),
        kind: terms.kind,
        value: number(terms.value),
        comparator: terms.comparator.clone(),
        comparator_statistic: terms.comparator_statistic,
        comparator_margin: number(terms.comparator_margin),
        lower: number(terms.lower),
        upper: number(terms.upper),
        tolerance_kind: terms.tolerance_kind,
        tolerance: number(terms.tolerance),
        tolerance_below: number(terms.tolerance_below),
        tolerance_above: number(terms.tolerance_above),
        profile_q1,
        profile_q2,
        profile_q3,
        profile_q4,
        rationale: Some(proposal.rationale.clone()),
        source: TargetSource::Decision,
        decision_reference: None,
        effective_from: Some(ahead.from),
        change_reason: Some(proposal.rationale.clone()),
        decision: ahead.decision.cloned(),
    }
}
