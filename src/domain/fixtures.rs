//! Short ways to write the values that tests are made of.
#![expect(clippy::unwrap_used, reason = "a test may stop on a wrong fixture")]

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::data_period::DataPeriod;
use super::figure::Scale;
use super::measure_rule::{MeasureRule, Observation};
use super::period_rule::PeriodRule;
use super::reading::Reading;
use super::target::{TargetRule, TargetTerms};
use super::terms::{Accumulation, Kind, Polarity, Stage, Unit};

/// `16.5`
pub fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// `2024-25-Q2`
pub fn period(text: &str) -> DataPeriod {
    text.parse().unwrap()
}

/// `financial quarterly in_period`
pub fn period_rule(text: &str) -> PeriodRule {
    let [calendar, frequency, accumulation] = *text.split(' ').collect::<Vec<_>>().as_slice() else {
        panic!("{text}: calendar, frequency and accumulation");
    };
    PeriodRule {
        calendar: calendar.parse().unwrap(),
        frequency: frequency.parse().unwrap(),
        accumulation: accumulation.parse().unwrap(),
    }
}

/// `2025-04-30`
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Reads a target's terms: `at_least value=55 tolerance_kind=absolute tolerance=2 profile_q1=10`.
pub fn target_terms(text: &str) -> TargetTerms {
    let (kind, rest) = text.split_once(' ').unwrap_or((text, ""));
    let word = |name| rest.split(' ').find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
    let number = |name| word(name).map(dec);
    TargetTerms {
        kind: kind.parse().unwrap(),
        value: number("value"),
        comparator: word("comparator").map(|code| code.parse().unwrap()),
        comparator_statistic: word("comparator_statistic").map(|statistic| statistic.parse().unwrap()),
        comparator_margin: number("comparator_margin"),
        lower: number("lower"),
        upper: number("upper"),
        tolerance_kind: word("tolerance_kind").map(|kind| kind.parse().unwrap()),
        tolerance: number("tolerance"),
        tolerance_below: number("tolerance_below"),
        tolerance_above: number("tolerance_above"),
        profile: ["profile_q1", "profile_q2", "profile_q3", "profile_q4"].map(number),
    }
}

/// The target that `text` describes, of a measure that it fits.
pub fn target(text: &str) -> TargetRule {
    let terms = target_terms(text);
    let adds_up = terms.profile.iter().any(Option::is_some);
    let accumulation = if adds_up { Accumulation::Cumulative } else { Accumulation::InPeriod };
    TargetRule::new(&terms, Polarity::Neutral, accumulation, Unit::Score).unwrap()
}

/// A performance indicator: `financial quarterly in_period percent high`, printed to one decimal place.
pub fn measure(text: &str) -> MeasureRule {
    let words: Vec<_> = text.split(' ').collect();
    let scale = Scale { unit: words[3].parse().unwrap(), rate_base: None, decimal_places: 1 };
    MeasureRule {
        period: period_rule(&words[..3].join(" ")),
        scale,
        kind: Kind::Kpi,
        polarity: words[4].parse().unwrap(),
        stable_band: Decimal::ZERO,
    }
}

/// A final figure: `2024-25-Q4 16.5`, with a symbol where there is no number.
pub fn observation(text: &str) -> Observation {
    let (about, figure) = text.split_once(' ').unwrap();
    let number = figure.parse().map(Reading::Value);
    Observation {
        data_period: period(about),
        reading: number.unwrap_or_else(|_| Reading::Missing(figure.parse().unwrap())),
        stage: Stage::Final,
        series: 1,
    }
}

/// The rows of a table written as text, a line for each, its cells parted by `|`.
pub fn rows<const COLUMNS: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; COLUMNS]> {
    let cells = |row: &'static str| row.split('|').map(str::trim).collect::<Vec<_>>();
    table.trim().lines().map(move |row| cells(row).try_into().unwrap())
}
