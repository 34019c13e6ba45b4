//! Ways travelled with the council's own figures, and the ways that cannot be measured.

use super::*;
use crate::domain::fixtures::{dec, measure, observation, period, rows, target};
use crate::domain::target::Benchmark;

const PLANS: &str = "financial quarterly in_period percent high";

/// Change, improvement, gap at the baseline, gap now, percentage closed, whether met, and why not.
fn words(distance: &Distance) -> String {
    let number = |number: Option<Quantity>| number.map_or("-".into(), |number| number.to_string());
    let met = distance.met.map_or("-", |met| if met { "met" } else { "unmet" });
    let reason = distance.reason.map_or("-".into(), |reason| reason.to_string());
    let Distance { change, improvement, gap_at_baseline, gap_now, percent_of_gap_closed, .. } = *distance;
    let numbers = [change, improvement, gap_at_baseline, gap_now, percent_of_gap_closed].map(number);
    format!("{} {met} {reason}", numbers.join(" "))
}

fn way(rule: &str, baseline: &str, now: &str, goal: &str) -> String {
    let baseline = (baseline != "-").then(|| observation(baseline));
    words(&travelled(&measure(rule), baseline.as_ref(), &observation(now), Some(&target(goal))))
}

#[test]
fn the_worked_examples() {
    let goal = "at_least value=55";
    // Plans within 20 weeks: Q4 2024/25 to Q1 2025/26.
    assert_eq!(way(PLANS, "2024-25-Q4 16.5", "2025-26-Q1 24.0", goal), "7.5 7.5 38.5 31 19.5 unmet -");
    // Calendar years 2023 and 2024: the gap of 1.9 is under 5 % of 55; closed, it would read -215.8 %.
    let years = "calendar annual in_period percent high";
    assert_eq!(way(years, "CY2023 53.1", "CY2024 49.0", goal), "-4.1 -4.1 1.9 6 - unmet unstable");
    // Plan holders in education, employment or training: better, and no target.
    let holders = "financial quarterly snapshot percent high";
    assert_eq!(way(holders, "2024-09-30 58.2", "2025-06-30 66.4", "none"), "8.2 8.2 - - - - no_target");
    // Children looked after per 10,000.
    let looked_after = "financial annual snapshot rate neutral";
    assert_eq!(way(looked_after, "2023-24 56", "2024-25 54", "none"), "-2.0 - - - - - neutral_polarity");
    // Care leavers in education, employment or training, and pupils severely absent: no target was found.
    let leavers = "financial annual in_period percent high";
    assert_eq!(way(leavers, "2023-24 42", "2024-25 39", "none"), "-3.0 -3.0 - - - - no_target");
    let absent = "academic annual in_period percent low";
    assert_eq!(way(absent, "AY2023-24 3.36", "AY2024-25 3.67", "none"), "0.3 -0.3 - - - - no_target");
}

#[test]
fn a_relative_target_is_travelled_towards_where_it_stands() {
    let goal = target("above comparator=SN comparator_statistic=mean comparator_margin=1");
    let way = |came_to: Option<&str>| {
        let goal = goal.clone().resolved(Benchmark::new(period("2024-25-Q2"), came_to.map(dec), 1));
        let (baseline, now) = (observation("2024-25-Q1 40"), observation("2024-25-Q2 45"));
        words(&travelled(&measure(PLANS), Some(&baseline), &now, Some(&goal)))
    };
    assert_eq!(way(Some("49")), "5.0 5.0 10 5 50.0 unmet -");
    assert_eq!(way(None), "5.0 5.0 - - - - benchmark_unavailable");
}

