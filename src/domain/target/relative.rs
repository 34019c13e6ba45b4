//! A target relative to a comparator, such as "above the statistical neighbours' average": what it is resolved from, and to.

use rust_decimal::Decimal;

use super::Goal;
use crate::domain::code::Code;
use crate::domain::data_period::DataPeriod;
use crate::domain::quantity::{exact, round_to};
use crate::domain::terms::{ComparatorStatistic, TargetKind};

/// Which figure of which comparator is the target, and what that came to once it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relative {
    pub(super) kind: TargetKind,
    pub(super) comparator: Code,
    pub(super) statistic: ComparatorStatistic,
    pub(super) margin: Decimal,
    pub(super) benchmark: Option<Benchmark>,
}

/// What a comparator came to for exactly one data period, or that there is no such figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Benchmark {
    data_period: DataPeriod,
    value: Option<Decimal>,
}

impl Benchmark {
    /// Rounded to the measure's decimal places before anything is added to it or compared with it, as it is printed.
    pub fn new(data_period: DataPeriod, value: Option<Decimal>, decimal_places: u32) -> Self {
        Self { data_period, value: value.map(|value| round_to(value, decimal_places)) }
    }
}

impl Relative {
    /// Code of the comparator.
    pub const fn comparator(&self) -> &Code {
        &self.comparator
    }

    /// Which of its figures counts.
    pub const fn statistic(&self) -> ComparatorStatistic {
        self.statistic
    }

    /// Own units added to that figure.
    pub const fn margin(&self) -> Decimal {
        self.margin
    }

    /// The target that it has come to, margin included; none while the comparator's figure is not known.
    pub fn target(&self) -> Option<Decimal> {
        Some(self.benchmark?.value? + self.margin)
    }

    /// The comparator's figure in words: `mean of SN-SHEFFIELD for 2025-06-30`.
    pub fn figure(&self) -> String {
        let statistic = match self.statistic {
            ComparatorStatistic::Published => "published value",
            ComparatorStatistic::Mean => "mean",
            ComparatorStatistic::Median => "median",
        };
        let period = self.benchmark.map_or_else(String::new, |benchmark| format!(" for {}", benchmark.data_period));
        format!("{statistic} of {}{period}", self.comparator)
    }

    /// How the target was come by: `the mean of SN-SHEFFIELD for 2025-06-30 (54.2) plus 2`.
    pub fn derivation(&self) -> String {
        let figure = self.figure();
        match self.benchmark.and_then(|benchmark| benchmark.value) {
            Some(value) if !self.margin.is_zero() => {
                let step = if self.margin.is_sign_negative() { "less" } else { "plus" };
                format!("the {figure} ({}) {step} {}", exact(value), exact(self.margin.abs()))
            }
            _ => format!("the {figure}"),
        }
    }

