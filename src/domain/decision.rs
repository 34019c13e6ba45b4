//! Whether a decision, as it is recorded, makes sense: its clauses can be cited one by one, and what is asked of a body
//! says of which.

use std::collections::BTreeSet;

use super::fault::Fault;
use super::terms::ClauseVerb;

/// A clause as the rules read it.
#[derive(Clone, Copy, Debug)]
pub struct ClauseTerms<'a> {
    /// Label by which it is cited, such as `a`.
    pub label: &'a str,
    /// What was resolved.
    pub verb: ClauseVerb,
    /// To whom a request or referral goes.
    pub committee: Option<&'a str>,
}

/// Whether a clause with this verb goes to somebody.
pub const fn is_addressed(verb: ClauseVerb) -> bool {
    matches!(verb, ClauseVerb::Request | ClauseVerb::Refer)
}

/// Everything wrong with the clauses, each with the place of its clause, counted from 0.
pub fn check_clauses(clauses: &[ClauseTerms<'_>]) -> Vec<(usize, Fault)> {
    let mut labels = BTreeSet::new();
    let mut faults = Vec::new();
    for (at, clause) in clauses.iter().enumerate() {
        if !labels.insert(clause.label) {
            let detail = format!("There are two clauses `{}`: give each a label of its own.", clause.label);
            faults.push((at, Fault::new("clause", "clause_twice", detail)));
        }
        faults.extend(check_committee(clause).map(|fault| (at, fault)));
    }
    faults
}

fn check_committee(clause: &ClauseTerms<'_>) -> Option<Fault> {
    let (label, verb) = (clause.label, clause.verb);
    match (is_addressed(verb), clause.committee) {
        (true, None) => {
            let detail = format!("Clause `{label}` is a `{verb}`: name the committee to which it goes.");
            Some(Fault::new("committee", "required", detail))
        }
        (false, Some(committee)) => {
            let detail = format!(
                "Clause `{label}` is a `{verb}`, which goes to nobody, but names {committee}: leave it out, or make the \
                 verb `request` or `refer`."
            );
            Some(Fault::new("committee", "not_allowed", detail))
        }
        _ => None,
    }
}

/// What is wrong with a decision that was called in.
pub fn check_call_in(subject_to_call_in: bool, called_in: bool) -> Option<Fault> {
    let detail = "Only a decision that is subject to call-in can be called in: set `subject_to_call_in` as well.";
    (called_in && !subject_to_call_in).then(|| Fault::new("called_in", "not_subject_to_call_in", detail))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop on a wrong fixture")]
mod tests {
    use strum::VariantNames;

    use super::*;

    fn clause<'a>(label: &'a str, verb: &str, committee: Option<&'a str>) -> ClauseTerms<'a> {
        ClauseTerms { label, verb: verb.parse().unwrap(), committee }
    }

    fn found(clauses: &[ClauseTerms<'_>]) -> Vec<(usize, &'static str, &'static str)> {
        check_clauses(clauses).into_iter().map(|(at, fault)| (at, fault.field, fault.code)).collect()
    }

    #[test]
    fn requests_and_referrals_go_to_a_committee_and_nothing_else_does() {
        for (verb, alone, addressed) in [
            ("note", None, Some("not_allowed")),
            ("agree", None, Some("not_allowed")),
            ("request", Some("required"), None),
            ("refer", Some("required"), None),
            ("include", None, Some("not_allowed")),
        ] {
            let told = |committee| found(&[clause("a", verb, committee)]).first().map(|(_, _, code)| *code);
            assert_eq!((told(None), told(Some("Another committee"))), (alone, addressed), "{verb}");
        }
        assert_eq!(ClauseVerb::VARIANTS, ["note", "agree", "request", "refer", "include"]);
    }

    #[test]
    fn every_clause_has_a_label_of_its_own_and_every_fault_is_told() {
        let clauses = [
            clause("a", "note", None),
            clause("b", "agree", None),
            clause("a", "refer", None),
            clause("A", "note", Some("Another committee")),
            clause("a", "note", None),
        ];
        let expected = [
            (2, "clause", "clause_twice"),
            (2, "committee", "required"),
            (3, "committee", "not_allowed"),
            (4, "clause", "clause_twice"),
        ];
        assert_eq!(found(&clauses), expected);
        assert_eq!(found(&clauses[..2]), []);
        let told = check_clauses(&clauses)[2].1.detail.clone();
        assert_eq!(
            told,
            "Clause `A` is a `note`, which goes to nobody, but names Another committee: leave it out, or make the verb \
             `request` or `refer`."
        );
    }

    #[test]
    fn only_what_is_subject_to_call_in_is_called_in() {
        for (subject, called, refused) in
            [(false, false, false), (true, false, false), (true, true, false), (false, true, true)]
        {
            assert_eq!(check_call_in(subject, called).is_some(), refused, "{subject} {called}");
        }
    }
}
