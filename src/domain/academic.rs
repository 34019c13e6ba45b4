//! The school year from September, and its three terms.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};

use super::month::Month;
use super::period_error::{PeriodError, PeriodFault, consecutive, read_consecutive};

const YEAR_SHAPE: &str = "`AY2024-25`";
const TERM_SHAPE: &str = "`AY2024-25-AUT`, `-SPR` or `-SUM`";

/// An academic year, 1 September to 31 August, written `AY2024-25`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct AcademicYear(i32);

/// A term of an academic year, written `AY2024-25-AUT`.
///
/// Autumn is September to December, spring January to March, summer April to August: Easter moves, so the spring and
/// summer terms are taken to meet at the end of March.
// Counted in terms since the academic year 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct AcademicTerm(i32);

impl AcademicYear {
    /// The academic year that starts on 1 September of `year`.
    pub const fn starting(year: i32) -> Self {
        Self(year)
    }

    /// The academic year that `date` falls in.
    pub fn containing(date: NaiveDate) -> Self {
        AcademicTerm::containing(date).year()
    }

    /// The calendar year that it starts in.
    pub const fn start_year(self) -> i32 {
        self.0
    }

    /// 1 September.
    pub fn start(self) -> NaiveDate {
        AcademicTerm(self.0 * 3).start()
    }

    /// 31 August.
    pub fn end(self) -> NaiveDate {
        self.summer_term().end()
    }

    /// The year before.
    pub const fn previous(self) -> Self {
        Self(self.0 - 1)
    }

    /// The term that ends with the year.
    pub const fn summer_term(self) -> AcademicTerm {
        AcademicTerm(self.0 * 3 + 2)
    }
}

impl AcademicTerm {
    /// The term that `date` falls in.
    pub fn containing(date: NaiveDate) -> Self {
        let before_this_year_began = (date.year() - 1) * 3;
        Self(match date.month() {
            1..=3 => before_this_year_began + 1,
            4..=8 => before_this_year_began + 2,
            _ => before_this_year_began + 3,
        })
    }

    /// Its academic year.
    pub const fn year(self) -> AcademicYear {
        AcademicYear(self.0.div_euclid(3))
    }

    /// Position on the line of terms; the term before is one less.
    pub const fn ordinal(self) -> i32 {
        self.0
    }

    /// First day.
    pub fn start(self) -> NaiveDate {
        self.months().0.start()
    }

    /// Last day.
    pub fn end(self) -> NaiveDate {
        self.months().1.end()
    }

    /// The term before.
    pub const fn previous(self) -> Self {
        Self(self.0 - 1)
    }

    const fn months(self) -> (Month, Month) {
        let january = Month::january(self.year().0 + 1);
        match self.0.rem_euclid(3) {
            0 => (january.plus(-4), january.plus(-1)),
            1 => (january, january.plus(2)),
            _ => (january.plus(3), january.plus(7)),
        }
    }
}

impl fmt::Display for AcademicYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AY{}", consecutive(self.0))
    }
}

impl fmt::Display for AcademicTerm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let term = match self.0.rem_euclid(3) {
            0 => "AUT",
            1 => "SPR",
            _ => "SUM",
        };
        write!(f, "{}-{term}", self.year())
    }
}

impl FromStr for AcademicYear {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let fault = |fault| PeriodError::new(text, "an academic year", fault);
        let years = text.strip_prefix("AY").ok_or_else(|| fault(PeriodFault::Shape(YEAR_SHAPE)))?;
        read_consecutive(years, YEAR_SHAPE).map(Self).map_err(|wrong| fault(wrong.around("AY", "")))
    }
}

impl FromStr for AcademicTerm {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let fault = |fault| PeriodError::new(text, "a school term", fault);
        let shape = || fault(PeriodFault::Shape(TERM_SHAPE));
        let (years, term) = text.strip_prefix("AY").and_then(|rest| rest.rsplit_once('-')).ok_or_else(shape)?;
        let position = match term {
            "AUT" => 0,
            "SPR" => 1,
            "SUM" => 2,
            _ => return Err(shape()),
        };
        let suffix = format!("-{term}");
        let year = read_consecutive(years, TERM_SHAPE).map_err(|wrong| fault(wrong.around("AY", &suffix)))?;
        Ok(Self(year * 3 + position))
    }
}

#[cfg(test)]
mod tests {
    use chrono::Days;

    use super::super::period_error::{FIRST_YEAR, LAST_YEAR};
    use super::*;

    #[test]
    fn terms_and_years_follow_one_another_without_a_gap() {
        for term in (FIRST_YEAR * 3..=LAST_YEAR * 3 + 2).map(AcademicTerm) {
            let next = AcademicTerm(term.0 + 1);
            assert_eq!(next.previous(), term);
            assert_eq!(term.end() + Days::new(1), next.start());
            assert_eq!(AcademicTerm::containing(term.start()), term);
            assert_eq!(AcademicTerm::containing(term.end()), term);
            assert_eq!(AcademicYear::containing(term.end()), term.year());
            assert_eq!(term.to_string().parse(), Ok(term));
            assert_eq!(term.year().to_string().parse(), Ok(term.year()));
        }
    }

    #[test]
    fn the_school_year_begins_in_september() {
        let year = AcademicYear::starting(2023);
        assert_eq!(year.to_string(), "AY2023-24");
        assert_eq!((year.start().to_string(), year.end().to_string()), ("2023-09-01".into(), "2024-08-31".into()));
        assert_eq!(year.summer_term().to_string(), "AY2023-24-SUM");
        assert_eq!(year.summer_term().start().to_string(), "2024-04-01");
    }

    #[test]
    fn says_what_would_be_right() {
        for (text, message) in [
            ("AY2024-26-AUT", "2024 is followed by 25, so did you mean `AY2024-25-AUT`?"),
            ("AY2024-25-WIN", "write it like `AY2024-25-AUT`, `-SPR` or `-SUM`"),
            ("2024-25-AUT", "write it like `AY2024-25-AUT`, `-SPR` or `-SUM`"),
        ] {
            let wrong = text.parse::<AcademicTerm>().map_err(|error| error.to_string());
            assert_eq!(wrong, Err(format!("`{text}` is not a school term: {message}")));
        }
    }
}
