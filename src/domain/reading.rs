//! What is known of a measure for a period: a number, a symbol in its place, or nothing yet.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::due::Expected;
use super::terms::Symbol;

/// A number, why there is none, or since when it is awaited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The number, not rounded.
    Value(Decimal),
    /// There will be no number, for this reason.
    Missing(Symbol),
    /// Nothing has come and nothing need have: not before `due`, or, without one, not in this quarter.
    NotDue {
        /// The day by which the figure is expected.
        due: Option<NaiveDate>,
    },
    /// The figure is late.
    Outstanding {
        /// The day by which it was expected.
        due: NaiveDate,
        /// Days since, at least 1.
        days_late: i64,
    },
}

impl Reading {
    /// What the absence of a figure means `today`: late from the day after it was due.
    pub fn absent(expected: Option<Expected>, today: NaiveDate) -> Self {
        match expected.map(|expected| expected.due) {
            Some(due) if due < today => Self::Outstanding { due, days_late: (today - due).num_days() },
            due => Self::NotDue { due },
        }
    }

    /// The number, if there is one.
    pub const fn value(&self) -> Option<Decimal> {
        match self {
            Self::Value(value) => Some(*value),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{day, period};
    use super::*;

    #[test]
    fn a_figure_is_late_from_the_day_after_it_was_due() {
        let data_period = period("2024-25-Q4");
        let due = day("2025-04-30");
        for (today, reading) in [
            ("2025-04-29", Reading::NotDue { due: Some(due) }),
            ("2025-04-30", Reading::NotDue { due: Some(due) }),
            ("2025-05-01", Reading::Outstanding { due, days_late: 1 }),
            ("2025-05-12", Reading::Outstanding { due, days_late: 12 }),
        ] {
            assert_eq!(Reading::absent(Some(Expected { data_period, due }), day(today)), reading, "{today}");
        }
        assert_eq!(Reading::absent(None, due), Reading::NotDue { due: None });
    }
}
