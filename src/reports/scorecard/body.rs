//! The scorecard as it is answered.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::data_period::DataPeriod;
use crate::domain::direction::Directions;
use crate::domain::distance::Distance;
use crate::domain::period::Quarter;
use crate::domain::quantity::Quantity;
use crate::domain::rag::Rag;
use crate::domain::signal::Signal;
use crate::domain::summary::{DistanceSummary, RagSummary};
use crate::domain::terms::{Kind, Level, Polarity, Stage, SubmissionState, Symbol, TargetSource, Unit};
use crate::reports::comparators::target::TargetComparator;
use crate::resources::frameworks::sections::Section;
use crate::resources::quarterly_submissions::body::Narrative;

/// A framework's figures for a quarter, coloured and explained.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Scorecard {
    /// Code of the framework.
    #[schema(example = "CSPF-2024-28")]
    pub framework: String,
    /// Title of the framework.
    pub title: String,
    /// Reporting quarter.
    pub quarter: Quarter,
    /// Day by which what is due and late was reckoned, in London.
    pub as_of: NaiveDate,
    /// Version of the rules that coloured it.
    #[schema(example = 2)]
    pub rule_set_version: u16,
    /// Narrative sections asked for in this quarter.
    pub narrative_sections: Vec<Section>,
    /// Counts by colour over all measures, with both denominators.
    pub summary: RagSummary,
    /// Distance travelled since the baseline, in counts.
    pub distance_summary: DistanceSummary,
    /// Codes of the measures that are red and getting worse since the quarter before or, failing that, since last year.
    #[schema(example = json!(["CL-01"]))]
    pub red_and_worsening: Vec<String>,
    /// Codes of the measures that are red and improving.
    #[schema(example = json!(["EDU-01"]))]
    pub red_and_improving: Vec<String>,
    /// Every active outcome and committee measure, by outcome.
    pub outcomes: Vec<OutcomeCard>,
}

/// An outcome with its measures.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OutcomeCard {
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
    pub measures: Vec<MeasureCard>,
}

/// A measure in a quarter.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MeasureCard {
    /// Code of the measure.
    #[schema(example = "EDU-01")]
    pub code: String,
    /// Its title.
    pub title: String,
    /// To whom it is reported.
    pub level: Level,
    /// What one unit of the value is.
    pub unit: Unit,
    /// For a rate, the population it is per.
    pub rate_base: Option<i32>,
    /// Decimal places to which it is printed and judged.
    pub decimal_places: i16,
    /// Which direction is good.
    pub polarity: Polarity,
    /// Whether it is judged against a target.
    pub kind: Kind,
    /// Version of the definition in force in this quarter.
    #[schema(example = 1)]
    pub definition_version: i32,
    /// Number of the series that the figure belongs to.
    #[schema(example = 1)]
    pub series: i32,
    /// Post accountable for the performance.
    pub owner: Option<String>,
    /// The figure of the quarter; null when there is none (`rag` says why).
    pub figure: Option<Figure>,
    /// The newest figure before this quarter, where this quarter has none.
    pub latest: Option<LatestFigure>,
    /// Colour, reason and inputs.
    pub rag: Rag,
    /// Where the target comes from.
    pub target_source: Option<TargetSource>,
    /// Version of the target that judges this quarter.
    pub target_version: Option<i32>,
    /// Decision that approved it.
    pub target_decision: Option<String>,
    /// Whether it was decided after its year had ended.
    pub target_set_in_arrears: Option<bool>,
    /// For a target relative to a comparator, what that came to for the data period of the figure.
    pub target_comparator: Option<TargetComparator>,
    /// For activity, where the value lies against the expected range.
    pub signal: Option<Signal>,
    /// Direction of travel, short and long; null without a figure.
    pub direction: Option<Directions>,
    /// Distance travelled from the baseline to the target; null without a figure.
    pub distance: Option<Distance>,
    /// Texts by narrative section.
    pub narrative: Narrative,
}

/// How the data mark a break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BreakSymbol {
    /// A new series begins here.
    B,
}

/// The figure of the quarter.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Figure {
    /// Period that it describes.
    pub data_period: DataPeriod,
    /// The value, rounded to the measure's decimal places.
    pub value: Option<Quantity>,
    /// The value exactly as pushed.
    pub value_as_pushed: Option<Quantity>,
    /// Why there is no value.
    pub value_symbol: Option<Symbol>,
    /// What was counted.
    pub numerator: Option<Quantity>,
    /// Why there is no numerator.
    pub numerator_symbol: Option<Symbol>,
    /// Out of how many.
    pub denominator: Option<Quantity>,
    /// Why there is no denominator.
    pub denominator_symbol: Option<Symbol>,
    /// `b` where the quarter begins a new series, whose figures are not compared with earlier ones.
    pub break_symbol: Option<BreakSymbol>,
    /// How settled it is.
    pub stage: Stage,
    /// Approved or published.
    pub state: SubmissionState,
    /// Number of the revision.
    pub revision: i32,
    /// When it was approved.
    pub approved_at: Option<DateTime<Utc>>,
    /// What a reader must know of its quality.
    pub quality_note: Option<String>,
}

/// An earlier figure, for a quarter that has none.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LatestFigure {
    /// Quarter in which it was reported.
    pub quarter: Quarter,
    /// Period that it describes.
    pub data_period: DataPeriod,
    /// The value, rounded to the measure's decimal places.
    pub value: Option<Quantity>,
    /// Why there is no value.
    pub value_symbol: Option<Symbol>,
    /// How settled it is.
    pub stage: Stage,
}
