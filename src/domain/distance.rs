//! Distance travelled: how far a measure has come from its baseline on the way to its target.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::limits::Limits;
use super::measure_rule::{MeasureRule, Observation};
use super::quantity::{Quantity, exact, round_to};
use super::rag::RagStatus;
use super::target::{NoLimits, TargetPoint, TargetRule};
use super::terms::{Accumulation, Kind, Polarity, Unit};
use super::words::words;

words! {
    /// Why a part of the distance is missing.
    DistanceReason {
        /// There is no figure now.
        NoValue,
        /// No baseline was set.
        NoBaseline,
        /// The baseline was counted in another way, for another kind of period, or for another part of the year.
        RebaselineRequired,
        /// A running count part way through the year is not on the scale of the year's target.
        PartOfYear,
        /// Activity is watched, not judged.
        Activity,
        /// Neither direction is good.
        NeutralPolarity,
        /// There is no target to travel towards.
        NoTarget,
        /// The target is relative to a comparator that has no figure for exactly the data period.
        BenchmarkUnavailable,
        /// The baseline is the target: there was no gap to close.
        TargetEqualsBaseline,
        /// The baseline was better than the target already.
        MetAtBaseline,
        /// The gap at the baseline was so small that a percentage of it would swing wildly.
        Unstable,
    }
}

/// The way from the baseline to the target, in the measure's own units. What cannot be said is null, and `reason` says
/// why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Distance {
    /// Where it began, rounded.
    #[schema(required)]
    pub baseline: Option<Quantity>,
    /// Where it is, rounded.
    #[schema(required)]
    pub value: Option<Quantity>,
    /// Where it is to arrive; for a band, the edge nearest to the baseline; for a target relative to a comparator, what that
    /// was resolved to for the figure's data period.
    #[schema(required)]
    pub target: Option<Quantity>,
    /// Value less baseline.
    #[schema(required)]
    pub change: Option<Quantity>,
    /// The change counted in the good direction: negative is worse.
    #[schema(required)]
    pub improvement: Option<Quantity>,
    /// What was missing at the baseline; negative where the target was met already.
    #[schema(required)]
    pub gap_at_baseline: Option<Quantity>,
    /// What is missing now; negative beyond the target.
    #[schema(required)]
    pub gap_now: Option<Quantity>,
    /// Share of the first gap that is closed, to one decimal place; negative where it grew, above 100 beyond the
    /// target.
    #[schema(required)]
    pub percent_of_gap_closed: Option<Quantity>,
    /// Whether the target is met now.
    #[schema(required)]
    pub met: Option<bool>,
    /// Why a part is missing.
    #[schema(required)]
    pub reason: Option<DistanceReason>,
}

/// Works out the distance travelled towards the target of the whole year.
pub fn travelled(
    measure: &MeasureRule,
    baseline: Option<&Observation>,
    now: &Observation,
    target: Option<&TargetRule>,
) -> Distance {
    let rounded = |side: &Observation| Some(round_to(side.reading.value()?, measure.scale.decimal_places));
    let unjudged = unjudged(measure, now);
    let limits = target.ok_or(NoLimits::NoTarget).and_then(|target| target.limits(TargetPoint::Year));
    let way = Way {
        measure,
        start: baseline.and_then(rounded),
        unlike: baseline.and_then(|baseline| unlike(measure, baseline, now)),
        value: rounded(now),
        unjudged,
        aimless: match limits {
            Err(NoLimits::BenchmarkUnavailable) => DistanceReason::BenchmarkUnavailable,
            _ => DistanceReason::NoTarget,
        },
        limits: limits.ok().filter(|_| unjudged.is_none()),
    };
    way.distance()
}

/// What the distance is worked out from, all values rounded.
struct Way<'a> {
    measure: &'a MeasureRule,
    start: Option<Decimal>,
    unlike: Option<DistanceReason>,
    value: Option<Decimal>,
    unjudged: Option<DistanceReason>,
    limits: Option<Limits>,
    /// Why there are no limits, where there are none.
    aimless: DistanceReason,
}

