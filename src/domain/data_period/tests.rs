//! The text forms of every kind of period.
#![expect(clippy::unwrap_used, reason = "a test may stop on a wrong fixture")]

use strum::VariantNames;

use super::*;

#[test]
fn reads_and_writes_every_kind() {
    use DataPeriodKind::*;
    for (text, kind, start, end) in [
        ("2024-25-Q2", Quarter, "2024-07-01", "2024-09-30"),
        ("2024-25", FinancialYear, "2024-04-01", "2025-03-31"),
        ("AY2023-24", AcademicYear, "2023-09-01", "2024-08-31"),
        ("AY2024-25-AUT", AcademicTerm, "2024-09-01", "2024-12-31"),
        ("AY2024-25-SPR", AcademicTerm, "2025-01-01", "2025-03-31"),
        ("AY2024-25-SUM", AcademicTerm, "2025-04-01", "2025-08-31"),
        ("CY2024", CalendarYear, "2024-01-01", "2024-12-31"),
        ("2025-03", Month, "2025-03-01", "2025-03-31"),
        ("2024-02", Month, "2024-02-01", "2024-02-29"),
        ("1999-12", Month, "1999-12-01", "1999-12-31"),
        ("1999-00", FinancialYear, "1999-04-01", "2000-03-31"),
        ("2025-03-31", Date, "2025-03-31", "2025-03-31"),
        // Either the financial year or December: the financial year.
        ("2011-12", FinancialYear, "2011-04-01", "2012-03-31"),
    ] {
        let period: DataPeriod = text.parse().unwrap();
        assert_eq!(period.kind(), kind, "{text}");
        assert_eq!((period.start().to_string(), period.end().to_string()), (start.into(), end.into()), "{text}");
        assert_eq!(period.to_string(), text);
        let json = serde_json::to_string(&period).unwrap();
        assert_eq!(serde_json::from_str::<DataPeriod>(&json).unwrap(), period);
    }
}

#[test]
fn every_kinds_example_is_of_that_kind() {
    for kind in DataPeriodKind::VARIANTS {
        let kind: DataPeriodKind = kind.parse().unwrap();
        assert_eq!(kind.example().parse::<DataPeriod>().unwrap().kind(), kind);
    }
}

#[test]
fn exactly_twelve_years_can_also_be_months() {
    let ambiguous: Vec<_> = (FIRST_YEAR..=LAST_YEAR)
        .map(|year| DataPeriod::FinancialYear(super::FinancialYear::starting(year)))
        .filter(|period| period.also_month().is_some_and(|month| month.to_string() == period.to_string()))
        .map(|period| period.to_string())
        .collect();
    assert_eq!(ambiguous.len(), 12);
    assert_eq!((ambiguous[0].as_str(), ambiguous[11].as_str()), ("2000-01", "2011-12"));
}

#[test]
fn says_what_is_wrong() {
    for (text, message) in [
        ("2024-26", "`2024-26` is not a financial year: 2024 is followed by 25, so did you mean `2024-25`?"),
        ("2024-13", "`2024-13` is not a financial year: 2024 is followed by 25, so did you mean `2024-25`?"),
        ("2024-25-Q5", "`2024-25-Q5` is not a quarter: quarters run from Q1 to Q4"),
        ("AY2024-24", "`AY2024-24` is not an academic year: 2024 is followed by 25, so did you mean `AY2024-25`?"),
        ("2025-02-29", "`2025-02-29` is not a data period: there is no such day"),
        ("1066-10-14", "`1066-10-14` is not a data period: years run from 1990 to 2098"),
        ("CY1066", "`CY1066` is not a data period: years run from 1990 to 2098"),
    ] {
        assert_eq!(text.parse::<DataPeriod>().unwrap_err().to_string(), message);
    }
    for text in ["2024", "FY2024-25", "CY24", "2025-3-1", "March 2025", "", "-", "2025-03-31T00:00"] {
        let message = text.parse::<DataPeriod>().unwrap_err().to_string();
        assert!(
            message.ends_with("or `2025-03-31` (day)") || message.ends_with("write it like `2024-25`"),
            "{message}"
        );
    }
}
