//! Exempt information: parts of a report that the public may not read, because they fall under a paragraph of Part 1 of Schedule 12A to
//! the Local Government Act 1972, and the public interest in keeping them outweighs that in disclosing them (paragraph 10).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, schema::Type};
use utoipa::{PartialSchema, ToSchema};

use super::fault::Fault;
use super::words::words;

words! {
    /// A part of a report that can be exempt.
    ReportPart {
        /// What the officers say of the quarter as a whole.
        Overview,
        /// All that is said of a measure.
        Measure,
        /// The narrative of a measure, or one section of it.
        Narrative,
        /// The recovery plan of a measure, with how it keeps to it.
        RecoveryPlan,
        /// An issue of concern.
        IssueOfConcern,
    }
}

/// A paragraph of Part 1 of Schedule 12A to the Local Government Act 1972, from 1 to 7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Paragraph(u8);

/// What each paragraph covers, in the words of the Act as the Local Government (Access to Information) (Variation) Order 2006
/// (SI 2006/88) left them.
const COVERS: [&str; 7] = [
    "Information relating to any individual.",
    "Information which is likely to reveal the identity of an individual.",
    "Information relating to the financial or business affairs of any particular person (including the authority holding that information).",
    "Information relating to any consultations or negotiations, or contemplated consultations or negotiations, in connection with any labour \
     relations matter arising between the authority or a Minister of the Crown and employees of, or office holders under, the authority.",
    "Information in respect of which a claim to legal professional privilege could be maintained in legal proceedings.",
    "Information which reveals that the authority proposes (a) to give under any enactment a notice under or by virtue of which requirements \
     are imposed on a person; or (b) to make an order or direction under any enactment.",
    "Information relating to any action taken or to be taken in connection with the prevention, investigation or prosecution of crime.",
];

impl Paragraph {
    /// What it covers, in the words of the Act.
    pub fn covers(self) -> &'static str {
        COVERS.get(usize::from(self.0).wrapping_sub(1)).copied().unwrap_or_default()
    }
}

impl TryFrom<u8> for Paragraph {
    type Error = &'static str;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        let told = "Part 1 of Schedule 12A has the paragraphs 1 to 7";
        (1..=7).contains(&number).then_some(Self(number)).ok_or(told)
    }
}

impl From<Paragraph> for u8 {
    fn from(paragraph: Paragraph) -> Self {
        paragraph.0
    }
}

impl PartialSchema for Paragraph {
    fn schema() -> RefOr<Schema> {
        let numbered = COVERS.iter().zip(1..).map(|(covers, number)| format!("{number}. {covers}"));
        let described = format!(
            "Paragraph of Part 1 of Schedule 12A to the Local Government Act 1972 (England): {}",
            numbered.collect::<Vec<String>>().join(" ")
        );
        let object = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1)).maximum(Some(7));
        object.description(Some(described)).examples([3]).into()
    }
}

impl ToSchema for Paragraph {}

/// A part that is to be exempt, as the rules read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exempt<'a> {
    /// Which kind of part.
    pub part: ReportPart,
    /// Code of the measure.
    pub measure: Option<&'a str>,
    /// Section of its narrative; none for all of it.
    pub section: Option<&'a str>,
    /// Code of the issue.
    pub issue: Option<&'a str>,
}

/// What a report has that could be exempt.
#[derive(Clone, Debug, Default)]
pub struct Parts<'a> {
    /// Whether it has an overview.
    pub overview: bool,
    /// Its measures.
    pub measures: BTreeMap<&'a str, MeasureParts<'a>>,
    /// Codes of its issues of concern.
    pub issues: BTreeSet<&'a str>,
}

/// What it has of a measure.
#[derive(Clone, Debug, Default)]
pub struct MeasureParts<'a> {
    /// Sections of its narrative.
    pub sections: BTreeSet<&'a str>,
    /// Whether it has a recovery plan.
    pub plan: bool,
}

/// Code of the fault of a part that the report does not have.
pub const NO_SUCH_PART: &str = "no_such_part";

