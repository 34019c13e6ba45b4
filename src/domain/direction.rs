//! Direction of travel: whether a measure moved the right way since the last comparable period and since last year.
//! It says nothing of the target: what is red can be improving.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::comparison::{Comparator, ComparisonBasis, PeriodKey};
use super::data_period::DataPeriod;
use super::limits::Limits;
use super::measure_rule::{MeasureRule, Observation};
use super::quantity::{Quantity, round_to};
use super::reading::Reading;
use super::terms::{Kind, Polarity, Stage, Symbol, Unit};
use super::words::words;

words! {
    /// What the movement means.
    DirectionResult {
        /// Moved in the good direction.
        Improving,
        /// Moved in the bad direction.
        Worsening,
        /// Did not move, or by no more than the measure's stable band.
        Stable,
        /// As good as it can be, both times: 100 % to 100 % is not a lack of progress (East Sussex).
        AtMaximum,
        /// Moved, and neither direction is good.
        NoJudgement,
        /// The two figures must not be compared.
        NotComparable,
        /// One of the two figures is missing.
        InsufficientData,
    }

    /// Which way the number went.
    Movement {
        /// Higher than before.
        Up,
        /// Lower than before.
        Down,
        /// The same, or within the measure's stable band.
        Unchanged,
    }

    /// Why there is no plain judgement.
    DirectionReason {
        /// There is no figure now.
        NoValue,
        /// There is no figure for the earlier period.
        NoEarlierValue,
        /// One of the two figures is suppressed.
        Suppressed,
        /// The definition changed in between.
        SeriesBreak,
        /// The figure's period does not fit the measure.
        PeriodKindMismatch,
        /// A running total is compared with the same point last year only.
        CumulativeComparesWithLastYear,
        /// Activity is watched, not judged.
        Activity,
        /// Neither direction is good.
        NeutralPolarity,
        /// Best is inside a band, and no target says which.
        NoBand,
        /// The change is within the measure's stable band.
        WithinStableBand,
    }
}

/// The earlier figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ComparedWith {
    /// What it is about.
    pub data_period: DataPeriod,
    /// The value, rounded as it was compared.
    pub value: Quantity,
}

/// The movement between two figures of one measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Direction {
    /// What the movement means.
    pub result: DirectionResult,
    /// Why there is no plain judgement.
    #[schema(required)]
    pub reason: Option<DirectionReason>,
    /// Which way the number went.
    #[schema(required)]
    pub movement: Option<Movement>,
    /// Value now less value then, both rounded, in the measure's own units.
    #[schema(required)]
    pub change: Option<Quantity>,
    /// What the earlier period is to the later.
    #[schema(required)]
    pub basis: Option<ComparisonBasis>,
    /// The earlier figure.
    #[schema(required)]
    pub compared_with: Option<ComparedWith>,
    /// Whether either figure is provisional, so that the direction may yet turn.
    pub provisional: bool,
}

/// Both directions (Havering's two arrows).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Directions {
    /// Since the previous comparable period.
    pub short: Direction,
    /// Since the same period last year.
    pub long: Direction,
}

/// Both directions of a figure. `limits` are those of its target: a measure that is best inside a band needs them.
/// `earlier` finds the measure's figure at a place among its periods.
pub fn directions(
    measure: &MeasureRule,
    now: &Observation,
    limits: Option<&Limits>,
    earlier: impl Fn(PeriodKey) -> Option<Observation>,
) -> Directions {
    let Some(comparators) = measure.period.comparators(&now.data_period) else {
        let unlike = Direction::without(DirectionResult::NotComparable, DirectionReason::PeriodKindMismatch);
        return Directions { short: unlike, long: unlike };
    };
    let since = |comparator: Comparator| {
        let then = earlier(comparator.key);
        let direction = direction(measure, now, then.as_ref(), limits);
        Direction { basis: Some(comparator.basis), ..direction }
    };
    let adds_up = Direction::without(DirectionResult::NotComparable, DirectionReason::CumulativeComparesWithLastYear);
    Directions { short: comparators.short.map_or(adds_up, since), long: since(comparators.long) }
}

