//! What a quarterly report says: every input and every result, so that it can be defended years later from itself alone.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::Queryable;
use serde::Serialize;
use utoipa::ToSchema;

use super::undertaken::{Recovery, ReportIssue};
use crate::access::audience::Audience;
use crate::domain::code::Code;
use crate::domain::exempt::{Exempt, Paragraph, ReportPart};
use crate::domain::period::Quarter;
use crate::domain::rag::RagStatus;
use crate::domain::report::ReportKind;
use crate::domain::summary::{DistanceSummary, RagSummary};
use crate::reports::comparators::body::Comparators;
use crate::reports::scorecard::body::MeasureCard;
use crate::resources::decisions::clause::Clauses;
use crate::resources::frameworks::sections::Section;

/// What a quarterly report says. It names no member of staff: an account may be erased, and what was sealed never changes.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReportContent {
    /// Code of the framework.
    #[schema(example = "CSPF-2024-28")]
    pub framework: String,
    /// Title of the framework.
    pub title: String,
    /// Committee that it is for.
    pub committee: String,
    /// Reporting quarter.
    pub quarter: Quarter,
    /// Whom this reading of it is for: `internal` is the one that was signed off.
    pub audience: Audience,
    /// What it is.
    pub kind: ReportKind,
    /// Number of the version.
    #[schema(example = 1)]
    pub version: i32,
    /// Why an earlier version was corrected; told to those who work with the figures.
    pub correction_reason: Option<String>,
    /// Version of the rules that coloured it.
    #[schema(example = 2)]
    pub rule_set_version: u16,
    /// Instant as at which everything below was read.
    pub as_of: DateTime<Utc>,
    /// Day by which what is due and late was reckoned, in London.
    pub day: NaiveDate,
    /// What the officers say of the quarter as a whole.
    pub overview: Option<String>,
    /// What of it is exempt from publication. In the public's reading the information itself is not there: all counts, colours and
    /// lists are of what is.
    pub exempt: Vec<ExemptInformation>,
    /// Narrative sections asked for in this quarter.
    pub narrative_sections: Vec<Section>,
    /// Counts by colour over all measures, with both denominators.
    pub summary: RagSummary,
    /// Distance travelled since the baseline, in counts.
    pub distance_summary: DistanceSummary,
    /// The same for each Council Plan priority.
    pub priorities: Vec<PriorityProgress>,
    /// Which measures members are to be told of first.
    pub exceptions: Exceptions,
    /// Every active outcome and committee measure, by outcome.
    pub outcomes: Vec<ReportOutcome>,
    /// Issues of concern that are not closed.
    pub issues_of_concern: Vec<ReportIssue>,
    /// Decisions that concern the framework since the last report.
    pub decisions: Vec<ReportDecision>,
}

/// That a part of the report is exempt from publication, and why.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ExemptInformation {
    /// Which kind of part.
    pub part: ReportPart,
    /// Measure that it is of.
    #[schema(example = "EDU-01")]
    pub measure: Option<Code>,
    /// Section of the narrative; null for all of it.
    pub section: Option<String>,
    /// Issue of concern; null to the public.
    pub issue: Option<Code>,
    /// Paragraph of Part 1 of Schedule 12A to the Local Government Act 1972.
    pub paragraph: Paragraph,
    /// What that paragraph covers, in the words of the Act.
    pub information: String,
    /// Why the public interest in maintaining the exemption outweighs that in disclosing the information; null to the public.
    pub public_interest: Option<String>,
}

/// A Council Plan priority.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PriorityProgress {
    /// The priority; null for outcomes that name none.
    pub priority: Option<String>,
    /// Counts by colour.
    pub summary: RagSummary,
    /// Distance travelled, in counts: percentages of different measures are never averaged.
    pub distance_summary: DistanceSummary,
}

/// Codes of the measures that stand out.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct Exceptions {
    /// Red now, and not when last rated.
    pub newly_red: Vec<String>,
    /// Off target now, and green when last rated or not rated before.
    pub newly_off_target: Vec<String>,
    /// Red and getting worse.
    #[schema(example = json!(["CL-01"]))]
    pub red_and_worsening: Vec<String>,
    /// Off target for the second period or longer.
    pub two_periods_off_target: Vec<String>,
    /// Off the trajectory of their recovery plan.
    pub missed_trajectory: Vec<String>,
}

/// An outcome with its measures.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReportOutcome {
    /// Code of the outcome.
    #[schema(example = "BELONG-THRIVE")]
    pub code: String,
    /// Its title.
    pub title: String,
    /// Council Plan priority that it serves.
    pub priority: Option<String>,
    /// Counts by colour.
    pub summary: RagSummary,
    /// Distance travelled, in counts.
    pub distance_summary: DistanceSummary,
    /// Its measures.
    pub measures: Vec<ReportMeasure>,
}

/// A measure in a report.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReportMeasure {
    /// Figure, colour, direction, distance and narrative, with every input. Its owner is not told: a report names nobody.
    pub card: MeasureCard,
    /// The last colour that it had in the four quarters before; null where it was not rated.
    pub last_rated: Option<LastRated>,
    /// Sections whose text is that of the last report that had one, word for word.
    pub narrative_unchanged: Vec<String>,
    /// Others for the same data period; null without a figure.
    pub comparators: Option<Comparators>,
    /// The plan by which it is to recover, if there is one that is not closed.
    pub recovery_plan: Option<Recovery>,
}

/// An earlier colour.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct LastRated {
    /// Quarter in which it had the colour.
    pub quarter: Quarter,
    /// The colour.
    pub status: RagStatus,
}

/// A decision as a report lists it.
#[derive(Clone, Debug, Serialize, ToSchema, Queryable)]
pub struct ReportDecision {
    /// Code of the decision.
    #[schema(example = "FP-2025-06-16-OUTCOMES")]
    pub code: String,
    /// Committee that took it.
    pub committee: String,
    /// Day of its meeting.
    pub held_on: NaiveDate,
    /// Where the minutes have it.
    pub minute_reference: String,
    /// Its title.
    pub title: String,
    /// Its clauses.
    pub clauses: Clauses,
}

impl ExemptInformation {
    /// The part as the rules read it.
    pub(super) fn terms(&self) -> Exempt<'_> {
        Exempt {
            part: self.part,
            measure: self.measure.as_ref().map(Code::as_str),
            section: self.section.as_deref(),
            issue: self.issue.as_ref().map(Code::as_str),
        }
    }
}
