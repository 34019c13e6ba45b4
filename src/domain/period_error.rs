//! Why a text is not a period, in words that say what would be right; and the reading of two consecutive years.

use thiserror::Error;

/// The first year that a period may start in.
pub const FIRST_YEAR: i32 = 1990;
/// The last year that a period may start in.
pub const LAST_YEAR: i32 = 2098;

/// A text that is not a period of the kind that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{text}` is not {what}: {fault}")]
pub struct PeriodError {
    text: String,
    what: &'static str,
    fault: PeriodFault,
}

/// What is wrong with the text.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PeriodFault {
    /// Not written like a period at all.
    #[error("write it like {0}")]
    Shape(&'static str),
    /// Two years that do not follow one another.
    #[error("{year} is followed by {:02}, so did you mean `{suggestion}`?", (.year + 1) % 100)]
    NotConsecutive {
        /// The year the text starts with.
        year: i32,
        /// The same text with the second year put right.
        suggestion: String,
    },
    /// A quarter other than the first to the fourth.
    #[error("quarters run from Q1 to Q4")]
    NoSuchQuarter,
    /// A day that the calendar does not have.
    #[error("there is no such day")]
    NoSuchDay,
    /// A year that no figure of ours can be about.
    #[error("years run from 1990 to 2098")]
    OutOfRange,
}

impl PeriodError {
    /// `text` is not `what` (such as "a quarter") because of `fault`. Long texts are shown cut short.
    pub(super) fn new(text: &str, what: &'static str, fault: PeriodFault) -> Self {
        Self { text: text.chars().take(40).collect(), what, fault }
    }

    /// What is wrong with the text.
    pub const fn fault(&self) -> &PeriodFault {
        &self.fault
    }
}

/// Reads exactly `length` digits.
pub(super) fn digits(text: &str, length: usize) -> Option<i32> {
    (text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

/// Writes the year that starts in `year` and ends in the next: `2024-25`.
pub(super) fn consecutive(year: i32) -> String {
    format!("{year:04}-{:02}", (year + 1).rem_euclid(100))
}

/// Reads `years`, such as `2024-25`, as the year that starts in the first and ends in the second.
pub(super) fn read_consecutive(years: &str, shape: &'static str) -> Result<i32, PeriodFault> {
    let (first, second) = years.split_once('-').ok_or(PeriodFault::Shape(shape))?;
    let (Some(year), Some(next)) = (digits(first, 4), digits(second, 2)) else {
        return Err(PeriodFault::Shape(shape));
    };
    if next != (year + 1) % 100 {
        return Err(PeriodFault::NotConsecutive { year, suggestion: consecutive(year) });
    }
    in_range(year)
}

/// Passes a year on if figures can be about it.
pub(super) fn in_range(year: i32) -> Result<i32, PeriodFault> {
    if (FIRST_YEAR..=LAST_YEAR).contains(&year) { Ok(year) } else { Err(PeriodFault::OutOfRange) }
}

impl PeriodFault {
    /// Puts what stood around the two years back around the suggestion: `AY2024-25-AUT`, not `2024-25`.
    pub(super) fn around(self, before: &str, after: &str) -> Self {
        match self {
            Self::NotConsecutive { year, suggestion } => {
                Self::NotConsecutive { year, suggestion: format!("{before}{suggestion}{after}") }
            }
            other => other,
        }
    }
}
