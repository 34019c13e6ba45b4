//! Whether a decision settles every proposal of a review, each by a clause of its own words.

use std::collections::BTreeSet;

use crate::domain::fault::Fault;
use crate::domain::words::words;

words! {
    /// What the committee made of a proposal.
    ProposalOutcome {
        /// To be carried out.
        Agreed,
        /// Not to be carried out.
        Rejected,
    }
}

/// What was decided on the proposal for one measure.
#[derive(Clone, Copy, Debug)]
pub struct Verdict<'a> {
    /// The measure of the proposal.
    pub measure: &'a str,
    /// Label of the clause that decided it.
    pub clause: &'a str,
}

/// Everything wrong with the verdicts, each with its place, counted from 0, or with none where one is missing. Without
/// `clauses` there is no decision whose clauses could be looked at.
pub fn check_verdicts(
    proposed: &[&str],
    clauses: Option<&[&str]>,
    verdicts: &[Verdict<'_>],
) -> Vec<(Option<usize>, Fault)> {
    let mut decided = BTreeSet::new();
    let mut faults = Vec::new();
    for (at, verdict) in verdicts.iter().enumerate() {
        let measure = verdict.measure;
        if !proposed.contains(&measure) {
            let detail = format!("The review has no proposal for {measure}.");
            faults.push((Some(at), Fault::new("measure", "unknown_proposal", detail)));
        } else if !decided.insert(measure) {
            let detail = format!("The proposal for {measure} is decided twice: leave one entry out.");
            faults.push((Some(at), Fault::new("measure", "decided_twice", detail)));
        }
        if let Some(clauses) = clauses.filter(|clauses| !clauses.contains(&verdict.clause)) {
            let detail = format!("The decision has no clause `{}`; it has {}.", verdict.clause, listed(clauses));
            faults.push((Some(at), Fault::new("clause", "unknown_clause", detail)));
        }
    }
    let missing = proposed.iter().filter(|measure| !decided.contains(*measure));
    faults.extend(missing.map(|measure| {
        let detail = format!("The proposal for {measure} is left out: say by which clause it was agreed or rejected.");
        (None, Fault::new("outcomes", "proposal_undecided", detail))
    }));
    faults
}

fn listed(clauses: &[&str]) -> String {
    clauses.iter().map(|clause| format!("`{clause}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(clauses: Option<&[&str]>, verdicts: &[(&str, &str)]) -> Vec<(Option<usize>, &'static str)> {
        let verdicts: Vec<_> = verdicts.iter().map(|(measure, clause)| Verdict { measure, clause }).collect();
        let faults = check_verdicts(&["A", "B"], clauses, &verdicts);
        faults.into_iter().map(|(at, fault)| (at, fault.code)).collect()
    }

    #[test]
    fn every_proposal_is_decided_once_by_a_clause_that_there_is() {
        let clauses: &[&str] = &["a", "b"];
        assert_eq!(found(Some(clauses), &[("A", "a"), ("B", "a")]), []);
        assert_eq!(found(Some(clauses), &[("A", "a")]), [(None, "proposal_undecided")]);
        let many = [("C", "c"), ("A", "a"), ("A", "B")];
        let expected = [
            (Some(0), "unknown_proposal"),
            (Some(0), "unknown_clause"),
            (Some(2), "decided_twice"),
            (Some(2), "unknown_clause"),
            (None, "proposal_undecided"),
        ];
        assert_eq!(found(Some(clauses), &many), expected);
        assert_eq!(found(None, &[("A", "z"), ("B", "z")]), [], "an unknown decision is told by itself");
        let told = check_verdicts(&[], Some(clauses), &[Verdict { measure: "A", clause: "z" }]);
        assert_eq!(told[1].1.detail, "The decision has no clause `z`; it has `a`, `b`.");
    }
}
