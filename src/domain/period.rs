//! The periods that the council reports in: financial years from April, and their quarters.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};

use super::month::Month;
use super::period_error::{PeriodError, PeriodFault, consecutive, read_consecutive};
use super::text_form::text_form;

const YEAR_SHAPE: &str = "`2024-25`";
const QUARTER_SHAPE: &str = "`2024-25-Q2`";

/// A financial year, 1 April to 31 March, written `2024-25`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FinancialYear(i32);

/// A quarter of a financial year, written `2024-25-Q2`; Q1 is April to June.
// Counted in quarters since the financial year 0, so that order and neighbours are arithmetic.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter(i32);

impl FinancialYear {
    /// The financial year that starts on 1 April of `year`.
    pub const fn starting(year: i32) -> Self {
        Self(year)
    }

    /// The financial year that `date` falls in.
    pub fn containing(date: NaiveDate) -> Self {
        Quarter::containing(date).year()
    }

    /// The calendar year that it starts in.
    pub const fn start_year(self) -> i32 {
        self.0
    }

    /// 1 April.
    pub fn start(self) -> NaiveDate {
        self.first_quarter().start()
    }

    /// 31 March.
    pub fn end(self) -> NaiveDate {
        self.last_quarter().end()
    }

    /// The year before.
    pub const fn previous(self) -> Self {
        Self(self.0 - 1)
    }

    /// The year after.
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// April to June.
    pub const fn first_quarter(self) -> Quarter {
        Quarter(self.0 * 4)
    }

    /// January to March.
    pub const fn last_quarter(self) -> Quarter {
        Quarter(self.0 * 4 + 3)
    }

    /// Its four quarters, from April on.
    pub fn quarters(self) -> [Quarter; 4] {
        [0, 1, 2, 3].map(|n| Quarter(self.0 * 4 + n))
    }
}

impl Quarter {
    /// The quarter that `date` falls in.
    pub fn containing(date: NaiveDate) -> Self {
        // January to March close the financial year that began in the calendar year before.
        Self(date.year() * 4 + date.month0().cast_signed() / 3 - 1)
    }

    /// Its financial year.
    pub const fn year(self) -> FinancialYear {
        FinancialYear(self.0.div_euclid(4))
    }

    /// 1 (April to June) to 4 (January to March).
    pub const fn number(self) -> u8 {
        self.0.rem_euclid(4).unsigned_abs().to_le_bytes()[0] + 1
    }

    /// Position on the line of quarters; the quarter before is one less.
    pub const fn ordinal(self) -> i32 {
        self.0
    }

    /// First day.
    pub fn start(self) -> NaiveDate {
        self.first_month().start()
    }

    /// Last day.
    pub fn end(self) -> NaiveDate {
        self.last_month().end()
    }

    /// The quarter before.
    pub const fn previous(self) -> Self {
        Self(self.0 - 1)
    }

    /// The quarter after.
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// The quarter of the same number one year earlier.
    pub const fn same_quarter_last_year(self) -> Self {
        Self(self.0 - 4)
    }

    /// Its last month.
    pub(super) const fn last_month(self) -> Month {
        self.first_month().plus(2)
    }

    const fn first_month(self) -> Month {
        Month::january(0).plus(self.0 * 3 + 3)
    }
}

impl fmt::Display for FinancialYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&consecutive(self.0))
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-Q{}", self.year(), self.number())
    }
}

impl FromStr for FinancialYear {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let fault = |fault| PeriodError::new(text, "a financial year", fault);
        read_consecutive(text, YEAR_SHAPE).map(Self).map_err(fault)
    }
}

impl FromStr for Quarter {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let fault = |fault| PeriodError::new(text, "a quarter", fault);
        let (years, number) = text.split_once("-Q").ok_or_else(|| fault(PeriodFault::Shape(QUARTER_SHAPE)))?;
        let position = match number.as_bytes() {
            [digit @ b'1'..=b'4'] => i32::from(digit - b'1'),
            [b'0'..=b'9', ..] => return Err(fault(PeriodFault::NoSuchQuarter)),
            _ => return Err(fault(PeriodFault::Shape(QUARTER_SHAPE))),
        };
        let suffix = format!("-Q{number}");
        let year = read_consecutive(years, QUARTER_SHAPE).map_err(|wrong| fault(wrong.around("", &suffix)))?;
        Ok(Self(year * 4 + position))
    }
}

text_form!(
    FinancialYear, format: "financial-year", pattern: "^[0-9]{4}-[0-9]{2}$", example: "2024-25",
    "A financial year, 1 April to 31 March. The second part is the year that follows the first."
);

text_form!(
    Quarter, format: "financial-quarter", pattern: "^[0-9]{4}-[0-9]{2}-Q[1-4]$", example: "2024-25-Q2",
    "A quarter of the April financial year: Q1 is April to June, Q4 January to March."
);

#[cfg(test)]
mod tests;
