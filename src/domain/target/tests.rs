//! Targets that make sense, every way in which one does not, and where their limits lie.
#![expect(clippy::unwrap_used, reason = "a test may stop on a wrong fixture")]

use super::*;
use crate::domain::fixtures::{dec, period, period_rule, rows, target, target_terms};

/// Polarity, terms, and what is wrong with them on a percentage.
const FAULTS: &str = "
high | at_least value=55 |
high | above value=55 tolerance=5 |
high | none |
band | band lower=40 upper=50 |
neutral | at_most value=3 |
low | at_most value=0 tolerance_kind=absolute tolerance=1 |
low | at_most value=0 tolerance_kind=floor tolerance=2 |
high | at_least value=90 tolerance_kind=asymmetric tolerance_below=2 tolerance_above=1 |
high | at_least value=90 tolerance_kind=floor tolerance=90 |
low | at_most value=0 tolerance_kind=relative | tolerance_kind relative_tolerance_on_zero
low | at_most value=0 | tolerance_kind relative_tolerance_on_zero
band | band lower=0 upper=5 | tolerance_kind relative_tolerance_on_zero
high | at_least | value required
band | band value=4 | value not_allowed, lower required, upper required
band | band lower=5 upper=5 | lower lower_not_below_upper
high | at_least value=5 lower=1 upper=2 | lower not_allowed, upper not_allowed
high | none value=5 tolerance=3 | value not_allowed, tolerance not_allowed
high | none tolerance_kind=floor | tolerance_kind not_allowed
high | at_most value=5 | kind kind_against_polarity
high | band lower=1 upper=5 | kind kind_against_polarity
low | above value=5 | kind kind_against_polarity
band | at_least value=5 | kind kind_against_polarity
high | at_least value=5 tolerance=-1 | tolerance negative
high | at_least value=5 tolerance=101 | tolerance out_of_range
high | at_least value=5 tolerance_kind=absolute | tolerance required
high | at_least value=5 tolerance_below=1 | tolerance_below not_allowed
high | at_least value=5 tolerance_kind=asymmetric tolerance_below=1 | tolerance_above required
high | at_least value=5 tolerance_kind=floor | tolerance required
high | at_least value=5 tolerance_kind=floor tolerance=6 | tolerance floor_on_wrong_side
low | at_most value=5 tolerance_kind=floor tolerance=4 | tolerance floor_on_wrong_side
band | band lower=1 upper=5 tolerance_kind=floor tolerance=0 | tolerance_kind not_allowed
high | at_least value=101 | value out_of_range
high | at_least value=1.00001 | value too_many_decimal_places
high | at_most value=-5 tolerance=-1 tolerance_below=3 upper=4 | value out_of_range, tolerance negative, \
    kind kind_against_polarity, upper not_allowed, tolerance_below not_allowed";

/// Terms of a running total, and what is wrong with them.
const PROFILE_FAULTS: &str = "
at_least value=80 profile_q1=20 profile_q2=40 profile_q3=60 profile_q4=80 |
at_least value=80 profile_q1=80 profile_q2=80 profile_q3=80 profile_q4=80 |
at_least value=80 profile_q1=95 profile_q2=90 profile_q3=85 profile_q4=80.0 |
at_least value=80 profile_q1=20 profile_q2=60 profile_q3=40 profile_q4=80 | profile_q1 profile_not_monotone
at_least value=80 profile_q1=20 profile_q2=30 profile_q3=40 profile_q4=90 | profile_q4 profile_not_ending_at_target
at_least value=80 profile_q3=30 profile_q4=80 | profile_q1 profile_incomplete, profile_q2 profile_incomplete
at_least value=80 profile_q1=0 profile_q2=40 profile_q3=60 profile_q4=80 | tolerance_kind relative_tolerance_on_zero
at_least value=80 profile_q1=2 profile_q2=4 profile_q3=6 profile_q4=80 tolerance_kind=floor tolerance=3 | \
    tolerance floor_on_wrong_side
none profile_q1=1 profile_q2=2 profile_q3=3 profile_q4=4 | profile_q1 not_allowed";

/// Terms, last amber value below and above.
const LIMITS: &str = "
at_least value=55 | 49.5 | none
at_least value=55 tolerance=0 | 55 | none
at_least value=-55 | -60.5 | none
above value=55 tolerance_kind=absolute tolerance=2 | 53 | none
at_least value=55 tolerance_kind=asymmetric tolerance_below=2 tolerance_above=1 | 53 | none
at_least value=55 tolerance_kind=floor tolerance=50 | 50 | none
at_most value=55 | none | 60.5
below value=85 tolerance_kind=asymmetric tolerance_below=2 tolerance_above=1 | none | 86
at_most value=5 tolerance_kind=floor tolerance=9 | none | 9
band lower=40 upper=50 | 36 | 55
band lower=40 upper=50 tolerance_kind=absolute tolerance=3 | 37 | 53
band lower=4 upper=5 tolerance_kind=asymmetric tolerance_below=2 tolerance_above=1 | 2 | 6";

