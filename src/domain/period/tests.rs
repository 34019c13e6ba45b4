//! Every quarter there is, and the texts that are none.
#![expect(clippy::unwrap_used, reason = "a test may stop on a wrong fixture")]

use chrono::Days;
use utoipa::PartialSchema;

use super::super::period_error::{FIRST_YEAR, LAST_YEAR};
use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn every_quarter() -> impl Iterator<Item = Quarter> {
    (FIRST_YEAR..=LAST_YEAR).flat_map(|year| FinancialYear::starting(year).quarters())
}

#[test]
fn every_quarter_reads_back_as_itself() {
    assert_eq!(every_quarter().count(), 436);
    for quarter in every_quarter() {
        assert_eq!(quarter.to_string().parse(), Ok(quarter));
        assert_eq!(quarter.year().to_string().parse(), Ok(quarter.year()));
        let json = serde_json::to_string(&quarter).unwrap();
        assert_eq!(json, format!("\"{quarter}\""));
        assert_eq!(serde_json::from_str::<Quarter>(&json).unwrap(), quarter);
    }
}

#[test]
fn quarters_and_years_follow_one_another_without_a_gap() {
    for quarter in every_quarter() {
        let next = quarter.next();
        assert_eq!(next.previous(), quarter);
        assert!(quarter < next);
        assert_eq!(quarter.end() + Days::new(1), next.start());
        assert_eq!(Quarter::containing(quarter.start()), quarter);
        assert_eq!(Quarter::containing(quarter.end()), quarter);
        assert_eq!(quarter.previous().previous().previous().previous(), quarter.same_quarter_last_year());
        assert_eq!(quarter.same_quarter_last_year().number(), quarter.number());

        let year = quarter.year();
        assert_eq!(year.quarters()[usize::from(quarter.number()) - 1], quarter);
        assert_eq!(year.next().previous(), year);
        assert_eq!(year.end() + Days::new(1), year.next().start());
        assert_eq!(FinancialYear::containing(quarter.end()), year);
    }
}

#[test]
fn the_year_begins_in_april() {
    for (text, start, end) in [
        ("2024-25-Q1", "2024-04-01", "2024-06-30"),
        ("2024-25-Q2", "2024-07-01", "2024-09-30"),
        ("2024-25-Q3", "2024-10-01", "2024-12-31"),
        ("2024-25-Q4", "2025-01-01", "2025-03-31"),
        ("1999-00-Q4", "2000-01-01", "2000-03-31"),
    ] {
        let quarter: Quarter = text.parse().unwrap();
        assert_eq!((quarter.start(), quarter.end()), (day(start), day(end)), "{text}");
    }
    let year: FinancialYear = "2024-25".parse().unwrap();
    assert_eq!((year.start(), year.end()), (day("2024-04-01"), day("2025-03-31")));
    assert_eq!(year.start_year(), 2024);
}

#[test]
fn says_what_is_wrong_with_a_quarter_and_what_would_be_right() {
    for (text, message) in [
        ("2024-26-Q1", "`2024-26-Q1` is not a quarter: 2024 is followed by 25, so did you mean `2024-25-Q1`?"),
        ("1999-99-Q1", "`1999-99-Q1` is not a quarter: 1999 is followed by 00, so did you mean `1999-00-Q1`?"),
        ("2024-25-Q5", "`2024-25-Q5` is not a quarter: quarters run from Q1 to Q4"),
        ("2024-25-Q0", "`2024-25-Q0` is not a quarter: quarters run from Q1 to Q4"),
        ("2024-25-Q12", "`2024-25-Q12` is not a quarter: quarters run from Q1 to Q4"),
        ("1989-90-Q1", "`1989-90-Q1` is not a quarter: years run from 1990 to 2098"),
        ("2099-00-Q1", "`2099-00-Q1` is not a quarter: years run from 1990 to 2098"),
        ("2024-25", "`2024-25` is not a quarter: write it like `2024-25-Q2`"),
        ("Q2 2024", "`Q2 2024` is not a quarter: write it like `2024-25-Q2`"),
        ("2024/25-Q2", "`2024/25-Q2` is not a quarter: write it like `2024-25-Q2`"),
        ("2024-25-Qx", "`2024-25-Qx` is not a quarter: write it like `2024-25-Q2`"),
        ("٢٠٢٤-25-Q1", "`٢٠٢٤-25-Q1` is not a quarter: write it like `2024-25-Q2`"),
        ("", "`` is not a quarter: write it like `2024-25-Q2`"),
    ] {
        assert_eq!(text.parse::<Quarter>().unwrap_err().to_string(), message);
    }
}

#[test]
fn says_what_is_wrong_with_a_year() {
    for (text, message) in [
        ("2024-26", "`2024-26` is not a financial year: 2024 is followed by 25, so did you mean `2024-25`?"),
        ("2024", "`2024` is not a financial year: write it like `2024-25`"),
        ("2024-2025", "`2024-2025` is not a financial year: write it like `2024-25`"),
        ("+024-25", "`+024-25` is not a financial year: write it like `2024-25`"),
    ] {
        assert_eq!(text.parse::<FinancialYear>().unwrap_err().to_string(), message);
    }
    assert_eq!("1999-00".parse(), Ok(FinancialYear::starting(1999)));
}

#[test]
fn is_a_string_with_a_pattern_in_the_document() {
    let schema = serde_json::to_value(Quarter::schema()).unwrap();
    assert_eq!(schema["type"], "string");
    assert_eq!(schema["format"], "financial-quarter");
    assert_eq!(schema["pattern"], "^[0-9]{4}-[0-9]{2}-Q[1-4]$");
    assert_eq!(schema["examples"][0], "2024-25-Q2");
}
