//! The rating: where a red is decided, and its reason put in words.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::limits::Limits;
use super::measure_rule::MeasureRule;
use super::quantity::{Quantity, exact, round_to};
use super::reading::Reading;
use super::target::{NoLimits, TargetPoint, TargetRule};
use super::terms::{Kind, Polarity, Symbol};
use super::words::words;

mod explain;

/// Version of the rules below; stored with every rating, because a change of rule changes colours overnight (Havering
/// withdrew its tolerance and went from amber to nine reds).
///
/// Version 1: the value is rounded half away from zero to the measure's decimal places and then compared; target and
/// limits are exact; boundaries count in; 10 % of the target is amber where no tolerance is stated; a running total is
/// compared with the profile's point for its quarter; a missing figure comes before a neutral measure, that before an
/// activity, and that before a missing target.
///
/// Version 2: as version 1, which judges every target with a number of its own just the same; and a target may be relative
/// to a comparator, whose figure for exactly the data period is rounded as the measure is printed before the margin is
/// added; without that figure nothing is rated. Whoever applies version 1 again cannot judge such a target, hence the number.
pub const RULE_SET_VERSION: u16 = 2;

words! {
    /// The colour, or why there is none.
    RagStatus {
        /// The target is met.
        Green,
        /// The target is missed by no more than its tolerance.
        Amber,
        /// The target is missed by more than its tolerance.
        Red,
        /// There is a figure, and nothing to judge it by.
        NotRated,
        /// There is no figure.
        NoData,
    }

    /// Why the status is what it is.
    RagReason {
        /// Green: the target is met.
        TargetMet,
        /// Green: inside the target's band.
        WithinBand,
        /// Amber: off target by no more than the tolerance.
        WithinTolerance,
        /// Red: below the last amber value.
        BelowFloor,
        /// Red: above the last amber value.
        AboveCeiling,
        /// Red: off the target's band by more than the tolerance.
        OutsideBand,
        /// Not rated: demand or volume, watched and never coloured.
        Activity,
        /// Not rated: neither direction is good.
        NeutralPolarity,
        /// Not rated: reported without a target.
        NoTarget,
        /// Not rated: the year's target no longer fits the measure's definition.
        TargetUnfit,
        /// Not rated: a running total without a profile to compare it with.
        ProfileMissing,
        /// Not rated: the comparator that the target is relative to has no figure for exactly the data period.
        BenchmarkUnavailable,
        /// No data: nothing is expected yet, or in this quarter.
        NotDue,
        /// No data: expected and not come.
        Outstanding,
        /// No data, to members and the public: there is a figure, and it is not published.
        NotPublished,
        /// No data: symbol `z`.
        Z,
        /// No data: symbol `x`.
        X,
        /// No data: symbol `c`.
        C,
        /// No data: symbol `k`.
        K,
        /// No data: symbol `u`.
        U,
    }
}

/// A rating with everything that it was made from, so that it can be defended years later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Rag {
    /// The colour, or why there is none.
    pub status: RagStatus,
    /// Why, for programs.
    pub reason: RagReason,
    /// Why, in a sentence.
    #[schema(examples("red because 16.5 is below the floor 49.5 = 55 less 10 %"))]
    pub explanation: String,
    /// Version of the rules that were applied.
    pub rule_set_version: u16,
    /// The value, rounded as it was compared.
    #[schema(required)]
    pub value: Option<Quantity>,
    /// The target that it was compared with, exact; for a running total, its quarter's point of the profile; for a target
    /// relative to a comparator, what it was resolved to.
    #[schema(required)]
    pub target: Option<Quantity>,
    /// Lower edge of the target's band.
    #[schema(required)]
    pub lower: Option<Quantity>,
    /// Upper edge of the target's band.
    #[schema(required)]
    pub upper: Option<Quantity>,
    /// Last amber value below the target; anything lower is red.
    #[schema(required)]
    pub floor: Option<Quantity>,
    /// Last amber value above the target; anything higher is red.
    #[schema(required)]
    pub ceiling: Option<Quantity>,
    /// The tolerance in words.
    #[schema(required, examples("10 % of the target"))]
    pub tolerance: Option<String>,
}

