//! What pushed figures would do, as it is told.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::code::Code;
use crate::domain::period::Quarter;
use crate::domain::rag::RagStatus;

/// What pushed figures would do once they are approved; until then they count nowhere.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PushEffect {
    /// Figures whose colour would move.
    #[schema(example = 1)]
    pub moved: usize,
    /// Figures that would have to be explained, and are not yet.
    pub narrative_required: usize,
    /// Figures that would be written and were not looked at.
    #[schema(example = 0)]
    pub further: usize,
    /// What each figure would do.
    pub measures: Vec<FigureEffect>,
}

/// What one figure would do once it is approved.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FigureEffect {
    /// Measure.
    pub measure: Code,
    /// Reporting quarter.
    pub quarter: Quarter,
    /// Whether the measure is on the scorecard of the quarter.
    pub on_scorecard: bool,
    /// Colour now.
    pub before: Option<RagStatus>,
    /// Colour then.
    pub after: Option<RagStatus>,
    /// Why it would be that colour.
    pub explanation: Option<String>,
    /// Narrative sections that would have to be written before the quarter's report is signed off.
    pub narrative_missing: Vec<String>,
    /// Reports that it would touch.
    pub reports: ReportsTouched,
    /// All of it in a sentence.
    #[schema(
        example = "EDU-01 2024-25-Q4 moves amber to red; narrative required; the draft Q4 report changes; 2 sealed reports will list it as changed since"
    )]
    pub told: String,
}

/// Reports that a figure would touch.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReportsTouched {
    /// Whether a report on the quarter is being written, and would say something else.
    pub in_hand: bool,
    /// Quarters whose reports are being written, or corrected, and would say something else: the figure's own, and later ones that show it
    /// in their trends.
    pub drafts: Vec<Quarter>,
    /// Quarters whose sealed reports would list the figure as changed since.
    pub sealed: Vec<Quarter>,
}

impl FigureEffect {
    /// All of it in a sentence.
    pub(super) fn sentence(&self) -> String {
        let colour = |status: Option<RagStatus>| {
            status.map_or("not reported".to_owned(), |status| status.to_string().replace('_', " "))
        };
        let (before, after) = (colour(self.before), colour(self.after));
        let moves = match (self.on_scorecard, before == after) {
            (false, _) => "is not on the scorecard".to_owned(),
            (true, true) => format!("stays {after}"),
            (true, false) => format!("moves {before} to {after}"),
        };
        let mut parts = vec![format!("{} {} {moves}", self.measure, self.quarter)];
        if !self.narrative_missing.is_empty() {
            parts.push("narrative required".to_owned());
        }
        if self.reports.in_hand {
            let short = self.quarter.to_string();
            parts.push(format!("the draft {} report changes", short.rsplit('-').next().unwrap_or_default()));
        }
        let later: Vec<String> =
            self.reports.drafts.iter().filter(|quarter| **quarter != self.quarter).map(Quarter::to_string).collect();
        match later.len() {
            0 => {}
            1 => parts.push(format!("the draft report on {} changes", later.join(""))),
            _ => parts.push(format!("the draft reports on {} change", later.join(", "))),
        }
        match self.reports.sealed.len() {
            0 => {}
            1 => parts.push("1 sealed report will list it as changed since".to_owned()),
            many => parts.push(format!("{many} sealed reports will list it as changed since")),
        }
        parts.join("; ")
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop on a wrong fixture")]
mod tests {
    use super::*;

    #[test]
    fn the_effect_is_told_in_a_sentence() {
        let effect = FigureEffect {
            measure: "EDU-01".parse().unwrap(),
            quarter: "2024-25-Q4".parse().unwrap(),
            on_scorecard: true,
            before: Some(RagStatus::Amber),
            after: Some(RagStatus::Red),
            explanation: None,
            narrative_missing: vec!["challenges".to_owned()],
            reports: ReportsTouched {
                in_hand: true,
                drafts: vec!["2024-25-Q4".parse().unwrap()],
                sealed: vec!["2024-25-Q4".parse().unwrap(), "2025-26-Q1".parse().unwrap()],
            },
            told: String::new(),
        };
        assert_eq!(
            effect.sentence(),
            "EDU-01 2024-25-Q4 moves amber to red; narrative required; the draft Q4 report changes; 2 sealed reports will list it as \
             changed since"
        );
        let quiet = FigureEffect {
            before: Some(RagStatus::Red),
            narrative_missing: Vec::new(),
            reports: ReportsTouched {
                in_hand: false,
                drafts: vec!["2025-26-Q2".parse().unwrap()],
                sealed: vec!["2024-25-Q4".parse().unwrap()],
            },
            ..effect
        };
        assert_eq!(
            quiet.sentence(),
            "EDU-01 2024-25-Q4 stays red; the draft report on 2025-26-Q2 changes; 1 sealed report will list it as changed since"
        );
    }
}
