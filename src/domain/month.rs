//! The calendar month: the grain from which quarters, terms and years are built.

use std::fmt;

use chrono::{Datelike, Days, NaiveDate};

/// One calendar month, counted in months since January of year 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32);

impl Month {
    /// January of `year`.
    pub const fn january(year: i32) -> Self {
        Self(year * 12)
    }

    /// The month that `date` falls in.
    pub fn containing(date: NaiveDate) -> Self {
        Self(date.year() * 12).plus(date.month0().cast_signed())
    }

    /// The month `months` later, or earlier where negative.
    pub const fn plus(self, months: i32) -> Self {
        Self(self.0 + months)
    }

    /// Position on the line of months; the month before is one less.
    pub const fn ordinal(self) -> i32 {
        self.0
    }

    /// The calendar year.
    pub const fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// 1 for January to 12 for December.
    pub const fn number(self) -> u32 {
        self.0.rem_euclid(12).unsigned_abs() + 1
    }

    /// Its name in English.
    pub fn name(self) -> &'static str {
        let number = u8::try_from(self.number()).unwrap_or(1);
        chrono::Month::try_from(number).map_or("January", |month| month.name())
    }

    /// The month of `year` with this English name, in just these letters.
    pub fn named(year: i32, name: &str) -> Option<Self> {
        (0..12).map(|month| Self::january(year).plus(month)).find(|month| month.name() == name)
    }

    /// First day.
    pub fn start(self) -> NaiveDate {
        // Years are checked where text is read, so the day exists; the tests try every month there is.
        NaiveDate::from_ymd_opt(self.year(), self.number(), 1).unwrap_or(NaiveDate::MAX)
    }

    /// Last day.
    pub fn end(self) -> NaiveDate {
        self.plus(1).start() - Days::new(1)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.number())
    }
}

impl fmt::Debug for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_follow_one_another_without_a_gap() {
        let mut month = Month::january(1989);
        while month.year() < 2101 {
            let next = month.plus(1);
            assert_eq!(month.end() + Days::new(1), next.start());
            assert_eq!(Month::containing(month.start()), month);
            assert_eq!(Month::containing(month.end()), month);
            month = next;
        }
        assert_eq!(Month::january(2025).plus(2).to_string(), "2025-03");
        assert_eq!(Month::january(2025).plus(-1).to_string(), "2024-12");
        assert_eq!(Month::january(2024).plus(1).end().to_string(), "2024-02-29");
    }
}
