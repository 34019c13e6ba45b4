//! What a measure is to reach in a year, and how far short of it is still amber. A rule that exists is a rule that
//! makes sense: [`TargetRule::new`] is the only way to one.

use rust_decimal::Decimal;

use super::code::Code;
use super::comparison::PeriodLine;
use super::data_period::DataPeriod;
use super::fault::Fault;
use super::limits::{Edge, Limits};
use super::period::Quarter;
use super::period_rule::PeriodRule;
use super::terms::{Accumulation, ComparatorStatistic, Polarity, TargetKind, ToleranceKind, Unit};

mod check;
mod relative;
mod relative_check;
mod tolerance_check;

pub use self::relative::{Benchmark, Relative};
pub use self::relative_check::{ComparatorSort, unfit_comparator};

/// The tolerance where none is stated: 10 % of the target (Havering's).
pub const DEFAULT_RELATIVE_TOLERANCE: Decimal = Decimal::TEN;

/// A target as it was sent. All numbers are in the measure's own units unless said otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetTerms {
    /// What it asks of the value.
    pub kind: TargetKind,
    /// The target, for a kind with one value.
    pub value: Option<Decimal>,
    /// In its place, the area or group whose figure is the target.
    pub comparator: Option<Code>,
    /// Which figure of the comparator.
    pub comparator_statistic: Option<ComparatorStatistic>,
    /// Own units added to that figure.
    pub comparator_margin: Option<Decimal>,
    /// Lower edge of a band.
    pub lower: Option<Decimal>,
    /// Upper edge of a band.
    pub upper: Option<Decimal>,
    /// How the tolerance is stated; relative where not said.
    pub tolerance_kind: Option<ToleranceKind>,
    /// Percentage of the target (relative; 10 where not said), own units (absolute), or the last amber value (floor).
    pub tolerance: Option<Decimal>,
    /// For an asymmetric tolerance, how far below the target is still amber.
    pub tolerance_below: Option<Decimal>,
    /// For an asymmetric tolerance, how far above the target is still amber.
    pub tolerance_above: Option<Decimal>,
    /// For a cumulative measure, the points to reach by the end of each quarter.
    pub profile: [Option<Decimal>; 4],
}

/// What the value is asked to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// Nothing: reported without a target.
    None,
    /// This much or more.
    AtLeast(Decimal),
    /// This much or less.
    AtMost(Decimal),
    /// More than this.
    Above(Decimal),
    /// Less than this.
    Below(Decimal),
    /// Between the two, both included.
    Band {
        /// Least green value.
        lower: Decimal,
        /// Greatest green value.
        upper: Decimal,
    },
}

/// How far off target is still amber.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tolerance {
    /// A percentage of the target, 0 to 100 (Havering).
    Relative(Decimal),
    /// Own units on either side.
    Absolute(Decimal),
    /// Own units, one amount below and another above (Lincolnshire's -2 and +1).
    Asymmetric {
        /// Below the target.
        below: Decimal,
        /// Above the target.
        above: Decimal,
    },
    /// The last amber value itself (Kent's floor standard).
    Floor(Decimal),
}

/// The point of the year at which a value is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetPoint {
    /// Against the year's target.
    Year,
    /// Against the profile's point for the quarter.
    Quarter(Quarter),
}

/// Why there is nothing to judge a value by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoLimits {
    /// The measure is reported without a target.
    NoTarget,
    /// A running total has no profile to be compared with.
    ProfileMissing,
    /// The comparator has no figure for exactly the data period.
    BenchmarkUnavailable,
}

/// A target whose parts fit one another and their measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetRule {
    aim: Aim,
    tolerance: Tolerance,
    profile: Option<[Decimal; 4]>,
}

/// Where the target stands, or on whom that depends.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Aim {
    Fixed(Goal),
    Relative(Relative),
}

impl TargetPoint {
    /// The point at which a figure about `period`, reported in `reporting`, is judged.
    ///
    /// What adds up over the year is compared with the profiled target for that point, never with the year's, until the
    /// period is the whole year. School terms do not end with quarters, so a term is judged by the quarter it is
    /// reported in.
    pub fn of(rule: &PeriodRule, period: &DataPeriod, reporting: Quarter) -> Self {
        let whole_year = match period {
            DataPeriod::FinancialYear(_) | DataPeriod::AcademicYear(_) | DataPeriod::CalendarYear(_) => true,
            DataPeriod::AcademicTerm(term) => *term == term.year().summer_term(),
            DataPeriod::Quarter(_) | DataPeriod::Month(_) | DataPeriod::Date(_) => rule.line() == PeriodLine::Year,
        };
        match (rule.accumulation, rule.line()) {
            (Accumulation::Cumulative, PeriodLine::Term) if !whole_year => Self::Quarter(reporting),
            (Accumulation::Cumulative, _) if !whole_year => Self::Quarter(Quarter::containing(period.end())),
            _ => Self::Year,
        }
    }
}

