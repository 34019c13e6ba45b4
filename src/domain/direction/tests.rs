//! Movements with the council's own figures, and the pairs that are not compared.
#![expect(clippy::unwrap_used, reason = "a test may stop on a wrong fixture")]

use super::*;
use crate::domain::fixtures::{dec, measure, observation, rows, target};
use crate::domain::target::TargetPoint;

const QUARTERLY: &str = "financial quarterly in_period percent high";

/// Both directions of the last of `figures`, the others being its past.
fn travel(measure: &MeasureRule, figures: &[Observation], limits: Option<&Limits>) -> Directions {
    let (now, past) = figures.split_last().unwrap();
    let at = |key| past.iter().find(|figure| measure.period.key(&figure.data_period) == Some(key)).copied();
    directions(measure, now, limits, at)
}

fn words(direction: &Direction) -> String {
    let reason = direction.reason.map_or(String::new(), |reason| format!(" ({reason})"));
    let movement = direction.movement.map_or(String::new(), |movement| format!(" {movement}"));
    let change = direction.change.map_or(String::new(), |change| format!(" {change}"));
    format!("{}{reason}{movement}{change}", direction.result)
}

/// Plans within 20 weeks by quarter and calendar year, care leavers in work or training, children looked after per
/// 10,000, pupils severely absent.
const WORKED_EXAMPLES: &str = "
financial quarterly in_period percent high | 2024-25-Q4 16.5 | 2025-26-Q1 24.0 | improving up 7.5
calendar annual in_period percent high | CY2023 53.1 | CY2024 49.0 | worsening down -4.1
financial annual in_period percent high | 2023-24 42 | 2024-25 39 | worsening down -3.0
financial annual snapshot rate neutral | 2023-24 56 | 2024-25 54 | no_judgement (neutral_polarity) down -2.0
academic annual in_period percent low | AY2023-24 3.36 | AY2024-25 3.67 | worsening up 0.3";

/// Measure, figure then, figure now, and what the movement is.
const MOVEMENTS: &str = "
financial quarterly in_period percent high | 2024-25-Q1 50 | 2024-25-Q2 50.04 | stable unchanged 0.0
financial quarterly in_period percent high | 2024-25-Q1 100 | 2024-25-Q2 100 | at_maximum unchanged 0.0
financial quarterly in_period percent high | 2024-25-Q1 0 | 2024-25-Q2 0 | stable unchanged 0.0
financial quarterly in_period percent high | 2024-25-Q1 100 | 2024-25-Q2 99 | worsening down -1.0
financial quarterly in_period percent low | 2024-25-Q1 0 | 2024-25-Q2 0 | at_maximum unchanged 0.0
financial quarterly in_period percent low | 2024-25-Q1 9 | 2024-25-Q2 8 | improving down -1.0
financial quarterly in_period count low | 2024-25-Q1 0 | 2024-25-Q2 0 | at_maximum unchanged 0.0
financial quarterly in_period score low | 2024-25-Q1 0 | 2024-25-Q2 0 | stable unchanged 0.0";

/// Pairs that are not compared, among them quarters and years that do not follow one another.
const UNCOMPARED: &str = "
financial quarterly in_period percent high | 2024-25-Q1 50 | 2024-25-Q3 60 | insufficient_data (no_earlier_value)
financial quarterly in_period percent high | 2024-25-Q1 x | 2024-25-Q2 60 | insufficient_data (no_earlier_value)
financial quarterly in_period percent high | 2024-25-Q1 50 | 2024-25-Q2 z | insufficient_data (no_value)
financial quarterly in_period percent high | 2024-25-Q1 c | 2024-25-Q2 60 | not_comparable (suppressed)
financial quarterly in_period percent high | 2024-25-Q1 50 | 2024-25-Q2 c | not_comparable (suppressed)
financial quarterly in_period percent high | 2024-25-Q4 16.5 | CY2024 49.0 | not_comparable (period_kind_mismatch)
financial quarterly cumulative count high | 2024-25-Q1 10 | 2024-25-Q2 21 \
    | not_comparable (cumulative_compares_with_last_year)
