//! Colours at, above and below every boundary, and the reasons for none.

use super::*;
use crate::domain::fixtures::{day, dec, measure, period, rows, target};
use crate::domain::target::Benchmark;

pub(super) fn rate_reading(reading: Reading, target: Option<&TargetRule>, polarity: Polarity, kind: Kind) -> Rag {
    let measure = MeasureRule { polarity, kind, ..measure("financial quarterly in_period score high") };
    rate(&measure, reading, target, TargetPoint::Year)
}

pub(super) fn rate_value(value: &str, rule: &str) -> Rag {
    rate_reading(Reading::Value(dec(value)), Some(&target(rule)), Polarity::High, Kind::Kpi)
}

/// Target, value (judged to one decimal place), colour and reason.
const COLOURS: &str = "
at_least value=55 | 55 | green: target_met
at_least value=55 | 54.95 | green: target_met
at_least value=55 | 54.94 | amber: within_tolerance
at_least value=55 | 49.5 | amber: within_tolerance
at_least value=55 | 49.45 | amber: within_tolerance
at_least value=55 | 49.44 | red: below_floor
at_least value=55 tolerance=0 | 54.9 | red: below_floor
above value=55 | 55 | amber: within_tolerance
above value=55 | 55.1 | green: target_met
above value=55 tolerance=0 | 55 | red: below_floor
at_most value=20 | 20.0 | green: target_met
at_most value=20 | 22.0 | amber: within_tolerance
at_most value=20 | 22.1 | red: above_ceiling
at_most value=0 tolerance_kind=absolute tolerance=1 | 0 | green: target_met
at_most value=0 tolerance_kind=absolute tolerance=1 | 1 | amber: within_tolerance
below value=85 tolerance_kind=absolute tolerance=2 | 84.9 | green: target_met
below value=85 tolerance_kind=absolute tolerance=2 | 85 | amber: within_tolerance
below value=85 tolerance_kind=absolute tolerance=2 | 87.1 | red: above_ceiling
at_least value=90 tolerance_kind=floor tolerance=80 | 80 | amber: within_tolerance
at_least value=90 tolerance_kind=floor tolerance=80 | 79.9 | red: below_floor
band lower=40 upper=50 | 40 | green: within_band
band lower=40 upper=50 | 50 | green: within_band
band lower=40 upper=50 | 36 | amber: within_tolerance
band lower=40 upper=50 | 35.9 | red: outside_band
band lower=40 upper=50 | 55 | amber: within_tolerance
band lower=40 upper=50 | 55.1 | red: outside_band
band lower=40 upper=50 tolerance=0 | 39.9 | red: outside_band";

#[test]
fn boundaries_count_in_and_the_value_is_rounded_first() {
    for [rule, value, colour] in rows(COLOURS) {
        let rag = rate_value(value, rule);
        assert_eq!(format!("{}: {}", rag.status, rag.reason), colour, "{value} against {rule}");
    }
}

#[test]
fn an_absence_comes_first_then_what_is_never_coloured_then_a_missing_target() {
    let (rule, none) = (target("at_least value=55"), target("none"));
    let value = Reading::Value(dec("58.2"));
    let late = Reading::Outstanding { due: day("2025-04-30"), days_late: 12 };
    use Kind::{Activity, Kpi};
    use Polarity::{High, Neutral};
    for (reading, target, polarity, kind, expected) in [
        // Worked examples: plan holders in work or training have no target, children looked after no good direction.
        (value, None, High, Kpi, "not_rated: no_target"),
        (value, Some(&rule), Neutral, Kpi, "not_rated: neutral_polarity"),
        (value, Some(&none), High, Kpi, "not_rated: no_target"),
        (value, None, Neutral, Kpi, "not_rated: neutral_polarity"),
        (value, Some(&rule), Neutral, Activity, "not_rated: neutral_polarity"),
        (value, Some(&rule), High, Activity, "not_rated: activity"),
        (late, None, Neutral, Activity, "no_data: outstanding"),
        (Reading::NotDue { due: None }, Some(&rule), High, Kpi, "no_data: not_due"),
        (Reading::Missing(Symbol::Z), None, High, Kpi, "no_data: z"),
        (Reading::Missing(Symbol::X), None, High, Kpi, "no_data: x"),
        (Reading::Missing(Symbol::C), Some(&rule), High, Kpi, "no_data: c"),
        (Reading::Missing(Symbol::K), None, High, Kpi, "no_data: k"),
        (Reading::Missing(Symbol::U), None, High, Kpi, "no_data: u"),
    ] {
        let rag = rate_reading(reading, target, polarity, kind);
        assert_eq!(format!("{}: {}", rag.status, rag.reason), expected);
        assert!(rag.target.is_none() && rag.floor.is_none() && rag.tolerance.is_none());
    }
}

