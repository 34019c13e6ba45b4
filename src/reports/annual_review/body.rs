//! Evidence and effect as they are answered.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::code::Code;
use crate::domain::distance::Distance;
use crate::domain::period::{FinancialYear, Quarter};
use crate::domain::rag::Rag;
use crate::domain::review::{BothWays, EffectOn, TargetRecord};
use crate::domain::terms::{Level, ProposalAction};
use crate::reports::comparators::body::Comparators;
use crate::reports::scorecard::body::LatestFigure;
use crate::resources::targets::body::Target;

/// What the year of a review shows of every measure under review.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReviewEvidence {
    /// Framework under review.
    pub framework: Code,
    /// Financial year in which the review is held.
    pub year: FinancialYear,
    /// Every active outcome and committee measure, by code.
    pub measures: Vec<MeasureEvidence>,
}

/// What the year shows of a measure.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MeasureEvidence {
    /// Code of the measure.
    #[schema(example = "EDU-01")]
    pub code: Code,
    /// Its title.
    pub title: String,
    /// To whom it is reported.
    pub level: Level,
    /// The four quarters, from April on.
    pub quarters: Vec<QuarterEvidence>,
    /// How often the target was met.
    pub target_met: TargetRecord,
    /// The newest figure by the end of the year.
    pub latest: Option<LatestFigure>,
    /// Others for exactly the data period of that figure; null without one.
    pub comparators: Option<Comparators>,
    /// Distance travelled by the newest figure of the year.
    pub distance: Option<Distance>,
    /// The newest version of the target of the year.
    pub target: Option<Target>,
    /// The evidence in a sentence: the rationale that `prefill` gives.
    pub sentence: String,
}

/// A measure in a quarter.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct QuarterEvidence {
    /// The quarter.
    pub quarter: Quarter,
    /// Colour, reason and inputs; null where the measure was not reported in this quarter.
    pub rag: Option<Rag>,
}

/// How the year of a review would have been coloured under what it proposes.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReviewEffect {
    /// Framework under review.
    pub framework: Code,
    /// Financial year in which the review is held.
    pub year: FinancialYear,
    /// Counts by colour over all measures and quarters of the year, both ways.
    pub summary: BothWays,
    /// The same quarter by quarter.
    pub quarters: Vec<QuarterSummary>,
    /// Every measure that was reported in the year or that the review adds.
    pub measures: Vec<MeasureEffect>,
}

/// Counts by colour of a quarter.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct QuarterSummary {
    /// The quarter.
    pub quarter: Quarter,
    /// Counts by colour, both ways.
    pub summary: BothWays,
}

/// A measure as it was coloured and as it would have been.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MeasureEffect {
    /// Code of the measure.
    #[schema(example = "EDU-01")]
    pub code: Code,
    /// What is proposed; null where nothing is, and the present target stays.
    pub action: Option<ProposalAction>,
    /// What that does to its colours.
    pub effect: EffectOn,
    /// The quarters in which it was reported.
    pub quarters: Vec<QuarterEffect>,
}

/// A measure in a quarter, both ways.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct QuarterEffect {
    /// The quarter.
    pub quarter: Quarter,
    /// Its colour as it is.
    pub now: Rag,
    /// Its colour as it would have been; null where it would not have been reported, or cannot be judged.
    pub then: Option<Rag>,
    /// Whether the two differ.
    pub changed: bool,
}