/// Polarity, baseline, figure now, target; then as [`words`] tells the distance.
const WAYS: &str = "
high | 2024-25-Q1 40 | 2024-25-Q2 30 | at_least value=50 | -10.0 -10.0 10 20 -100.0 unmet -
high | 2024-25-Q1 40 | 2024-25-Q2 55 | at_least value=50 | 15.0 15.0 10 -5 150.0 met -
low | 2024-25-Q1 20 | 2024-25-Q2 15 | at_most value=10 | -5.0 5.0 10 5 50.0 unmet -
low | 2024-25-Q1 20 | 2024-25-Q2 20 | at_most value=10 | 0.0 0.0 10 10 0.0 unmet -
high | 2024-25-Q1 47.5 | 2024-25-Q2 48 | at_least value=50 | 0.5 0.5 2.5 2 20.0 unmet -
high | 2024-25-Q1 50 | 2024-25-Q2 55 | at_least value=50 | 5.0 5.0 0 -5 - met target_equals_baseline
high | 2024-25-Q1 50 | 2024-25-Q2 55 | at_least value=50.04 | 5.0 5.0 0.04 -4.96 - met target_equals_baseline
high | 2024-25-Q1 60 | 2024-25-Q2 55 | at_least value=50 | -5.0 -5.0 -10 -5 - met met_at_baseline
high | 2024-25-Q1 0.1 | 2024-25-Q2 0.3 | at_least value=0.5 | 0.2 0.2 0.4 0.2 - unmet unstable
high | 2024-25-Q1 x | 2024-25-Q2 30 | at_least value=50 | - - - 20 - unmet no_baseline
high | 2024-25-Q1 40 | 2024-25-Q2 x | at_least value=50 | - - 10 - - - no_value
high | CY2023 53.1 | 2024-25-Q4 16.5 | at_least value=55 | - - - 38.5 - unmet rebaseline_required";

#[test]
fn says_what_can_be_said() {
    for [polarity, baseline, now, goal, expected] in rows(WAYS) {
        let rule = format!("financial quarterly in_period percent {polarity}");
        assert_eq!(way(&rule, baseline, now, goal), expected, "{baseline} to {now}");
    }
    let none = travelled(&measure(PLANS), None, &observation("2024-25-Q2 30"), Some(&target("at_least value=50")));
    assert_eq!(words(&none), "- - - 20 - unmet no_baseline");
}

#[test]
fn a_band_is_measured_to_its_nearer_edge() {
    let rule = "financial quarterly in_period score band";
    for (baseline, now, expected) in [
        ("2024-25-Q1 30", "2024-25-Q2 35", "5.0 5.0 10 5 50.0 unmet -"),
        ("2024-25-Q1 60", "2024-25-Q2 45", "-15.0 10.0 10 0 100.0 met -"),
        ("2024-25-Q1 45", "2024-25-Q2 55", "10.0 -5.0 0 5 - unmet met_at_baseline"),
        ("2024-25-Q1 40", "2024-25-Q2 45", "5.0 0 0 0 - met target_equals_baseline"),
    ] {
        assert_eq!(way(rule, baseline, now, "band lower=40 upper=50"), expected, "{baseline} to {now}");
    }
}

#[test]
fn a_running_count_waits_for_the_end_of_the_year() {
    let places = "financial quarterly cumulative count high";
    for (baseline, now, expected) in [
        ("2023-24-Q4 56", "2024-25-Q4 68", "12.0 12.0 24 12 50.0 unmet -"),
        ("2023-24-Q2 20", "2024-25-Q2 41", "21.0 - - - - - part_of_year"),
        ("2023-24-Q4 56", "2024-25-Q2 41", "- - - - - - part_of_year"),
        ("2023-24-Q2 20", "2024-25-Q4 68", "- - - 12 - unmet rebaseline_required"),
    ] {
        assert_eq!(way(places, baseline, now, "at_least value=80"), expected, "{baseline} to {now}");
    }
    // A running percentage is on the scale of the year's.
    let share = "financial quarterly cumulative percent high";
    assert_eq!(way(share, "2023-24-Q4 56", "2024-25-Q2 68", "at_least value=80"), "12.0 12.0 24 12 50.0 unmet -");
}

#[test]
fn a_new_definition_or_an_activity_is_not_measured() {
    let goal = target("at_least value=55");
    let (then, now) = (observation("2024-25-Q1 40"), observation("2024-25-Q2 50"));
    let redefined = Observation { series: 2, ..now };
    let broken = travelled(&measure(PLANS), Some(&then), &redefined, Some(&goal));
    assert_eq!(words(&broken), "- - - 5 - unmet rebaseline_required");
    let activity = MeasureRule { kind: Kind::Activity, ..measure(PLANS) };
    let watched = travelled(&activity, Some(&then), &now, Some(&goal));
    assert_eq!(words(&watched), "10.0 - - - - - activity");
    assert_eq!(watched.baseline, Some(Quantity(dec("40.0"))));
}
