//! What members and the public do not read of a report. What they may not see of the figures, the database does not show; here is what
//! the report itself keeps from them, and says so.

use super::content::ExemptInformation;
use super::store::Material;
use crate::access::audience::Audience;
use crate::domain::exempt::ReportPart;
use crate::reports::scorecard::body::{MeasureCard, Scorecard};
use crate::resources::quarterly_reports::exempt::ExemptPart;
use crate::resources::quarterly_reports::row::Report;

/// Takes out of the material what an audience may not read, so that whatever is made of it is of the rest.
pub(super) fn withhold(material: &mut Material, report: &Report, audience: Audience) {
    if audience == Audience::Internal {
        return;
    }
    let exempt = &report.exempt_parts;
    if audience == Audience::Public {
        let of = |part, code: &str| exempt.has(part, Some(code));
        for outcome in &mut material.card.outcomes {
            outcome.measures.retain(|card| !of(ReportPart::Measure, &card.code));
        }
        material.plans.retain(|tracked| !of(ReportPart::RecoveryPlan, tracked.plan.measure.as_str()));
        material.issues.retain(|issue| !exempt.has_issue(&issue.kept.code));
    }
    tell_unpublished(&mut material.card, report);
    material.card.recount();
}

/// Of a figure that there is and that was not published, it would be wrong to say that it has not come.
fn tell_unpublished(card: &mut Scorecard, report: &Report) {
    let without = |card: &&mut MeasureCard| {
        card.figure.is_none() && report.unpublished.0.iter().any(|code| code.as_str() == card.code)
    };
    for card in card.outcomes.iter_mut().flat_map(|outcome| &mut outcome.measures).filter(without) {
        card.rag = card.rag.clone().not_published();
    }
}

/// What the officers say of the quarter, unless it is exempt.
pub(super) fn overview(report: &Report, audience: Audience) -> Option<String> {
    let hidden = audience == Audience::Public && report.exempt_parts.has(ReportPart::Overview, None);
    report.overview.clone().filter(|_| !hidden)
}

/// Which parts are exempt, as far as the audience is told.
pub(super) fn exempt(report: &Report, audience: Audience) -> Vec<ExemptInformation> {
    let told = |part: ExemptPart| if audience == Audience::Public { part.noted() } else { part };
    report.exempt_parts.0.iter().cloned().map(told).map(ExemptInformation::from).collect()
}

impl From<ExemptPart> for ExemptInformation {
    fn from(part: ExemptPart) -> Self {
        Self {
            part: part.part,
            measure: part.measure,
            section: part.section,
            issue: part.issue,
            paragraph: part.paragraph,
            information: part.paragraph.covers().to_owned(),
            public_interest: part.public_interest,
        }
    }
}
