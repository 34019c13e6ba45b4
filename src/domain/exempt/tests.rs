//! Which parts can be exempt, and what is told of those that cannot.

use super::*;

fn exempt<'a>(
    part: ReportPart,
    measure: Option<&'a str>,
    section: Option<&'a str>,
    issue: Option<&'a str>,
) -> Exempt<'a> {
    Exempt { part, measure, section, issue }
}

/// A report with an overview, `M-1` (narrative in two sections, a plan), `M-2` (neither) and the issue `I-1`.
fn report() -> Parts<'static> {
    let told = MeasureParts { sections: BTreeSet::from(["challenges", "results"]), plan: true };
    Parts {
        overview: true,
        measures: BTreeMap::from([("M-1", told), ("M-2", MeasureParts::default())]),
        issues: BTreeSet::from(["I-1"]),
    }
}

fn found(parts: &[Exempt<'_>], report: &Parts<'_>) -> Vec<(usize, &'static str, &'static str)> {
    check(parts, report).into_iter().map(|(at, fault)| (at, fault.field, fault.code)).collect()
}

#[test]
fn every_part_of_a_report_can_be_exempt() {
    use ReportPart::{IssueOfConcern, Measure, Narrative, Overview, RecoveryPlan};
    let all = [
        exempt(Overview, None, None, None),
        exempt(Measure, Some("M-2"), None, None),
        exempt(Narrative, Some("M-1"), Some("results"), None),
        exempt(RecoveryPlan, Some("M-1"), None, None),
        exempt(IssueOfConcern, None, None, Some("I-1")),
    ];
    assert_eq!(found(&all, &report()), []);
    assert_eq!(found(&[exempt(Narrative, Some("M-1"), None, None)], &report()), []);
}

#[test]
fn what_the_report_does_not_have_cannot_be() {
    use ReportPart::{IssueOfConcern, Measure, Narrative, Overview, RecoveryPlan};
    for (part, field) in [
        (exempt(Measure, Some("M-9"), None, None), "measure"),
        (exempt(Narrative, Some("M-9"), None, None), "measure"),
        (exempt(Narrative, Some("M-2"), None, None), "measure"),
        (exempt(Narrative, Some("M-1"), Some("strengths"), None), "section"),
        (exempt(RecoveryPlan, Some("M-2"), None, None), "measure"),
        (exempt(IssueOfConcern, None, None, Some("I-9")), "issue"),
    ] {
        assert_eq!(found(&[part], &report()), [(0, field, NO_SUCH_PART)], "{part:?}");
    }
    let bare = Parts::default();
    assert_eq!(found(&[exempt(Overview, None, None, None)], &bare), [(0, "part", NO_SUCH_PART)]);
}

#[test]
fn a_part_is_named_by_what_it_is_of_and_nothing_else() {
    use ReportPart::{IssueOfConcern, Measure, Narrative, Overview, RecoveryPlan};
    for (part, wrong) in [
        (exempt(Overview, Some("M-1"), None, None), vec![("measure", "not_allowed")]),
        (exempt(Measure, None, None, None), vec![("measure", "required")]),
        (exempt(Measure, Some("M-1"), Some("results"), None), vec![("section", "not_allowed")]),
        (exempt(Narrative, None, Some("results"), None), vec![("measure", "required")]),
        (exempt(RecoveryPlan, Some("M-1"), None, Some("I-1")), vec![("issue", "not_allowed")]),
        (exempt(IssueOfConcern, Some("M-1"), None, None), vec![("measure", "not_allowed"), ("issue", "required")]),
    ] {
        let wrong: Vec<_> = wrong.into_iter().map(|(field, code)| (0, field, code)).collect();
        assert_eq!(found(&[part], &report()), wrong, "{part:?}");
    }
}

#[test]
fn no_part_is_there_twice_or_inside_another() {
    use ReportPart::{Measure, Narrative, RecoveryPlan};
    let plan = exempt(RecoveryPlan, Some("M-1"), None, None);
    let (whole, section) =
        (exempt(Narrative, Some("M-1"), None, None), exempt(Narrative, Some("M-1"), Some("results"), None));
    let measure = exempt(Measure, Some("M-1"), None, None);
    assert_eq!(found(&[plan, plan], &report()), [(1, "part", "part_twice")]);
    assert_eq!(found(&[section, whole], &report()), [(0, "part", "part_covered")]);
    assert_eq!(found(&[measure, plan, section], &report()), [(1, "part", "part_covered"), (2, "part", "part_covered")]);
    assert_eq!(found(&[plan, section, exempt(Measure, Some("M-2"), None, None)], &report()), []);
}

#[test]
fn each_paragraph_has_the_words_of_the_act() {
    let covers = |number: u8| Paragraph::try_from(number).map(Paragraph::covers);
    assert_eq!(covers(1), Ok("Information relating to any individual."));
    assert!(covers(3).is_ok_and(|words| words.contains("financial or business affairs")));
    assert!(covers(7).is_ok_and(|words| words.ends_with("prosecution of crime.")));
    assert!(covers(0).is_err() && covers(8).is_err());
}