fn codes(text: &str, polarity: Polarity, accumulation: Accumulation) -> String {
    let faults = TargetRule::new(&target_terms(text), polarity, accumulation, Unit::Percent).err().unwrap_or_default();
    let codes: Vec<_> = faults.iter().map(|fault| format!("{} {}", fault.field, fault.code)).collect();
    codes.join(", ")
}

#[test]
fn finds_everything_wrong_with_a_target() {
    for [polarity, text, wrong] in rows(FAULTS) {
        assert_eq!(codes(text, polarity.parse().unwrap(), Accumulation::InPeriod), wrong, "{polarity} {text}");
    }
}

#[test]
fn a_profile_goes_one_way_and_ends_at_the_target() {
    for [text, wrong] in rows(PROFILE_FAULTS) {
        assert_eq!(codes(text, Polarity::High, Accumulation::Cumulative), wrong, "{text}");
    }
    let flat = "at_least value=8 profile_q1=8 profile_q2=8 profile_q3=8 profile_q4=8";
    assert_eq!(codes(flat, Polarity::High, Accumulation::Snapshot), "profile_q1 profile_not_cumulative");
}

#[test]
fn says_what_would_be_right() {
    for (text, detail) in [
        (
            "at_most value=55",
            "`at_most` does not fit a measure where higher is better: give `at_least` or `above`, or `none`",
        ),
        (
            "at_least value=0",
            "a percentage of 0 is 0: for a target of 0 give tolerance_kind `absolute` and how far off is still amber",
        ),
        ("at_least value=55 tolerance_kind=floor tolerance=60.0", "the floor 60 is above the target 55"),
    ] {
        let terms = target_terms(text);
        let faults = TargetRule::new(&terms, Polarity::High, Accumulation::InPeriod, Unit::Percent).unwrap_err();
        assert_eq!(faults[0].detail, detail);
    }
}

#[test]
fn limits_lie_where_the_tolerance_says() {
    for [text, floor, ceiling] in rows(LIMITS) {
        let limits = target(text).limits(TargetPoint::Year).unwrap();
        assert_eq!((limits.floor(), limits.ceiling()), (floor.parse().ok(), ceiling.parse().ok()), "{text}");
    }
}

#[test]
fn a_running_total_is_judged_by_its_own_quarter() {
    let profiled = target("at_least value=80 profile_q1=20 profile_q2=40 profile_q3=60 profile_q4=80");
    let (bare, none) = (target("at_least value=80"), target("none"));
    let quarter = TargetPoint::Quarter("2024-25-Q2".parse().unwrap());
    let limits = profiled.limits(quarter).unwrap();
    assert_eq!((limits.lower.unwrap().target, limits.floor(), limits.quarter), (dec("40"), Some(dec("36")), Some(2)));
    assert_eq!(bare.limits(quarter), Err(NoLimits::ProfileMissing));
    assert_eq!(none.limits(quarter), Err(NoLimits::NoTarget));
    assert_eq!(none.limits(TargetPoint::Year), Err(NoLimits::NoTarget));
}

#[test]
fn only_what_adds_up_is_judged_part_way_through_the_year() {
    for (rule, about, reported, point) in [
        ("financial quarterly in_period", "2024-25-Q2", "2024-25-Q2", None),
        ("financial quarterly snapshot", "2024-09-30", "2024-25-Q2", None),
        ("financial quarterly cumulative", "2024-25-Q2", "2024-25-Q2", Some("2024-25-Q2")),
        ("financial quarterly cumulative", "2024-25-Q4", "2024-25-Q4", Some("2024-25-Q4")),
        ("financial monthly cumulative", "2024-08", "2024-25-Q2", Some("2024-25-Q2")),
        ("financial annual cumulative", "2024-25", "2025-26-Q1", None),
        ("academic termly cumulative", "AY2024-25-AUT", "2024-25-Q4", Some("2024-25-Q4")),
        ("academic termly cumulative", "AY2024-25-SUM", "2025-26-Q3", None),
        ("academic termly cumulative", "AY2024-25", "2025-26-Q3", None),
        ("september annual cumulative", "2024-09-30", "2024-25-Q3", None),
    ] {
        let expected = point.map_or(TargetPoint::Year, |quarter| TargetPoint::Quarter(quarter.parse().unwrap()));
        let found = TargetPoint::of(&period_rule(rule), &period(about), reported.parse().unwrap());
        assert_eq!(found, expected, "{rule} {about}");
    }
}
