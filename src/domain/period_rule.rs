//! Which periods a measure takes: its calendar, how often it falls due, and what stretch of time one figure covers.

use std::fmt;

use chrono::{Datelike, NaiveDate};

use super::data_period::{DataPeriod, DataPeriodKind};
use super::terms::{Accumulation, Calendar, Frequency};

/// The time side of a measure's definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PeriodRule {
    /// The year that the figures follow.
    pub calendar: Calendar,
    /// How often a figure falls due.
    pub frequency: Frequency,
    /// What stretch of time one figure covers.
    pub accumulation: Accumulation,
}

/// A figure's period does not fit its measure.
///
/// Kinds never mix on one series: 49.0 for the calendar year 2024, 16.5 for March and 24 for a quarter are three
/// different facts about the same plans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodKindMismatch {
    /// The period that was given.
    pub period: DataPeriod,
    /// The rule that it does not fit.
    pub rule: PeriodRule,
}

impl PeriodRule {
    /// The kinds of period that the measure takes, its own first.
    pub fn kinds(&self) -> impl Iterator<Item = DataPeriodKind> {
        let own = self.own_kind();
        // The whole school year is what the summer term's figure has added up to.
        let year = (own == DataPeriodKind::AcademicTerm).then_some(DataPeriodKind::AcademicYear);
        let on_a_day = matches!(self.accumulation, Accumulation::Snapshot | Accumulation::Rolling12Months);
        let day = (on_a_day && own != DataPeriodKind::Date).then_some(DataPeriodKind::Date);
        [Some(own), year, day].into_iter().flatten()
    }

    /// The kind of period that the measure's figures are expected for.
    pub(super) const fn own_kind(&self) -> DataPeriodKind {
        match (self.calendar, self.frequency) {
            (Calendar::September | Calendar::JanuaryCensus, _) => DataPeriodKind::Date,
            (_, Frequency::Monthly) => DataPeriodKind::Month,
            (Calendar::Financial, Frequency::Annual) => DataPeriodKind::FinancialYear,
            (Calendar::Calendar, Frequency::Annual) => DataPeriodKind::CalendarYear,
            (Calendar::Academic, Frequency::Annual) => DataPeriodKind::AcademicYear,
            (Calendar::Academic, Frequency::Termly) => DataPeriodKind::AcademicTerm,
            // Quarters of the calendar year are the same months.
            (_, Frequency::Quarterly | Frequency::Termly) => DataPeriodKind::Quarter,
        }
    }

    /// Whether a figure of this measure can be about `period`.
    ///
    /// # Errors
    /// The mismatch, which says what periods would fit.
    pub fn allows(&self, period: &DataPeriod) -> Result<(), PeriodKindMismatch> {
        let right_day = match *period {
            DataPeriod::Date(date) => self.only_day().is_none_or(|only| only.contains(date)),
            _ => true,
        };
        if right_day && self.kinds().any(|kind| kind == period.kind()) {
            Ok(())
        } else {
            Err(PeriodKindMismatch { period: *period, rule: *self })
        }
    }

    /// Takes a period for this measure; the twelve texts that are a financial year or a month (`2000-01` to `2011-12`)
    /// become the month where only the month fits.
    ///
    /// # Errors
    /// The mismatch, which says what periods would fit.
    pub fn accept(&self, period: DataPeriod) -> Result<DataPeriod, PeriodKindMismatch> {
        let Err(mismatch) = self.allows(&period) else {
            return Ok(period);
        };
        period.also_month().filter(|month| self.allows(month).is_ok()).ok_or(mismatch)
    }

    /// The day that a yearly count is taken on, where the calendar has one.
    fn only_day(&self) -> Option<CountDay> {
        match (self.calendar, self.frequency) {
            (Calendar::September, Frequency::Annual) => Some(CountDay::ThirtiethOfSeptember),
            (Calendar::JanuaryCensus, Frequency::Annual) => Some(CountDay::InJanuary),
            _ => None,
        }
    }
}

enum CountDay {
    ThirtiethOfSeptember,
    InJanuary,
}

impl CountDay {
    fn contains(&self, date: NaiveDate) -> bool {
        match self {
            Self::ThirtiethOfSeptember => (date.month(), date.day()) == (9, 30),
            Self::InJanuary => date.month() == 1,
        }
    }

