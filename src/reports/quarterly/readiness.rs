//! What still blocks a report's sign-off, and what its signatory should know.

use serde::Serialize;
use utoipa::ToSchema;

use super::content::{ExemptInformation, ReportContent, ReportMeasure};
use crate::domain::exempt::{self, Exempt, MeasureParts, Parts};
use crate::domain::rag::RagReason;
use crate::domain::report::{ReportGap, missing_sections, movement, must_be_explained};
use crate::domain::terms::SubmissionState;

/// Something that is missing or worth knowing, of one measure or of the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Gap {
    /// Code of the measure; null where it is about none.
    #[schema(example = "EDU-01")]
    pub measure: Option<String>,
    /// What it is, for programs.
    pub kind: ReportGap,
    /// The narrative section that it is about.
    pub section: Option<String>,
    /// What it is, in a sentence.
    pub detail: String,
}

/// Whether a report can be signed off.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Readiness {
    /// Whether nothing blocks it.
    pub ready: bool,
    /// What blocks it.
    pub blocks: Vec<Gap>,
    /// What does not block it, and should be known.
    pub warnings: Vec<Gap>,
}

/// Judges what a report would say (`docs/rules.md`, section 13).
pub(super) fn readiness(content: &ReportContent) -> Readiness {
    let asked: Vec<&str> = content.narrative_sections.iter().map(|section| section.name.as_str()).collect();
    let measures = || content.outcomes.iter().flat_map(|outcome| &outcome.measures);
    let blocks: Vec<Gap> =
        measures().flat_map(|measure| blocks(measure, &asked)).chain(exempt_nothing(content)).collect();
    Readiness { ready: blocks.is_empty(), blocks, warnings: measures().flat_map(warnings).collect() }
}

fn gap(measure: &ReportMeasure, kind: ReportGap, section: Option<&str>, detail: String) -> Gap {
    Gap { measure: Some(measure.card.code.clone()), kind, section: section.map(str::to_owned), detail }
}

fn blocks(measure: &ReportMeasure, asked: &[&str]) -> Vec<Gap> {
    let card = &measure.card;
    let status = card.rag.status;
    if !must_be_explained(status, movement(status, measure.last_rated.map(|last| last.status))) {
        return Vec::new();
    }
    let code = &card.code;
    let missing = missing_sections(asked.iter().copied(), card.narrative.0.keys().map(String::as_str));
    let mut found: Vec<Gap> = missing
        .into_iter()
        .map(|section| {
            let told = format!("{code} is {status} and says nothing under `{section}`.");
            gap(measure, ReportGap::NarrativeMissing, Some(section), told)
        })
        .collect();
    if measure.recovery_plan.is_none() {
        let told = format!("{code} is {status} and has no recovery plan.");
        found.push(gap(measure, ReportGap::RecoveryPlanMissing, None, told));
    }
    found
}

/// Parts that are to be exempt, and that the report turned out not to have: the public would be told of what is not there.
fn exempt_nothing(content: &ReportContent) -> impl Iterator<Item = Gap> {
    let exempt: Vec<Exempt<'_>> = content.exempt.iter().map(ExemptInformation::terms).collect();
    let faults = exempt::check(&exempt, &parts(content, false));
    faults.into_iter().filter(|(_, fault)| fault.code == exempt::NO_SUCH_PART).map(|(at, fault)| {
        let part = &content.exempt[at];
        Gap {
            measure: part.measure.as_ref().map(ToString::to_string),
            kind: ReportGap::ExemptPartMissing,
            section: part.section.clone(),
            detail: format!("Exempt part {at}, `{}`: {}", part.part, fault.detail),
        }
    })
}

/// What a report has that could be exempt; with `asked`, also the narrative sections that are still to come.
pub(super) fn parts(content: &ReportContent, asked: bool) -> Parts<'_> {
    let to_come = || content.narrative_sections.iter().map(|section| section.name.as_str()).filter(|_| asked);
    let measures = content.outcomes.iter().flat_map(|outcome| &outcome.measures).map(|measure| {
        let given = measure.card.narrative.0.keys().map(String::as_str);
        let sections = given.chain(to_come()).collect();
        (measure.card.code.as_str(), MeasureParts { sections, plan: measure.recovery_plan.is_some() })
    });
    Parts {
        overview: content.overview.is_some(),
        measures: measures.collect(),
        issues: content.issues_of_concern.iter().map(|issue| issue.code.as_str()).collect(),
    }
}

fn warnings(measure: &ReportMeasure) -> Vec<Gap> {
    let code = &measure.card.code;
    let unpublished = measure.card.figure.as_ref().is_some_and(|figure| figure.state == SubmissionState::Approved);
    let unpublished = unpublished.then(|| {
        let told = format!(
            "{code}: the figure is approved and not published. Unless it is by then, members and the public are told so when the \
             report is published, and see no figure."
        );
        gap(measure, ReportGap::FigureNotPublished, None, told)
    });
    let outstanding = (measure.card.rag.reason == RagReason::Outstanding).then(|| {
        gap(measure, ReportGap::FigureOutstanding, None, format!("{code}: {}.", measure.card.rag.explanation))
    });
    let unchanged = measure.narrative_unchanged.iter().map(|section| {
        let told = format!("{code} says under `{section}` what it said before, word for word.");
        gap(measure, ReportGap::NarrativeUnchanged, Some(section), told)
    });
    outstanding.into_iter().chain(unpublished).chain(unchanged).collect()
}