/// Everything wrong with the parts that are to be exempt, each with the place of its part, counted from 0.
pub fn check(exempt: &[Exempt<'_>], report: &Parts<'_>) -> Vec<(usize, Fault)> {
    let mut faults = Vec::new();
    for (at, one) in exempt.iter().enumerate() {
        let own = misfits(one);
        let sound = own.is_empty();
        faults.extend(own.into_iter().chain(missing(one, report).filter(|_| sound)).map(|fault| (at, fault)));
        let earlier = exempt[..at].iter().position(|other| other == one);
        let wider = exempt.iter().position(|other| other != one && covers(other, one));
        let told = match (earlier, wider) {
            (Some(earlier), _) => Some(("part_twice", format!("The same part is at /parts/{earlier}."))),
            (None, Some(wider)) => Some(("part_covered", format!("The part at /parts/{wider} has this one in it."))),
            (None, None) => None,
        };
        faults.extend(told.map(|(code, detail)| (at, Fault::new("part", code, format!("{detail} Leave one out.")))));
    }
    faults
}

/// Whether a part has another in it.
fn covers(wide: &Exempt<'_>, narrow: &Exempt<'_>) -> bool {
    wide.measure.is_some()
        && wide.measure == narrow.measure
        && match wide.part {
            ReportPart::Measure => matches!(narrow.part, ReportPart::Narrative | ReportPart::RecoveryPlan),
            ReportPart::Narrative => narrow.part == ReportPart::Narrative && wide.section.is_none(),
            _ => false,
        }
}

/// Fields that the kind of part needs and lacks, or has and cannot have.
fn misfits(one: &Exempt<'_>) -> Vec<Fault> {
    let part = one.part;
    let of_measure = matches!(part, ReportPart::Measure | ReportPart::Narrative | ReportPart::RecoveryPlan);
    let of_issue = part == ReportPart::IssueOfConcern;
    let needs = |field: &'static str, needed: bool, allowed: bool, given: bool| match (needed, allowed, given) {
        (true, _, false) => Some(Fault::new(field, "required", format!("A part `{part}` names its {field}."))),
        (_, false, true) => {
            Some(Fault::new(field, "not_allowed", format!("A part `{part}` has no {field}: leave it out.")))
        }
        _ => None,
    };
    let found = [
        needs("measure", of_measure, of_measure, one.measure.is_some()),
        needs("section", false, part == ReportPart::Narrative, one.section.is_some()),
        needs("issue", of_issue, of_issue, one.issue.is_some()),
    ];
    found.into_iter().flatten().collect()
}

/// What is wrong with a part that the report does not have.
fn missing(one: &Exempt<'_>, report: &Parts<'_>) -> Option<Fault> {
    let none = |field, detail: String| Some(Fault::new(field, NO_SUCH_PART, detail));
    let code = one.measure.unwrap_or_default();
    let measure = report.measures.get(code);
    match (one.part, measure) {
        (ReportPart::Overview, _) if !report.overview => none("part", "The report has no overview.".to_owned()),
        (ReportPart::IssueOfConcern, _) => {
            let issue = one.issue.unwrap_or_default();
            if report.issues.contains(issue) {
                return None;
            }
            none("issue", format!("The report has no issue of concern {issue} that is not closed."))
        }
        (ReportPart::Measure | ReportPart::Narrative | ReportPart::RecoveryPlan, None) => none(
            "measure",
            format!("The report has no measure {code}: it has the active ones at outcome and committee level."),
        ),
        (ReportPart::RecoveryPlan, Some(measure)) if !measure.plan => {
            none("measure", format!("{code} has no recovery plan that is not closed."))
        }
        (ReportPart::Narrative, Some(measure)) => match one.section {
            Some(section) if !measure.sections.contains(section) => {
                none("section", format!("{code} says nothing under `{section}`, and is not asked to."))
            }
            None if measure.sections.is_empty() => none("measure", format!("{code} has no narrative.")),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests;
