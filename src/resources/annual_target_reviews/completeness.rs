//! Whether a review is complete: a proposal for every measure that members see, each with all that its action needs.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::plan::Ahead;
use super::proposal::Proposals;
use super::subjects::{self, Subjects};
use crate::db::DbError;
use crate::db::schema::code_register;
use crate::domain::period::FinancialYear;
use crate::http::problem::{Fault, Problem};
use crate::http::problems;

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
    let mut gaps = missing(&subjects, proposals);
    gaps.extend(faulty(&subjects, proposals, year));
    gaps.extend(codes_taken(connection, proposals).await?);
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
fn faulty(subjects: &Subjects, proposals: &Proposals, year: FinancialYear) -> Vec<Fault> {
    let ahead = Ahead { year: year.next(), decision: None };
    let mut faults = Vec::new();
    for (at, proposal) in proposals.0.iter().enumerate() {
        let found = proposal.plan(subjects.get(proposal.measure.as_str()), ahead).err().unwrap_or_default();
        faults.extend(
            found.into_iter().map(|fault| Fault { pointer: format!("/proposals/{at}{}", fault.pointer), ..fault }),
        );
    }
    faults
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