impl TargetRule {
    /// Builds the rule for a measure of this polarity, accumulation and unit.
    ///
    /// # Errors
    /// Everything that is wrong with the terms. Fields are named as in [`TargetTerms`], the profile's points
    /// `profile_q1` to `profile_q4`.
    pub fn new(
        terms: &TargetTerms,
        polarity: Polarity,
        accumulation: Accumulation,
        unit: Unit,
    ) -> Result<Self, Vec<Fault>> {
        check::check(terms, polarity, accumulation, unit)
    }

    /// What the value is asked to be by the end of the year; none while a relative target is not resolved.
    pub fn goal(&self) -> Option<Goal> {
        match &self.aim {
            Aim::Fixed(goal) => Some(*goal),
            Aim::Relative(relative) => relative.goal(),
        }
    }

    /// What the target is relative to.
    pub const fn relative(&self) -> Option<&Relative> {
        match &self.aim {
            Aim::Fixed(_) => None,
            Aim::Relative(relative) => Some(relative),
        }
    }

    /// The same, a relative target resolved by what its comparator came to.
    #[must_use]
    pub fn resolved(self, by: Benchmark) -> Self {
        let aim = match self.aim {
            Aim::Relative(relative) => Aim::Relative(Relative { benchmark: Some(by), ..relative }),
            fixed @ Aim::Fixed(_) => fixed,
        };
        Self { aim, ..self }
    }

    /// How far off target is still amber.
    pub const fn tolerance(&self) -> Tolerance {
        self.tolerance
    }

    /// The points of the year that a running total is compared with.
    pub const fn profile(&self) -> Option<[Decimal; 4]> {
        self.profile
    }

    /// Where green and amber end at a point of the year.
    ///
    /// # Errors
    /// Why a value cannot be judged there.
    pub fn limits(&self, point: TargetPoint) -> Result<Limits, NoLimits> {
        let (goal, quarter) = match point {
            TargetPoint::Year => (self.goal().ok_or(NoLimits::BenchmarkUnavailable)?, None),
            TargetPoint::Quarter(quarter) => (self.profiled(quarter)?, Some(quarter.number())),
        };
        let (lower, upper) = goal.edges().ok_or(NoLimits::NoTarget)?;
        let strict = matches!(goal, Goal::Above(_) | Goal::Below(_));
        let below = |target| Edge { target, amber: self.tolerance.below(target), strict };
        let above = |target| Edge { target, amber: self.tolerance.above(target), strict };
        Ok(Limits { lower: lower.map(below), upper: upper.map(above), tolerance: self.tolerance, quarter })
    }

    fn profiled(&self, quarter: Quarter) -> Result<Goal, NoLimits> {
        let point = self.profile.map(|points| points[usize::from(quarter.number() - 1)]);
        match (self.goal(), point) {
            (Some(Goal::None), _) => Err(NoLimits::NoTarget),
            (Some(Goal::AtLeast(_)), Some(point)) => Ok(Goal::AtLeast(point)),
            (Some(Goal::AtMost(_)), Some(point)) => Ok(Goal::AtMost(point)),
            (Some(Goal::Above(_)), Some(point)) => Ok(Goal::Above(point)),
            (Some(Goal::Below(_)), Some(point)) => Ok(Goal::Below(point)),
            (Some(Goal::Band { .. }) | None, _) | (_, None) => Err(NoLimits::ProfileMissing),
        }
    }
}

impl Goal {
    /// The goal of a kind with one value; none for the other kinds.
    const fn point(kind: TargetKind, target: Decimal) -> Option<Self> {
        match kind {
            TargetKind::AtLeast => Some(Self::AtLeast(target)),
            TargetKind::AtMost => Some(Self::AtMost(target)),
            TargetKind::Above => Some(Self::Above(target)),
            TargetKind::Below => Some(Self::Below(target)),
            TargetKind::Band | TargetKind::None => None,
        }
    }

    /// The edge from below and the edge from above; none without a target.
    fn edges(self) -> Option<(Option<Decimal>, Option<Decimal>)> {
        match self {
            Self::None => None,
            Self::AtLeast(target) | Self::Above(target) => Some((Some(target), None)),
            Self::AtMost(target) | Self::Below(target) => Some((None, Some(target))),
            Self::Band { lower, upper } => Some((Some(lower), Some(upper))),
        }
    }
}

impl Tolerance {
    fn below(self, target: Decimal) -> Decimal {
        match self {
            Self::Relative(percent) => target - target.abs() * percent / Decimal::ONE_HUNDRED,
            Self::Absolute(amount) | Self::Asymmetric { below: amount, .. } => target - amount,
            Self::Floor(floor) => floor,
        }
    }

    fn above(self, target: Decimal) -> Decimal {
        match self {
            Self::Relative(percent) => target + target.abs() * percent / Decimal::ONE_HUNDRED,
            Self::Absolute(amount) | Self::Asymmetric { above: amount, .. } => target + amount,
            Self::Floor(ceiling) => ceiling,
        }
    }
}

#[cfg(test)]
mod tests;
