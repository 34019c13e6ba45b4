//! The sentences, word for word.

use crate::domain::fixtures::{day, dec, rows, target};
use crate::domain::rag::tests::{rate_reading, rate_value};
use crate::domain::reading::Reading;
use crate::domain::terms::{Kind, Polarity, Symbol};

#[test]
fn the_worked_examples() {
    // New education, health and care plans within 20 weeks: Q4 2024/25, Q1 2025/26, calendar years 2023 and 2024.
    for (value, explanation) in [
        ("16.5", "red because 16.5 is below the floor 49.5 = 55 less 10 %"),
        ("24.0", "red because 24.0 is below the floor 49.5 = 55 less 10 %"),
        ("53.1", "amber because 53.1 is within 10 % of the target 55 (floor 49.5)"),
        ("49.0", "red because 49.0 is below the floor 49.5 = 55 less 10 %"),
    ] {
        assert_eq!(rate_value(value, "at_least value=55").explanation, explanation);
    }
}

/// Target, value and sentence.
const SENTENCES: &str = "
at_least value=55 | 55 | green because 55.0 meets the target of at least 55
above value=85 | 86 | green because 86.0 meets the target of more than 85
below value=85 | 84 | green because 84.0 meets the target of less than 85
at_most value=55 | 55.5 | amber because 55.5 is within 10 % of the target 55 (ceiling 60.5)
at_most value=55 | 61 | red because 61.0 is above the ceiling 60.5 = 55 plus 10 %
at_most value=55 tolerance=0 | 56 | red because 56.0 misses the target of at most 55, which has no tolerance
at_least value=55 tolerance_kind=asymmetric tolerance_below=2 tolerance_above=1 | 53 \
    | amber because 53.0 is within 2 of the target 55 (floor 53)
at_least value=55 tolerance_kind=asymmetric tolerance_below=2 tolerance_above=1 | 52 \
    | red because 52.0 is below the floor 53 = 55 less 2
at_least value=55 tolerance_kind=floor tolerance=50 | 52 \
    | amber because 52.0 misses the target of at least 55 but not the floor 50
at_least value=55 tolerance_kind=floor tolerance=50 | 49 | red because 49.0 is below the floor 50 set for the target 55
band lower=40 upper=50 | 42 | green because 42.0 is within the target band 40 to 50
band lower=40 upper=50 | 38 | amber because 38.0 is within 10 % of the target band 40 to 50 (floor 36)
band lower=40 upper=50 | 52 | amber because 52.0 is within 10 % of the target band 40 to 50 (ceiling 55)
band lower=40 upper=50 | 35 | red because 35.0 is below the floor 36 = 40 less 10 %
band lower=40 upper=50 | 56 | red because 56.0 is above the ceiling 55 = 50 plus 10 %
band lower=40 upper=50 tolerance=0 | 39 | red because 39.0 is below the target band 40 to 50, which has no tolerance";

#[test]
fn explains_every_colour() {
    for [rule, value, explanation] in rows(SENTENCES) {
        assert_eq!(rate_value(value, rule).explanation, explanation);
    }
}

#[test]
fn explains_why_there_is_no_colour() {
    let due = day("2025-04-30");
    for (reading, explanation) in [
        (Reading::Value(dec("5")), "not rated because there is no target for this year"),
        (Reading::NotDue { due: Some(day("2025-11-29")) }, "no data: not due until 29 November 2025"),
        (Reading::NotDue { due: None }, "no data: nothing falls due in this quarter"),
        (Reading::Outstanding { due, days_late: 12 }, "no data: outstanding since 30 April 2025, 12 days late"),
        (Reading::Outstanding { due, days_late: 1 }, "no data: outstanding since 30 April 2025, 1 day late"),
        (Reading::Missing(Symbol::Z), "no data: not applicable (symbol z)"),
        (Reading::Missing(Symbol::C), "no data: confidential, suppressed (symbol c)"),
        (Reading::Missing(Symbol::K), "no data: rounds to zero but is not zero (symbol k)"),
    ] {
        assert_eq!(rate_reading(reading, None, Polarity::High, Kind::Kpi).explanation, explanation);
    }
}

#[test]
fn explains_why_a_figure_is_not_rated() {
    let rule = target("at_least value=55");
    for (polarity, kind, explanation) in [
        (Polarity::Neutral, Kind::Kpi, "not rated because neither direction is good for this measure"),
        (Polarity::High, Kind::Activity, "not rated because this measure watches activity, which is never coloured"),
    ] {
        let rag = rate_reading(Reading::Value(dec("5")), Some(&rule), polarity, kind);
        assert_eq!(rag.explanation, explanation);
    }
}
