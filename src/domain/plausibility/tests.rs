//! What is unlikely, and what is not called so.

use super::super::fixtures::{dec, period, period_rule};
use super::*;
use crate::domain::terms::Unit;

const PERCENT: Scale = Scale { unit: Unit::Percent, rate_base: None, decimal_places: 1 };

/// Quarters before 2024-25-Q4, newest last.
fn quarters(count: usize) -> Vec<String> {
    (0..count).map(|back| (2024 - back / 4, 3 - back % 4)).map(|(year, at)| quarter(year, at + 1)).rev().collect()
}

fn quarter(year: usize, number: usize) -> String {
    // The newest is the quarter before the last of 2024-25.
    let (year, number) = if number == 1 { (year - 1, 4) } else { (year, number - 1) };
    format!("{year}-{:02}-Q{number}", (year + 1) % 100)
}

fn figure(text: &str) -> Figure {
    match text.split_once('/') {
        Some((numerator, denominator)) => {
            Figure { numerator: Some(dec(numerator)), denominator: Some(dec(denominator)), ..Figure::default() }
        }
        None => Figure { value: Some(dec(text)), ..Figure::default() },
    }
}

fn codes(rule: &str, earlier: &str, now: &str) -> Vec<&'static str> {
    let earlier: Vec<&str> = earlier.split_whitespace().collect();
    let periods = quarters(earlier.len());
    let history: Vec<Earlier> = periods
        .iter()
        .zip(&earlier)
        .map(|(quarter, text)| Earlier { period: period(quarter), figure: figure(text) })
        .collect();
    let figure = figure(now);
    let candidate =
        Candidate { rule: period_rule(rule), scale: &PERCENT, period: period("2024-25-Q4"), figure: &figure };
    candidate.doubts(&history).into_iter().map(|doubt| doubt.code).collect()
}

#[test]
fn the_fixture_counts_quarters_back() {
    assert_eq!(quarters(4), ["2023-24-Q4", "2024-25-Q1", "2024-25-Q2", "2024-25-Q3"]);
}

#[test]
fn an_outlier_is_far_from_the_median_of_the_measures_own_history() {
    let steady = "50 51 52 53 50 51 52 53";
    for (what, earlier, now, found) in [
        ("as ever", steady, "54", &[][..]),
        ("z = 0.6745 × 5.2 / 1 is 3.5", steady, "56.6", &[]),
        ("a little more is too far", steady, "56.8", &["unlike_history"]),
        ("below as above", steady, "46.2", &["unlike_history"]),
        ("seven say nothing", "50 51 52 53 50 51 52", "99", &[]),
        ("an old outlier stretches nothing", "50 51 52 53 50 51 52 99", "60", &["unlike_history"]),
        ("never moved, and moves a little", "50 50 50 50 50 50 50 50", "50.3", &[]),
        ("never moved, and moves", "50 50 50 50 50 50 50 50", "50.4", &["unlike_history"]),
        ("moved once", "50 50 50 50 50 50 50 58", "54", &[]),
        (
            "parts give the value",
            "50/100 51/100 52/100 53/100 50/100 51/100 52/100 53/100",
            "90/100",
            &["unlike_history"],
        ),
    ] {
        assert_eq!(codes("financial quarterly in_period", earlier, now), found, "{what}");
    }
}

#[test]
fn what_counts_up_is_compared_with_the_same_quarter_of_other_years() {
    // Eight years, and the three quarters before the last: of that, 40 is the ninth.
    let years = "10 20 30 40 ".repeat(9);
    let ours = years.trim_end_matches(" 40 ");
    assert_eq!(codes("financial quarterly cumulative", ours, "40"), [] as [&str; 0]);
    assert_eq!(codes("financial quarterly in_period", ours, "40"), [] as [&str; 0]);
    // Of a measure that counts up, thirty at the end of the year is unlike every year before.
    assert_eq!(codes("financial quarterly cumulative", ours, "30"), ["unlike_history"]);
    assert_eq!(codes("financial quarterly in_period", ours, "30"), [] as [&str; 0]);
}

#[test]
fn a_denominator_jumps_when_it_doubles_or_halves() {
    for (earlier, now, found) in [
        ("50/100 55/110 50/100", "110/220", &["denominator_jumped"][..]),
        ("50/100 55/110 50/100", "100/200", &[]),
        ("50/100 55/110 50/100", "20/49", &["denominator_jumped"]),
        ("50/100 55/110 50/100", "20/50", &[]),
        ("55/110 50/100", "500/1000", &[]),
        ("50/100 50/100 50/100 300/600", "310/620", &["denominator_jumped"]),
        ("50/100 300/600 300/600 300/600", "310/620", &[]),
        ("2/4 2/4 2/4", "6/12", &[]),
    ] {
        assert_eq!(codes("financial quarterly in_period", earlier, now), found, "{earlier}, then {now}");
    }
}

#[test]
fn an_explained_share_that_is_not_its_parts_is_told() {
    let figure = Figure { value: Some(dec("51")), ..figure("50/100") };
    let rule = period_rule("financial quarterly in_period");
    let doubts = Candidate { rule, scale: &PERCENT, period: period("2024-25-Q4"), figure: &figure }.doubts(&[]);
    assert_eq!(doubts.len(), 1);
    assert_eq!(doubts[0].code, "value_differs_from_parts");
    assert_eq!(doubts[0].detail, "51.0 is not 50 / 100 × 100 = 50.0; the quality note says why");
}