fn direction(
    measure: &MeasureRule,
    now: &Observation,
    then: Option<&Observation>,
    limits: Option<&Limits>,
) -> Direction {
    use DirectionReason::{NoEarlierValue, NoValue, SeriesBreak, Suppressed};
    use DirectionResult::{InsufficientData, NotComparable};
    let suppressed = |side: &Observation| side.reading == Reading::Missing(Symbol::C);
    if suppressed(now) || then.is_some_and(suppressed) {
        return Direction::without(NotComparable, Suppressed);
    }
    let value = |side: &Observation| side.reading.value().map(|value| round_to(value, measure.scale.decimal_places));
    let Some(value_now) = value(now) else {
        return Direction::without(InsufficientData, NoValue);
    };
    let Some((then, value_then)) = then.and_then(|then| Some((then, value(then)?))) else {
        return Direction::without(InsufficientData, NoEarlierValue);
    };
    if now.series != then.series {
        return Direction::without(NotComparable, SeriesBreak);
    }
    let change = value_now - value_then;
    let (result, reason) = judge(measure, value_now, value_then, limits);
    Direction {
        result,
        reason,
        movement: Some(movement(change, measure.stable_band)),
        change: Some(Quantity(change)),
        basis: None,
        compared_with: Some(ComparedWith { data_period: then.data_period, value: Quantity(value_then) }),
        provisional: [now.stage, then.stage].contains(&Stage::Provisional),
    }
}

fn judge(
    measure: &MeasureRule,
    now: Decimal,
    then: Decimal,
    limits: Option<&Limits>,
) -> (DirectionResult, Option<DirectionReason>) {
    let unjudged = |reason| (DirectionResult::NoJudgement, Some(reason));
    let gain = match (measure.kind, measure.polarity, limits) {
        (_, Polarity::Neutral, _) => return unjudged(DirectionReason::NeutralPolarity),
        (Kind::Activity, ..) => return unjudged(DirectionReason::Activity),
        (_, Polarity::High, _) => now - then,
        (_, Polarity::Low, _) => then - now,
        (_, Polarity::Band, None) => return unjudged(DirectionReason::NoBand),
        (_, Polarity::Band, Some(limits)) => limits.distance_outside(then) - limits.distance_outside(now),
    };
    if gain.abs() > measure.stable_band {
        let better = gain > Decimal::ZERO;
        return (if better { DirectionResult::Improving } else { DirectionResult::Worsening }, None);
    }
    match best_possible(measure) {
        Some(best) if now == best && then == best => (DirectionResult::AtMaximum, None),
        _ => (DirectionResult::Stable, (!gain.is_zero()).then_some(DirectionReason::WithinStableBand)),
    }
}

fn movement(change: Decimal, stable_band: Decimal) -> Movement {
    if change.abs() <= stable_band {
        Movement::Unchanged
    } else if change > Decimal::ZERO {
        Movement::Up
    } else {
        Movement::Down
    }
}

/// The value that nothing can better: all of a percentage, or none of what should not happen.
const fn best_possible(measure: &MeasureRule) -> Option<Decimal> {
    match (measure.polarity, measure.scale.unit) {
        (Polarity::High, Unit::Percent) => Some(Decimal::ONE_HUNDRED),
        (Polarity::Low, Unit::Percent | Unit::Rate | Unit::Count | Unit::Days) => Some(Decimal::ZERO),
        _ => None,
    }
}

impl Direction {
    const fn without(result: DirectionResult, reason: DirectionReason) -> Self {
        Self {
            result,
            reason: Some(reason),
            movement: None,
            change: None,
            basis: None,
            compared_with: None,
            provisional: false,
        }
    }
}

#[cfg(test)]
mod tests;
