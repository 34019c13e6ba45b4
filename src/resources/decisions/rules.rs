//! Whether a decision makes sense: the domain decides, here its words become faults of the body.

use super::body::DecisionBody;
use super::clause::Clause;
use crate::domain::decision::{ClauseTerms, check_call_in, check_clauses};
use crate::http::problem::{Fault, Problem};
use crate::http::problems;
use crate::resources::faults;

impl Clause {
    /// The clause as the rules read it.
    fn terms(&self) -> ClauseTerms<'_> {
        ClauseTerms { label: &self.clause, verb: self.verb, committee: self.committee.as_deref() }
    }
}

/// Refuses clauses that cannot be cited or go to nobody, and a call-in that could not be.
///
/// # Errors
/// `validation_failed` with every fault.
pub fn check(body: &DecisionBody) -> Result<(), Problem> {
    let clauses: Vec<ClauseTerms<'_>> = body.clauses.0.iter().map(Clause::terms).collect();
    let of_clauses = check_clauses(&clauses)
        .into_iter()
        .map(|(at, fault)| Fault::new(format!("/clauses/{at}/{}", fault.field), fault.code, fault.detail));
    let call_in = check_call_in(body.subject_to_call_in, body.called_in);
    let found: Vec<Fault> = of_clauses.chain(faults::of_fields(call_in.into_iter().collect())).collect();
    if found.is_empty() { Ok(()) } else { Err(Problem::of_faults(problems::VALIDATION_FAILED, found)) }
}