    pub(super) fn goal(&self) -> Option<Goal> {
        Goal::point(self.kind, self.target()?)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop on a wrong fixture")]
mod tests {
    use super::super::{NoLimits, TargetPoint, TargetRule};
    use super::*;
    use crate::domain::fixtures::{dec, period, rows, target, target_terms};
    use crate::domain::terms::{Accumulation, Unit};

    /// Polarity, terms, and what is wrong with them on a percentage.
    const FAULTS: &str = "
        high | above comparator=SN comparator_statistic=mean |
        high | at_least comparator=SN comparator_statistic=median comparator_margin=-2.5 tolerance_kind=absolute tolerance=2 |
        low | below comparator=E92000001 comparator_statistic=published tolerance_kind=asymmetric tolerance_below=1 tolerance_above=2 |
        high | above value=5 comparator=SN comparator_statistic=mean | value not_allowed
        high | above comparator=SN | comparator_statistic required
        high | above value=5 comparator_statistic=mean | comparator required
        high | above comparator_margin=5 | comparator required
        band | band lower=1 comparator=SN comparator_statistic=mean | comparator not_allowed, lower not_allowed
        high | none comparator=SN comparator_statistic=mean | comparator not_allowed
        low | above comparator=SN comparator_statistic=mean | kind kind_against_polarity
        high | above comparator=SN comparator_statistic=mean tolerance_kind=floor tolerance=50 | tolerance_kind not_allowed
        high | above comparator=SN comparator_statistic=mean tolerance=101 | tolerance out_of_range
        high | above comparator=SN comparator_statistic=mean comparator_margin=-100.5 | comparator_margin out_of_range
        high | above comparator=SN comparator_statistic=mean comparator_margin=0.00001 | comparator_margin too_many_decimal_places
    ";

    #[test]
    fn finds_everything_wrong_with_a_relative_target() {
        let codes = |polarity: &str, text: &str, accumulation| {
            let made = TargetRule::new(&target_terms(text), polarity.parse().unwrap(), accumulation, Unit::Percent);
            let faults = made.err().unwrap_or_default();
            let codes: Vec<_> = faults.iter().map(|fault| format!("{} {}", fault.field, fault.code)).collect();
            codes.join(", ")
        };
        for [polarity, text, wrong] in rows(FAULTS) {
            assert_eq!(codes(polarity, text, Accumulation::InPeriod), wrong, "{polarity} {text}");
        }
        let profiled =
            "above comparator=SN comparator_statistic=mean profile_q1=1 profile_q2=2 profile_q3=3 profile_q4=4";
        assert_eq!(codes("high", profiled, Accumulation::Cumulative), "profile_q1 not_allowed");
    }

    #[test]
    fn is_what_the_comparator_came_to_rounded_and_with_its_margin() {
        // Terms, the comparator's figure, then the target and its last amber values at one decimal place.
        let table = "
            at_least comparator=SN comparator_statistic=mean                                           | 54.25 | 54.3 | 48.87 | none
            at_least comparator=SN comparator_statistic=mean comparator_margin=2                       | 54.25 | 56.3 | 50.67 | none
            at_most comparator=SN comparator_statistic=mean comparator_margin=-2                       | 54.25 | 52.3 | none  | 57.53
            above comparator=SN comparator_statistic=mean tolerance_kind=absolute tolerance=3          | 54.25 | 54.3 | 51.3  | none
            at_most comparator=SN comparator_statistic=mean                                            | 0     | 0.0  | none  | 0.0
            at_least comparator=SN comparator_statistic=mean comparator_margin=-5                      | 5     | 0.0  | 0.0   | none
        ";
        for [text, came_to, aim, floor, ceiling] in rows(table) {
            let rule = target(text).resolved(Benchmark::new(period("2025-06-30"), Some(dec(came_to)), 1));
            let limits = rule.limits(TargetPoint::Year).unwrap();
            assert_eq!(rule.relative().unwrap().target(), Some(dec(aim)), "{text}");
            assert_eq!((limits.floor(), limits.ceiling()), (floor.parse().ok(), ceiling.parse().ok()), "{text}");
        }
    }

    #[test]
    fn judges_nothing_without_that_figure_nor_part_way_through_a_running_total() {
        let open = target("above comparator=SN comparator_statistic=mean");
        let missing = open.clone().resolved(Benchmark::new(period("2025-06-30"), None, 1));
        let found = open.clone().resolved(Benchmark::new(period("2025-06-30"), Some(dec("54.2")), 1));
        let quarter = TargetPoint::Quarter("2025-26-Q1".parse().unwrap());
        for rule in [&open, &missing] {
            assert_eq!(rule.limits(TargetPoint::Year), Err(NoLimits::BenchmarkUnavailable));
            assert_eq!(rule.goal(), None);
        }
        assert_eq!(found.limits(quarter), Err(NoLimits::ProfileMissing));
        assert_eq!(missing.limits(quarter), Err(NoLimits::ProfileMissing));
        // A target with a number of its own is not moved by anything.
        let fixed = target("at_least value=55");
        assert_eq!(fixed.clone().resolved(Benchmark::new(period("2025-06-30"), Some(dec("1")), 1)), fixed);
    }
}