#[test]
fn a_running_total_is_rated_by_its_profile() {
    let quarter = TargetPoint::Quarter(crate::domain::period::Quarter::containing(day("2024-09-30")));
    for (rule, explanation) in [
        (
            "at_least value=80 profile_q1=20 profile_q2=40 profile_q3=60 profile_q4=80",
            "green because 41.0 meets the Q2 target of at least 40",
        ),
        (
            "at_least value=80",
            "not rated because a running total is compared with a profiled target, and this target has no profile",
        ),
    ] {
        let rule = target(rule);
        let measure = measure("financial quarterly cumulative count high");
        let rag = rate(&measure, Reading::Value(dec("41")), Some(&rule), quarter);
        assert_eq!(rag.explanation, explanation);
        assert_eq!(rag.reason == RagReason::ProfileMissing, rag.target.is_none());
    }
}

/// Terms, what the comparator came to (`-` for nothing), value, reason and explanation.
const RELATIVE: &str = "
above comparator=SN-SHEFFIELD comparator_statistic=mean | 54.2 | 66.4 | target_met | \
    green because 66.4 is above 54.2, the mean of SN-SHEFFIELD for 2025-06-30
above comparator=SN-SHEFFIELD comparator_statistic=mean | 54.24 | 54.2 | within_tolerance | \
    amber because 54.2 is within 10 % of the target 54.2 (floor 48.78); the target is the mean of SN-SHEFFIELD for 2025-06-30
at_least comparator=E92000001 comparator_statistic=published comparator_margin=-2 | 50 | 48 | target_met | \
    green because 48.0 is at least 48, the published value of E92000001 for 2025-06-30 (50) less 2
at_least comparator=G comparator_statistic=mean comparator_margin=5 | 50 | 40 | below_floor | \
    red because 40.0 is below the floor 49.5 = 55 less 10 %; the target is the mean of G for 2025-06-30 (50) plus 5
at_most comparator=G comparator_statistic=median | 0 | 0 | target_met | \
    green because 0.0 is at most 0, the median of G for 2025-06-30
at_most comparator=G comparator_statistic=median | 0 | 0.1 | above_ceiling | \
    red because 0.1 misses the target of at most 0, which has no tolerance; the target is the median of G for 2025-06-30
above comparator=SN-SHEFFIELD comparator_statistic=mean | - | 66.4 | benchmark_unavailable | \
    not rated because the target is the mean of SN-SHEFFIELD for 2025-06-30, and there is no such figure";

#[test]
fn a_relative_target_says_what_it_was_resolved_from() {
    for [rule, came_to, value, reason, explanation] in rows(RELATIVE) {
        let came_to = (came_to != "-").then(|| dec(came_to));
        let rule = target(rule).resolved(Benchmark::new(period("2025-06-30"), came_to, 1));
        let rag = rate_reading(Reading::Value(dec(value)), Some(&rule), Polarity::High, Kind::Kpi);
        assert_eq!((rag.reason.as_ref(), rag.explanation.as_str()), (reason, explanation));
        assert_eq!(rag.target.map(|target| target.0), rule.relative().and_then(|relative| relative.target()));
    }
}

#[test]
fn carries_its_inputs_exactly() -> Result<(), serde_json::Error> {
    let rag = rate_value("53.14", "at_least value=55.0000");
    let json = serde_json::to_string(&rag)?;
    assert_eq!(
        json,
        "{\"status\":\"amber\",\"reason\":\"within_tolerance\",\"explanation\":\"amber because 53.1 is within 10 % of \
         the target 55 (floor 49.5)\",\"rule_set_version\":2,\"value\":53.1,\"target\":55,\"lower\":null,\
         \"upper\":null,\"floor\":49.5,\"ceiling\":null,\"tolerance\":\"10 % of the target\"}"
    );
    assert_eq!(serde_json::from_str::<Rag>(&json)?, rag);
    Ok(())
}
