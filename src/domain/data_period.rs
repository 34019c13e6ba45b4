//! The period that a figure is about; its text form says its kind, because a value without its period kind is
//! meaningless.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use super::academic::{AcademicTerm, AcademicYear};
use super::month::Month;
use super::period::{FinancialYear, Quarter};
use super::period_error::{FIRST_YEAR, LAST_YEAR, PeriodError, PeriodFault, digits, in_range};
use super::text_form::text_form;
use super::words::words;

/// The stretch of time, or the day, that a figure is about.
///
/// One text can be read in two ways: `2011-12` is the financial year or December 2011 (so are `2000-01` to `2010-11`).
/// It is read as the financial year; [`PeriodRule::accept`](super::period_rule::PeriodRule::accept) makes it the month
/// for a measure that is monthly.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum DataPeriod {
    /// `2024-25-Q2`
    Quarter(Quarter),
    /// `2024-25`
    FinancialYear(FinancialYear),
    /// `AY2024-25`
    AcademicYear(AcademicYear),
    /// `AY2024-25-AUT`
    AcademicTerm(AcademicTerm),
    /// `CY2024`
    CalendarYear(i32),
    /// `2025-03`
    Month(Month),
    /// `2025-03-31`
    Date(NaiveDate),
}

words! {
    /// What sort of period a figure is about.
    DataPeriodKind {
        /// A quarter of the April financial year.
        Quarter,
        /// A year from April.
        FinancialYear,
        /// A year from September.
        AcademicYear,
        /// A school term.
        AcademicTerm,
        /// A year from January.
        CalendarYear,
        /// A calendar month.
        Month,
        /// A single day.
        Date,
    }
}

impl DataPeriodKind {
    /// The kind in words, with its article.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Quarter => "a quarter",
            Self::FinancialYear => "a financial year",
            Self::AcademicYear => "an academic year",
            Self::AcademicTerm => "a school term",
            Self::CalendarYear => "a calendar year",
            Self::Month => "a month",
            Self::Date => "a day",
        }
    }

    /// How such a period is written.
    pub const fn example(self) -> &'static str {
        match self {
            Self::Quarter => "2024-25-Q2",
            Self::FinancialYear => "2024-25",
            Self::AcademicYear => "AY2023-24",
            Self::AcademicTerm => "AY2024-25-AUT",
            Self::CalendarYear => "CY2024",
            Self::Month => "2025-03",
            Self::Date => "2025-03-31",
        }
    }
}

impl DataPeriod {
    /// What sort of period this is.
    pub const fn kind(&self) -> DataPeriodKind {
        match self {
            Self::Quarter(_) => DataPeriodKind::Quarter,
            Self::FinancialYear(_) => DataPeriodKind::FinancialYear,
            Self::AcademicYear(_) => DataPeriodKind::AcademicYear,
            Self::AcademicTerm(_) => DataPeriodKind::AcademicTerm,
            Self::CalendarYear(_) => DataPeriodKind::CalendarYear,
            Self::Month(_) => DataPeriodKind::Month,
            Self::Date(_) => DataPeriodKind::Date,
        }
    }

    /// First day.
    pub fn start(&self) -> NaiveDate {
        match *self {
            Self::Quarter(quarter) => quarter.start(),
            Self::FinancialYear(year) => year.start(),
            Self::AcademicYear(year) => year.start(),
            Self::AcademicTerm(term) => term.start(),
            Self::CalendarYear(year) => Month::january(year).start(),
            Self::Month(month) => month.start(),
            Self::Date(date) => date,
        }
    }

    /// Last day.
    pub fn end(&self) -> NaiveDate {
        match *self {
            Self::Quarter(quarter) => quarter.end(),
            Self::FinancialYear(year) => year.end(),
            Self::AcademicYear(year) => year.end(),
            Self::AcademicTerm(term) => term.end(),
            Self::CalendarYear(year) => Month::january(year).plus(11).end(),
            Self::Month(month) => month.end(),
            Self::Date(date) => date,
        }
    }