    const fn words(&self) -> &'static str {
        match self {
            Self::ThirtiethOfSeptember => "30 September of a year, such as `2024-09-30`",
            Self::InJanuary => "a day in January, such as `2025-01-16`",
        }
    }
}

impl fmt::Display for PeriodKindMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { period, rule } = self;
        write!(f, "`{period}` is {}, but this measure takes ", period.kind().noun())?;
        if let Some(day) = rule.only_day() {
            return f.write_str(day.words());
        }
        for (n, kind) in rule.kinds().enumerate() {
            let or = if n == 0 { "" } else { " or " };
            write!(f, "{or}{} such as `{}`", kind.noun(), kind.example())?;
        }
        Ok(())
    }
}

impl std::error::Error for PeriodKindMismatch {}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{period, period_rule};
    use super::*;

    #[test]
    fn each_calendar_takes_its_own_periods() {
        let all = "2024-25-Q2 2024-25 AY2023-24 AY2024-25-AUT CY2024 2025-03 2025-03-31 2024-09-30 2025-01-16";
        for (rule, fits) in [
            ("financial quarterly in_period", "2024-25-Q2"),
            ("financial quarterly cumulative", "2024-25-Q2"),
            ("financial quarterly snapshot", "2024-25-Q2 2025-03-31 2024-09-30 2025-01-16"),
            ("calendar quarterly rolling_12_months", "2024-25-Q2 2025-03-31 2024-09-30 2025-01-16"),
            ("calendar quarterly in_period", "2024-25-Q2"),
            ("financial annual in_period", "2024-25"),
            ("financial annual snapshot", "2024-25 2025-03-31 2024-09-30 2025-01-16"),
            ("calendar annual in_period", "CY2024"),
            ("academic annual in_period", "AY2023-24"),
            ("academic termly cumulative", "AY2023-24 AY2024-25-AUT"),
            ("financial monthly in_period", "2025-03"),
            ("calendar monthly cumulative", "2025-03"),
            ("september annual snapshot", "2024-09-30"),
            ("january_census annual snapshot", "2025-01-16"),
            ("september quarterly snapshot", "2025-03-31 2024-09-30 2025-01-16"),
            ("academic quarterly in_period", "2024-25-Q2"),
            ("financial termly in_period", "2024-25-Q2"),
        ] {
            let takes = |text: &&str| period_rule(rule).allows(&period(text)).is_ok();
            let allowed: Vec<_> = all.split(' ').filter(takes).collect();
            assert_eq!(allowed.join(" "), fits, "{rule}");
        }
    }

    #[test]
    fn says_which_periods_would_fit() {
        for (rule, text, message) in [
            // Worked example: 49.0 for the calendar year 2024 pushed next to 16.5 for the last quarter of 2024/25.
            (
                "financial quarterly in_period",
                "CY2024",
                "`CY2024` is a calendar year, but this measure takes a quarter such as `2024-25-Q2`",
            ),
            (
                "academic termly snapshot",
                "2024-25",
                "`2024-25` is a financial year, but this measure takes a school term such as `AY2024-25-AUT` or an \
                 academic year such as `AY2023-24` or a day such as `2025-03-31`",
            ),
            (
                "september annual snapshot",
                "2025-03-31",
                "`2025-03-31` is a day, but this measure takes 30 September of a year, such as `2024-09-30`",
            ),
            (
                "january_census annual snapshot",
                "CY2024",
                "`CY2024` is a calendar year, but this measure takes a day in January, such as `2025-01-16`",
            ),
        ] {
            let refused = period_rule(rule).accept(period(text)).map_err(|mismatch| mismatch.to_string());
            assert_eq!(refused, Err(message.to_owned()));
        }
    }

    #[test]
    fn a_year_that_can_be_a_month_is_the_month_for_a_monthly_measure() {
        use DataPeriodKind::{FinancialYear, Month};
        for (rule, text, kind) in [
            ("financial monthly in_period", "2011-12", Some(Month)),
            ("financial annual in_period", "2011-12", Some(FinancialYear)),
            ("financial monthly in_period", "2024-25", None),
            ("financial quarterly in_period", "2011-12", None),
        ] {
            let accepted = period_rule(rule).accept(period(text)).ok();
            assert_eq!(accepted.map(|period| period.kind()), kind, "{text} for {rule}");
            assert!(accepted.is_none_or(|period| period.to_string() == text));
        }
    }
}
