//! What figure falls due in a reporting quarter, and when.

use chrono::{Datelike, Days, NaiveDate, TimeDelta, Weekday};

use super::academic::{AcademicTerm, AcademicYear};
use super::comparison::PeriodLine;
use super::data_period::{DataPeriod, DataPeriodKind};
use super::period::{FinancialYear, Quarter};
use super::period_rule::PeriodRule;
use super::terms::Calendar;

/// The figure that a reporting quarter waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Expected {
    /// The period that it is about.
    pub data_period: DataPeriod,
    /// The day by which it is expected; late from the next day on.
    pub due: NaiveDate,
}

impl PeriodRule {
    /// The figure that falls due in `quarter`, `expected_lag_days` after its period has ended.
    ///
    /// A monthly or quarterly measure owes every reporting quarter the period that ends with it, however long the lag.
    /// A termly or annual one owes a figure only in the quarter that holds its due day, and nothing (`None`) in the
    /// others; if two terms fall due in one quarter, the later.
    pub fn expected(&self, quarter: Quarter, expected_lag_days: i32) -> Option<Expected> {
        let lag = TimeDelta::days(expected_lag_days.into());
        let every_quarter = matches!(self.line(), PeriodLine::Month | PeriodLine::Quarter);
        let data_period = if every_quarter {
            self.ending_with(quarter)
        } else {
            self.last_ended_by(quarter.end().checked_sub_signed(lag)?)?
        };
        let due = data_period.end().checked_add_signed(lag)?;
        (every_quarter || due >= quarter.start()).then_some(Expected { data_period, due })
    }

    fn ending_with(&self, quarter: Quarter) -> DataPeriod {
        match self.own_kind() {
            DataPeriodKind::Month => DataPeriod::Month(quarter.last_month()),
            DataPeriodKind::Date => DataPeriod::Date(quarter.end()),
            _ => DataPeriod::Quarter(quarter),
        }
    }

    /// The last of the measure's terms or years that was over by the end of `day`.
    fn last_ended_by(&self, day: NaiveDate) -> Option<DataPeriod> {
        let tomorrow = day.checked_add_days(Days::new(1))?;
        Some(match (self.line(), self.calendar) {
            (PeriodLine::Term, _) => DataPeriod::AcademicTerm(AcademicTerm::containing(tomorrow).previous()),
            (_, Calendar::Financial) => DataPeriod::FinancialYear(FinancialYear::containing(tomorrow).previous()),
            (_, Calendar::Academic) => DataPeriod::AcademicYear(AcademicYear::containing(tomorrow).previous()),
            (_, Calendar::Calendar) => DataPeriod::CalendarYear(tomorrow.year() - 1),
            (_, Calendar::September) => DataPeriod::Date(last_of_yearly(day, thirtieth_of_september)?),
            (_, Calendar::JanuaryCensus) => DataPeriod::Date(last_of_yearly(day, january_census_day)?),
        })
    }
}

/// The last day of a yearly kind that is not after `day`.
fn last_of_yearly(day: NaiveDate, in_year: fn(i32) -> Option<NaiveDate>) -> Option<NaiveDate> {
    in_year(day.year()).filter(|date| *date <= day).or_else(|| in_year(day.year() - 1))
}

/// The day of the social work workforce census.
fn thirtieth_of_september(year: i32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, 9, 30)
}

/// The day of the spring school census: the third Thursday of January.
fn january_census_day(year: i32) -> Option<NaiveDate> {
    NaiveDate::from_weekday_of_month_opt(year, 1, Weekday::Thu, 3)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop on a wrong fixture")]
mod tests {
    use super::super::fixtures::{period_rule, rows};
    use super::super::period_error::{FIRST_YEAR, LAST_YEAR};
    use super::*;

    /// Measure, lag in days, reporting quarter, and what falls due in it by when.
    const DUE: &str = "
financial quarterly in_period | 30 | 2024-25-Q4 | 2024-25-Q4 by 2025-04-30
financial quarterly snapshot | 0 | 2024-25-Q1 | 2024-25-Q1 by 2024-06-30
financial quarterly rolling_12_months | 183 | 2024-25-Q1 | 2024-25-Q1 by 2024-12-30
financial monthly in_period | 14 | 2024-25-Q2 | 2024-09 by 2024-10-14
september quarterly snapshot | 10 | 2024-25-Q2 | 2024-09-30 by 2024-10-10
financial annual in_period | 210 | 2025-26-Q3 | 2024-25 by 2025-10-27
financial annual in_period | 210 | 2025-26-Q2 | nothing
financial annual snapshot | 0 | 2024-25-Q4 | 2024-25 by 2025-03-31
academic annual in_period | 90 | 2025-26-Q3 | AY2024-25 by 2025-11-29
academic annual in_period | 90 | 2025-26-Q4 | nothing
academic termly cumulative | 60 | 2025-26-Q4 | AY2025-26-AUT by 2026-03-01
academic termly cumulative | 60 | 2025-26-Q1 | AY2024-25-SPR by 2025-05-30
academic termly cumulative | 60 | 2025-26-Q3 | AY2024-25-SUM by 2025-10-30
academic termly cumulative | 60 | 2025-26-Q2 | nothing
calendar annual in_period | 180 | 2025-26-Q1 | CY2024 by 2025-06-29
september annual snapshot | 150 | 2025-26-Q4 | 2025-09-30 by 2026-02-27
september annual snapshot | 0 | 2025-26-Q2 | 2025-09-30 by 2025-09-30
january_census annual snapshot | 0 | 2024-25-Q4 | 2025-01-16 by 2025-01-16
january_census annual snapshot | 140 | 2025-26-Q1 | 2025-01-16 by 2025-06-05
january_census annual snapshot | 0 | 2025-26-Q3 | nothing
financial quarterly in_period | 2147483647 | 2024-25-Q4 | nothing";

    #[test]
    fn each_quarter_waits_for_what_falls_due_in_it() {
        for [rule, lag, quarter, expected] in rows(DUE) {
            let found = period_rule(rule).expected(quarter.parse().unwrap(), lag.parse().unwrap());
            let found = found.map_or("nothing".into(), |found| format!("{} by {}", found.data_period, found.due));
            assert_eq!(found, expected, "{rule}, {lag} days, {quarter}");
        }
    }

    #[test]
    fn every_year_falls_due_exactly_once_and_fits_its_measure() {
        for calendar in ["financial", "academic", "calendar", "september", "january_census"] {
            for lag in [0, 45, 91, 210, 400, 1000] {
                let rule = period_rule(&format!("{calendar} annual snapshot"));
                let quarters = (FIRST_YEAR..=LAST_YEAR).flat_map(|year| FinancialYear::starting(year).quarters());
                let due: Vec<_> = quarters.filter_map(|quarter| rule.expected(quarter, lag)).collect();
                assert_eq!(due.len(), 109, "{calendar}, {lag} days");
                for pair in due.windows(2) {
                    assert_eq!(rule.previous(&pair[1].data_period), rule.key(&pair[0].data_period));
                }
            }
        }
    }
}