financial quarterly snapshot percent high | 2024-09-30 58.2 | 2025-06-30 66.4 | insufficient_data (no_earlier_value)
academic annual in_period percent high | AY2021-22 50 | AY2023-24 60 | insufficient_data (no_earlier_value)";

#[test]
fn judges_by_what_is_good() {
    for table in [WORKED_EXAMPLES, MOVEMENTS, UNCOMPARED] {
        for [rule, then, now, expected] in rows(table) {
            let travelled = travel(&measure(rule), &[observation(then), observation(now)], None);
            assert_eq!(words(&travelled.short), expected, "{rule}: {then} to {now}");
        }
    }
}

#[test]
fn a_new_definition_is_a_new_series() {
    let redefined = Observation { series: 2, ..observation("2024-25-Q2 60") };
    let broken = travel(&measure(QUARTERLY), &[observation("2024-25-Q1 50"), redefined], None).short;
    assert_eq!(words(&broken), "not_comparable (series_break)");
}

#[test]
fn a_running_total_looks_back_a_year() {
    let past = ["2023-24-Q2 19", "2024-25-Q1 10", "2024-25-Q2 21"].map(observation);
    let both = travel(&measure("financial quarterly cumulative count high"), &past, None);
    assert_eq!(both.short.basis, None);
    assert_eq!(words(&both.long), "improving up 2.0");
    assert_eq!(both.long.basis, Some(ComparisonBasis::SameQuarterLastYear));
    let compared = ComparedWith { data_period: past[0].data_period, value: Quantity(dec("19.0")) };
    assert_eq!(both.long.compared_with, Some(compared));
}

#[test]
fn a_band_is_approached_from_either_side() {
    let measure = measure("financial quarterly in_period score band");
    let limits = target("band lower=40 upper=50").limits(TargetPoint::Year).unwrap();
    for (then, now, expected) in [
        ("2024-25-Q1 56", "2024-25-Q2 52", "improving down -4.0"),
        ("2024-25-Q1 35", "2024-25-Q2 38", "improving up 3.0"),
        ("2024-25-Q1 41", "2024-25-Q2 49", "stable up 8.0"),
        ("2024-25-Q1 38", "2024-25-Q2 53", "worsening up 15.0"),
    ] {
        let figures = [observation(then), observation(now)];
        assert_eq!(words(&travel(&measure, &figures, Some(&limits)).short), expected, "{then} to {now}");
        assert_eq!(travel(&measure, &figures, None).short.reason, Some(DirectionReason::NoBand));
    }
}

#[test]
fn small_changes_are_stable_and_provisional_figures_are_flagged() {
    let steady = MeasureRule { stable_band: dec("0.5"), ..measure(QUARTERLY) };
    for (now, expected) in [
        ("2024-25-Q2 50.5", "stable (within_stable_band) unchanged 0.5"),
        ("2024-25-Q2 50.6", "improving up 0.6"),
        ("2024-25-Q2 49.4", "worsening down -0.6"),
    ] {
        assert_eq!(words(&travel(&steady, &[observation("2024-25-Q1 50"), observation(now)], None).short), expected);
    }
    // Worked example: phonics 2025 is provisional.
    let phonics = measure("academic annual in_period percent high");
    let provisional = Observation { stage: Stage::Provisional, ..observation("AY2024-25 76") };
    let direction = travel(&phonics, &[observation("AY2023-24 78"), provisional], None).short;
    assert_eq!((words(&direction).as_str(), direction.provisional), ("worsening down -2.0", true));
}

#[test]
fn activity_moves_without_judgement() {
    let contacts = MeasureRule { kind: Kind::Activity, ..measure(QUARTERLY) };
    let figures = ["2024-25-Q1 50", "2024-25-Q2 60"].map(observation);
    assert_eq!(words(&travel(&contacts, &figures, None).short), "no_judgement (activity) up 10.0");
}
