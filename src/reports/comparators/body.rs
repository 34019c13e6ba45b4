//! The comparators of a measure as they are answered: what is missing says why.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::comparator::ComparatorGap;
use crate::domain::data_period::DataPeriod;
use crate::domain::period::Quarter;
use crate::domain::quantity::Quantity;
use crate::domain::rank::Quartile;
use crate::domain::terms::{AreaKind, BenchmarkMethod, GroupKind, Polarity, Stage, SubmissionState, Symbol, Unit};

/// A measure's value for an area beside those of others, all for one and the same data period.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MeasureComparators {
    /// Code of the measure.
    #[schema(example = "EDU-01-CY")]
    pub measure: String,
    /// Its title.
    pub title: String,
    /// What one unit of the value is.
    pub unit: Unit,
    /// For a rate, the population it is per.
    pub rate_base: Option<i32>,
    /// Decimal places to which values are shown and compared.
    pub decimal_places: i16,
    /// Which direction is good.
    pub polarity: Polarity,
    /// Data period of every value here.
    pub data_period: DataPeriod,
    /// Its last day: groups have the members of that day, and lags count from it.
    pub period_end: NaiveDate,
    /// The area that is compared.
    pub area: AreaSide,
    /// Nations and regions with a benchmark for this data period.
    pub published: Vec<PublishedSide>,
    /// Why there is none of them.
    pub published_gap: Option<ComparatorGap>,
    /// The groups, with what their members come to.
    pub groups: Vec<GroupSide>,
    /// Rank and quartile among all local authorities that have a value.
    pub standing: StandingSide,
}

/// Everything that an area's value is put beside.
#[derive(Clone, Debug)]
pub struct Beside {
    /// Nations and regions with a benchmark for this data period.
    pub published: Vec<PublishedSide>,
    /// Why there is none of them.
    pub published_gap: Option<ComparatorGap>,
    /// The groups, with what their members come to.
    pub groups: Vec<GroupSide>,
    /// Rank and quartile among all local authorities that have a value.
    pub standing: StandingSide,
}

/// Others beside the council's figure, of exactly its data period.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Comparators {
    /// Nations and regions.
    pub published: Vec<PublishedSide>,
    /// Groups, with what their members come to.
    pub groups: Vec<GroupSide>,
    /// Rank and quartile among local authorities.
    pub standing: StandingSide,
}

/// The area that is compared, and its value.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct AreaSide {
    /// Code of the area.
    #[schema(example = "E08000019")]
    pub code: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// What sort of area it is.
    pub kind: Option<AreaKind>,
    /// Its value, rounded: as published or, without that and for the home area of all groups, the council's own figure.
    pub value: Option<Quantity>,
    /// Why there is no value, by symbol.
    pub value_symbol: Option<Symbol>,
    /// The published value.
    pub benchmark: Option<BenchmarkSide>,
    /// The council's own figure for this data period, approved or published.
    pub figure: Option<FigureSide>,
    /// Why there is no value.
    pub gap: Option<ComparatorGap>,
}

/// The council's own figure.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FigureSide {
    /// Reporting quarter in which it was handed in.
    pub quarter: Quarter,
    /// Number of the revision.
    pub revision: i32,
    /// The figure, rounded.
    pub value: Option<Quantity>,
    /// Why there is no value.
    pub value_symbol: Option<Symbol>,
    /// How settled it is.
    pub stage: Stage,
    /// Approved or published.
    pub state: SubmissionState,
}

/// A published value.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BenchmarkSide {
    /// The value, rounded.
    pub value: Option<Quantity>,
    /// Why there is no value.
    pub value_symbol: Option<Symbol>,
    /// How it came about.
    pub method: BenchmarkMethod,
    /// Of how many members it is made; null where that is not known.
    pub contributors: Option<i32>,
    /// How many members there were; null where that is not known.
    pub members: Option<i32>,
    /// How settled it is.
    pub stage: Stage,
    /// When it was published.
    pub release_date: Option<NaiveDate>,
    /// Days from the end of the data period to the day of publication.
    pub lag_days: Option<i64>,
    /// Why there is no lag.
    pub lag_gap: Option<ComparatorGap>,
    /// Where it was published, and under which licence.
    pub source: String,
}

/// A nation or a region.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PublishedSide {
    /// Code of the area.
    #[schema(example = "E92000001")]
    pub code: String,
    /// Its name.
    pub name: String,
    /// What sort of area it is.
    pub kind: AreaKind,
    /// Its published value.
    pub benchmark: BenchmarkSide,
}

/// A group: mean and median of those members that have a value, and what is published for the group as a whole.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct GroupSide {
    /// Code of the group.
    #[schema(example = "SN-SHEFFIELD")]
    pub code: String,
    /// Its title.
    pub title: String,
    /// What brings its areas together.
    pub kind: GroupKind,
    /// Area whose neighbours they are.
    pub home_area: Option<String>,
    /// Mean of the members' values, rounded.
    pub mean: Option<Quantity>,
    /// Median of the members' values, rounded.
    pub median: Option<Quantity>,
    /// Members that have a value.
    pub contributors: usize,
    /// Members on the last day of the data period.
    pub members: usize,
    /// Codes of the members without a value.
    pub without_value: Vec<String>,
    /// Why there is neither mean nor median.
    pub gap: Option<ComparatorGap>,
    /// What is published for the group as a whole.
    pub benchmark: Option<BenchmarkSide>,
    /// Why there is no such thing.
    pub benchmark_gap: Option<ComparatorGap>,
}

/// Rank and quartile among the local authorities that have a value.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct StandingSide {
    /// 1 for the best; those with the same value share the best rank that any of them has.
    pub rank: Option<usize>,
    /// How many have a value.
    pub out_of: Option<usize>,
    /// Why there is no rank.
    pub rank_gap: Option<ComparatorGap>,
    /// A for the best quarter to D for the last.
    pub quartile: Option<Quartile>,
    /// Why there is no quartile.
    pub quartile_gap: Option<ComparatorGap>,
}