impl Way<'_> {
    fn distance(&self) -> Distance {
        let start = self.start.filter(|_| self.unlike.is_none());
        let gap = |at: Option<Decimal>| Some(gap(self.limits.as_ref()?, at?));
        let (gap_then, gap_now) = (gap(start), gap(self.value));
        let change = start.and_then(|start| Some(self.value? - start));
        let improvement = match self.measure.polarity {
            _ if self.unjudged.is_some() => None,
            Polarity::High => change,
            // Nothing is not "minus nothing".
            Polarity::Low => change.map(|change| if change.is_zero() { change } else { -change }),
            Polarity::Band | Polarity::Neutral => gap_then.and_then(|then| Some(then - gap_now?)),
        };
        let closed = self.percent_of_gap_closed();
        let quantity = |number: Option<Decimal>| number.map(Quantity);
        Distance {
            baseline: quantity(self.start),
            value: quantity(self.value),
            target: quantity(self.limits.as_ref().and_then(|limits| self.aim(limits)).map(exact)),
            change: quantity(change),
            improvement: quantity(improvement),
            gap_at_baseline: quantity(gap_then.map(exact)),
            gap_now: quantity(gap_now.map(exact)),
            percent_of_gap_closed: quantity(closed.ok()),
            met: self.limits.and_then(|limits| Some(limits.colour(self.value?) == RagStatus::Green)),
            reason: closed.err(),
        }
    }

    fn percent_of_gap_closed(&self) -> Result<Decimal, DistanceReason> {
        let value = self.value.ok_or(DistanceReason::NoValue)?;
        let start = self.start.ok_or(DistanceReason::NoBaseline)?;
        if let Some(reason) = self.unlike.or(self.unjudged) {
            return Err(reason);
        }
        let limits = self.limits.as_ref().ok_or(self.aimless)?;
        let aim = self.aim(limits).ok_or(self.aimless)?;
        let first_gap = gap(limits, start);
        if round_to(aim, self.measure.scale.decimal_places) == start {
            return Err(DistanceReason::TargetEqualsBaseline);
        }
        if first_gap <= Decimal::ZERO {
            return Err(DistanceReason::MetAtBaseline);
        }
        let five_percent = aim.abs() / Decimal::from(20);
        let five_display_steps = Decimal::new(5, self.measure.scale.decimal_places);
        if first_gap < five_percent.max(five_display_steps) {
            return Err(DistanceReason::Unstable);
        }
        Ok(round_to(Decimal::ONE_HUNDRED * (first_gap - gap(limits, value)) / first_gap, 1))
    }

    /// The edge of the target to arrive at: of a band, the one nearer to where the way began.
    fn aim(&self, limits: &Limits) -> Option<Decimal> {
        let (lower, upper) = (limits.lower.map(|edge| edge.target), limits.upper.map(|edge| edge.target));
        let from = self.start.or(self.value);
        match (lower, upper, from) {
            (Some(lower), Some(upper), Some(from)) if (from - upper).abs() < (from - lower).abs() => Some(upper),
            _ => lower.or(upper),
        }
    }
}

/// What is missing to the target, negative beyond it; 0 inside a band, which has no beyond.
fn gap(limits: &Limits, value: Decimal) -> Decimal {
    match (limits.lower, limits.upper) {
        (Some(lower), None) => lower.target - value,
        (None, Some(upper)) => value - upper.target,
        _ => limits.distance_outside(value),
    }
}

/// Why the figure is not judged by the year's target.
fn unjudged(measure: &MeasureRule, now: &Observation) -> Option<DistanceReason> {
    match (measure.kind, measure.polarity) {
        (_, Polarity::Neutral) => Some(DistanceReason::NeutralPolarity),
        (Kind::Activity, _) => Some(DistanceReason::Activity),
        _ if grows_over_the_year(measure) && !measure.period.ends_year(&now.data_period) => {
            Some(DistanceReason::PartOfYear)
        }
        _ => None,
    }
}

/// Why the figure is not compared with the baseline.
fn unlike(measure: &MeasureRule, baseline: &Observation, now: &Observation) -> Option<DistanceReason> {
    let same_point = measure.period.same_point_of_year(&baseline.data_period, &now.data_period);
    let comparable = match same_point {
        None => false,
        Some(same_point) => baseline.series == now.series && (same_point || !grows_over_the_year(measure)),
    };
    (!comparable).then(|| match (same_point, unjudged(measure, now)) {
        (Some(false), Some(part_of_year @ DistanceReason::PartOfYear)) => part_of_year,
        _ => DistanceReason::RebaselineRequired,
    })
}

/// Whether a figure part way through the year is on a smaller scale than the year's: a running count is, a running
/// percentage is not.
fn grows_over_the_year(measure: &MeasureRule) -> bool {
    measure.period.accumulation == Accumulation::Cumulative
        && matches!(measure.scale.unit, Unit::Count | Unit::Rate | Unit::Days | Unit::Currency)
}

#[cfg(test)]
mod tests;