    /// The month that the same text can also mean: December 2011 for the financial year `2011-12`.
    pub(super) fn also_month(&self) -> Option<Self> {
        let Self::FinancialYear(year) = self else { return None };
        let number = (year.start_year() + 1) % 100;
        (1..=12).contains(&number).then(|| Self::Month(Month::january(year.start_year()).plus(number - 1)))
    }
}

impl fmt::Display for DataPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Quarter(quarter) => quarter.fmt(f),
            Self::FinancialYear(year) => year.fmt(f),
            Self::AcademicYear(year) => year.fmt(f),
            Self::AcademicTerm(term) => term.fmt(f),
            Self::CalendarYear(year) => write!(f, "CY{year:04}"),
            Self::Month(month) => month.fmt(f),
            Self::Date(date) => write!(f, "{}", date.format("%Y-%m-%d")),
        }
    }
}

const WHAT: &str = "a data period";
const SHAPE: &str = "`2024-25-Q2` (quarter), `2024-25` (financial year), `AY2023-24` (academic year), `AY2024-25-AUT` \
    (term), `CY2024` (calendar year), `2025-03` (month) or `2025-03-31` (day)";

impl FromStr for DataPeriod {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let fault = |fault| PeriodError::new(text, WHAT, fault);
        if let Some(year) = text.strip_prefix("CY") {
            let year = digits(year, 4).ok_or_else(|| fault(PeriodFault::Shape(SHAPE)))?;
            return in_range(year).map(Self::CalendarYear).map_err(fault);
        }
        if let Some(rest) = text.strip_prefix("AY") {
            let is_year = rest.len() == "2024-25".len();
            return if is_year { text.parse().map(Self::AcademicYear) } else { text.parse().map(Self::AcademicTerm) };
        }
        if text.contains('Q') {
            return text.parse().map(Self::Quarter);
        }
        match *text.split('-').collect::<Vec<_>>().as_slice() {
            [year, month, day] => date(year, month, day).map_err(fault),
            [year, month] => {
                text.parse().map(Self::FinancialYear).or_else(|error| self::month(year, month).ok_or(error))
            }
            _ => Err(fault(PeriodFault::Shape(SHAPE))),
        }
    }
}

fn month(year: &str, month: &str) -> Option<DataPeriod> {
    let (year, month) = (digits(year, 4)?, digits(month, 2)?);
    let known = (FIRST_YEAR..=LAST_YEAR + 1).contains(&year) && (1..=12).contains(&month);
    known.then(|| DataPeriod::Month(Month::january(year).plus(month - 1)))
}

fn date(year: &str, month: &str, day: &str) -> Result<DataPeriod, PeriodFault> {
    let (Some(year), Some(month), Some(day)) = (digits(year, 4), digits(month, 2), digits(day, 2)) else {
        return Err(PeriodFault::Shape(SHAPE));
    };
    if !(FIRST_YEAR..=LAST_YEAR + 1).contains(&year) {
        return Err(PeriodFault::OutOfRange);
    }
    NaiveDate::from_ymd_opt(year, month.unsigned_abs(), day.unsigned_abs())
        .map(DataPeriod::Date)
        .ok_or(PeriodFault::NoSuchDay)
}

text_form!(
    DataPeriod, format: "data-period",
    pattern: "^([0-9]{4}-[0-9]{2}(-Q[1-4]|-[0-9]{2})?|AY[0-9]{4}-[0-9]{2}(-(AUT|SPR|SUM))?|CY[0-9]{4})$",
    example: "2024-25-Q2",
    "The period a figure is about: `2024-25-Q2` (quarter), `2024-25` (financial year), `AY2023-24` (academic year), \
     `AY2024-25-AUT`, `-SPR`, `-SUM` (term), `CY2024` (calendar year), `2025-03` (month), `2025-03-31` (day). It must \
     fit the measure's calendar. `2000-01` to `2011-12` are financial years, and months only for a monthly measure."
);

#[cfg(test)]
mod tests;
