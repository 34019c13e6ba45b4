//! Whether a review is complete: a proposal for every measure that members see, each with all that its action needs.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::plan::{Ahead, Plan};
use super::proposal::{Proposal, Proposals};
use super::subjects::{self, Subjects};
use crate::db::DbError;
use crate::db::schema::{code_register, outcomes};
use crate::domain::code::Code;
use crate::domain::period::FinancialYear;
use crate::domain::target::TargetTerms;
use crate::http::problem::{Fault, Problem};
use crate::http::problems;
use crate::resources::targets::comparators::Comparators;

/// Refuses to go on with a review that has gaps.
///
/// # Errors
/// `review_incomplete` with every gap.
pub async fn check(
    connection: &mut AsyncPgConnection,
    framework: &str,
    year: FinancialYear,
    proposals: &Proposals,
) -> Result<(), Problem> {
    let subjects = subjects::load(connection, framework, year).await?;
    let its_outcomes = outcomes::table.filter(outcomes::framework.eq(framework)).select(outcomes::code);
    let its_outcomes: Vec<Code> = its_outcomes.load(connection).await.map_err(DbError::from)?;
    let mut gaps = missing(&subjects, proposals);
    gaps.extend(faulty(&subjects, &its_outcomes, proposals, year));
    gaps.extend(codes_taken(connection, proposals).await?);
    gaps.extend(comparators_unfit(connection, &subjects, proposals, year).await?);
    if gaps.is_empty() { Ok(()) } else { Err(Problem::of_faults(problems::REVIEW_INCOMPLETE, gaps)) }
}

/// Measures that members see and nothing is proposed for.
fn missing(subjects: &Subjects, proposals: &Proposals) -> Vec<Fault> {
    let proposed: BTreeSet<&str> = proposals.0.iter().map(|proposal| proposal.measure.as_str()).collect();
    let reviewed = subjects.iter().filter(|(code, subject)| subject.is_reviewed() && !proposed.contains(code.as_str()));
    reviewed
        .map(|(code, _)| {
            let detail = format!("{code} has no proposal: give it one, or let `prefill` propose to retain it.");
            Fault::new("/proposals", "proposal_missing", detail)
        })
        .collect()
}

/// What the actions need and the proposals lack.
fn faulty(subjects: &Subjects, outcomes: &[Code], proposals: &Proposals, year: FinancialYear) -> Vec<Fault> {
    let ahead = Ahead::of_review(year);
    let mut faults = Vec::new();
    for (at, proposal) in proposals.0.iter().enumerate() {
        let found = match proposal.plan(subjects.get(proposal.measure.as_str()), ahead) {
            Ok(plan) => misplaced(&plan, outcomes).into_iter().collect(),
            Err(found) => found,
        };
        let placed = |fault: Fault| Fault { pointer: format!("/proposals/{at}{}", fault.pointer), ..fault };
        faults.extend(found.into_iter().map(placed));
    }
    faults
}

/// A measure that would leave the framework, or never belong to it.
fn misplaced(plan: &Plan, outcomes: &[Code]) -> Option<Fault> {
    let measure = plan.added.as_ref().map(|(_, added)| added).or(plan.changed.as_ref())?;
    let detail = format!("{} is not an outcome of this framework.", measure.outcome);
    let fault = || Fault::new("/proposed/measure/outcome", "unknown_outcome", detail);
    (!outcomes.contains(&measure.outcome)).then(fault)
}

/// Comparators that are none, or have no such figure.
async fn comparators_unfit(
    connection: &mut AsyncPgConnection,
    subjects: &Subjects,
    proposals: &Proposals,
    year: FinancialYear,
) -> Result<Vec<Fault>, DbError> {
    let ahead = Ahead::of_review(year);
    let target = |proposal: &Proposal| proposal.plan(subjects.get(proposal.measure.as_str()), ahead).ok()?.target;
    let targets: Vec<Option<TargetTerms>> = proposals.0.iter().map(target).collect();
    let named = targets.iter().flatten().filter_map(|terms| terms.comparator.as_ref());
    let comparators = Comparators::read(connection, named).await?;
    let misfit = |(at, terms): (usize, &Option<TargetTerms>)| {
        let terms = terms.as_ref()?;
        let fault = comparators.unknown(terms).or_else(|| comparators.misfit(terms))?;
        Some(Fault::new(format!("/proposals/{at}/proposed/{}", fault.field), fault.code, fault.detail))
    };
    Ok(targets.iter().enumerate().filter_map(misfit).collect())
}

/// Codes of further measures that are taken, were taken once, or are given twice here.
async fn codes_taken(connection: &mut AsyncPgConnection, proposals: &Proposals) -> Result<Vec<Fault>, DbError> {
    let new: Vec<_> = proposals.0.iter().enumerate().filter_map(|(at, one)| Some((at, one.new_code()?))).collect();
    let codes: Vec<&str> = new.iter().map(|(_, (code, _))| code.as_str()).collect();
    let taken = code_register::table.filter(code_register::resource.eq("measures"));
    let taken = taken.filter(code_register::code.eq_any(codes)).select(code_register::code);
    let mut taken: BTreeSet<String> = taken.load(connection).await?.into_iter().collect();
    let mut faults = Vec::new();
    for (at, (code, place)) in new {
        if !taken.insert(code.to_string()) {
            let detail = format!("The code {code} belongs, or belonged, to another measure: choose a new one.");
            faults.push(Fault::new(format!("/proposals/{at}{place}"), problems::CODE_USED_BEFORE.code, detail));
        }
    }
    Ok(faults)
}