/// Rates a figure, or its absence, at a point of the year against the year's target.
pub fn rate(measure: &MeasureRule, reading: Reading, target: Option<&TargetRule>, point: TargetPoint) -> Rag {
    let value = reading.value().map(|value| round_to(value, measure.scale.decimal_places));
    let limits = target.ok_or(NoLimits::NoTarget).and_then(|target| target.limits(point));
    let (status, reason) = match (value, limits) {
        (None, _) => (RagStatus::NoData, absence(&reading)),
        _ if measure.polarity == Polarity::Neutral => (RagStatus::NotRated, RagReason::NeutralPolarity),
        _ if measure.kind == Kind::Activity => (RagStatus::NotRated, RagReason::Activity),
        (_, Err(NoLimits::NoTarget)) => (RagStatus::NotRated, RagReason::NoTarget),
        (_, Err(NoLimits::ProfileMissing)) => (RagStatus::NotRated, RagReason::ProfileMissing),
        (_, Err(NoLimits::BenchmarkUnavailable)) => (RagStatus::NotRated, RagReason::BenchmarkUnavailable),
        (Some(value), Ok(limits)) => colour(value, &limits),
    };
    let judged = match status {
        RagStatus::Green | RagStatus::Amber | RagStatus::Red => limits.ok(),
        RagStatus::NotRated | RagStatus::NoData => None,
    };
    let relative = target.and_then(TargetRule::relative);
    let explanation = match (value, &judged) {
        (Some(value), Some(limits)) => explain::colour(status, value, limits, relative),
        _ => explain::no_colour(status, reason, &reading, relative),
    };
    Rag::new(status, reason, explanation, value, judged)
}

fn colour(value: Decimal, limits: &Limits) -> (RagStatus, RagReason) {
    let status = limits.colour(value);
    let reason = match (status, limits.lower, limits.upper) {
        (RagStatus::Green, Some(_), Some(_)) => RagReason::WithinBand,
        (RagStatus::Green, ..) => RagReason::TargetMet,
        (RagStatus::Amber, ..) => RagReason::WithinTolerance,
        (_, Some(_), Some(_)) => RagReason::OutsideBand,
        (_, Some(_), None) => RagReason::BelowFloor,
        (_, None, _) => RagReason::AboveCeiling,
    };
    (status, reason)
}

const fn absence(reading: &Reading) -> RagReason {
    match reading {
        Reading::Outstanding { .. } => RagReason::Outstanding,
        Reading::Missing(Symbol::Z) => RagReason::Z,
        Reading::Missing(Symbol::X) => RagReason::X,
        Reading::Missing(Symbol::C) => RagReason::C,
        Reading::Missing(Symbol::K) => RagReason::K,
        Reading::Missing(Symbol::U) => RagReason::U,
        Reading::NotDue { .. } | Reading::Value(_) => RagReason::NotDue,
    }
}

impl Rag {
    /// The same where the year does have a target, which no longer fits the measure's definition: a missing target would be
    /// a different fault.
    #[must_use]
    pub fn target_unfit(self) -> Self {
        if self.reason != RagReason::NoTarget {
            return self;
        }
        let explanation = explain::target_unfit();
        Self { reason: RagReason::TargetUnfit, explanation, ..self }
    }

    /// The same where there is a figure that is not shown because it is not published: to say that nothing has come would be wrong.
    #[must_use]
    pub fn not_published(self) -> Self {
        let explanation = explain::not_published();
        Self { reason: RagReason::NotPublished, explanation, ..self }
    }

    fn new(
        status: RagStatus,
        reason: RagReason,
        explanation: String,
        value: Option<Decimal>,
        judged: Option<Limits>,
    ) -> Self {
        let number = |number: Option<Decimal>| number.map(|number| Quantity(exact(number)));
        let (lower, upper) = judged.map_or((None, None), |limits| (limits.lower, limits.upper));
        let band = lower.is_some() && upper.is_some();
        Self {
            status,
            reason,
            explanation,
            rule_set_version: RULE_SET_VERSION,
            value: value.map(Quantity),
            target: number(lower.or(upper).filter(|_| !band).map(|edge| edge.target)),
            lower: number(lower.filter(|_| band).map(|edge| edge.target)),
            upper: number(upper.filter(|_| band).map(|edge| edge.target)),
            floor: number(lower.map(|edge| edge.amber)),
            ceiling: number(upper.map(|edge| edge.amber)),
            tolerance: judged.map(|limits| explain::tolerance(limits.tolerance)),
        }
    }
}

#[cfg(test)]
mod tests;
