//! The target by which a measure's figure is judged: whether it fits, and what it comes to where it is relative.

use rust_decimal::Decimal;

use super::store::TargetColumns;
use crate::domain::measure_rule::{MeasureRule, Observation};
use crate::domain::rag::{Rag, rate};
use crate::domain::reading::Reading;
use crate::domain::target::{TargetPoint, TargetRule, TargetTerms};
use crate::reports::comparators::target::{Benchmarks, TargetComparator};

/// The target of a measure in a quarter.
#[derive(Clone, Debug)]
pub(super) struct Target {
    /// The rule, resolved where it is relative; none without a target, or where that no longer fits.
    pub(super) rule: Option<TargetRule>,
    /// What it is relative to.
    pub(super) comparator: Option<TargetComparator>,
    unfit: bool,
}

impl Target {
    /// The stored target for the figure `now`.
    pub(super) fn of(
        columns: &TargetColumns,
        measure: &str,
        rule: &MeasureRule,
        now: Option<&Observation>,
        benchmarks: &Benchmarks,
    ) -> Self {
        let Some(target) = target_rule(columns, rule) else {
            return Self { rule: None, comparator: None, unfit: columns.target_kind.is_some() };
        };
        let figure = now.map(|now| (now.data_period, now.reading));
        let (target, comparator) = benchmarks.resolve(target, measure, rule, figure);
        Self { rule: Some(target), comparator, unfit: false }
    }

    /// The colour that it gives.
    pub(super) fn rating(&self, rule: &MeasureRule, reading: Reading, point: TargetPoint) -> Rag {
        let rag = rate(rule, reading, self.rule.as_ref(), point);
        if self.unfit { rag.target_unfit() } else { rag }
    }
}

/// A stored target was checked when it came in; none where it no longer fits its measure.
fn target_rule(target: &TargetColumns, rule: &MeasureRule) -> Option<TargetRule> {
    let terms = TargetTerms {
        kind: target.target_kind?,
        value: target.target_value.map(Decimal::from),
        comparator: target.comparator.clone(),
        comparator_statistic: target.comparator_statistic,
        comparator_margin: target.comparator_margin.map(Decimal::from),
        lower: target.target_lower.map(Decimal::from),
        upper: target.target_upper.map(Decimal::from),
        tolerance_kind: target.tolerance_kind,
        tolerance: target.tolerance.map(Decimal::from),
        tolerance_below: target.tolerance_below.map(Decimal::from),
        tolerance_above: target.tolerance_above.map(Decimal::from),
        profile: [target.profile_q1, target.profile_q2, target.profile_q3, target.profile_q4]
            .map(|at| at.map(Decimal::from)),
    };
    TargetRule::new(&terms, rule.polarity, rule.period.accumulation, rule.scale.unit).ok()
}
