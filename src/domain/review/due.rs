//! When the next annual review is due: members agreed to hold one at least once a year.

use chrono::{Months, NaiveDate};

/// The day by which the next review is to be decided, 12 months after the last was, or after the framework was adopted.
pub fn next_due(last: NaiveDate) -> NaiveDate {
    last.checked_add_months(Months::new(12)).unwrap_or(NaiveDate::MAX)
}

/// Days since a review was due; 0 until the day itself has passed.
pub fn days_overdue(due: NaiveDate, today: NaiveDate) -> i64 {
    (today - due).num_days().max(0)
}

#[cfg(test)]
mod tests {
    use super::super::super::fixtures::day;
    use super::*;

    #[test]
    fn twelve_months_after_the_last_and_overdue_from_the_day_after() {
        for (last, due) in [("2024-11-01", "2025-11-01"), ("2024-02-29", "2025-02-28"), ("2025-06-16", "2026-06-16")] {
            assert_eq!(next_due(day(last)), day(due), "{last}");
        }
        for (today, days) in [("2025-10-31", 0), ("2025-11-01", 0), ("2025-11-02", 1), ("2026-11-01", 365)] {
            assert_eq!(days_overdue(day("2025-11-01"), day(today)), days, "{today}");
        }
    }
}
