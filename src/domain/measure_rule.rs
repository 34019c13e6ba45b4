//! The side of a measure's definition that the rules read, and a figure of it.

use rust_decimal::Decimal;

use super::data_period::DataPeriod;
use super::figure::Scale;
use super::period_rule::PeriodRule;
use super::reading::Reading;
use super::terms::{Kind, Polarity, Stage};

/// How a measure is counted and judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeasureRule {
    /// Which periods it takes.
    pub period: PeriodRule,
    /// How its values are counted and printed.
    pub scale: Scale,
    /// What it is for.
    pub kind: Kind,
    /// Which direction is good.
    pub polarity: Polarity,
    /// The greatest change, in its own units, that still counts as stable.
    pub stable_band: Decimal,
}

/// A figure of a measure, or its absence, for a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Observation {
    /// What it is about.
    pub data_period: DataPeriod,
    /// The number, or why there is none.
    pub reading: Reading,
    /// How settled it is.
    pub stage: Stage,
    /// Number of the definition that it was counted by. Figures of different series are never compared: the break of
    /// 2023 in the special needs return (SEN2) is one.
    pub series: i32,
}
