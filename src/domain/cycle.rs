//! The collection cycle of a quarter: from when figures are asked for, until when they are in time, and when the quarter is
//! locked.

use chrono::{Datelike, Days, NaiveDate, TimeDelta, Weekday};
use thiserror::Error;

use super::fault::Fault;
use super::period::Quarter;
use super::words::words;

words! {
    /// Where a collection cycle stands on a day.
    CycleState {
        /// Figures are not asked for yet.
        Scheduled,
        /// Figures are asked for, and in time.
        Open,
        /// Figures that come now are late.
        Closed,
        /// The figures are taken as they stand.
        Locked,
    }
}

/// A date may lie this many days before the first day of the quarter.
const EARLIEST: i64 = 365;
/// A date may lie this many days after the first day of the quarter: further off, a year was mistyped.
const LATEST: i64 = 1095;

/// The dates of a cycle, in London.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CycleDates {
    /// First day on which figures are asked for.
    pub opens_on: NaiveDate,
    /// Last day on which a figure is in time.
    pub due_on: NaiveDate,
    /// Day from which the figures are taken as they stand.
    pub locks_on: NaiveDate,
    /// Day of the committee, where it is known.
    pub committee_on: Option<NaiveDate>,
}

impl CycleDates {
    /// All that is wrong with the dates as those of `quarter`. A cycle may open before its quarter ends.
    pub fn check(&self, quarter: Quarter) -> Vec<Fault> {
        let Self { opens_on, due_on, locks_on, committee_on } = *self;
        let mut found = Vec::new();
        let mut order = |field, code, (earlier, first): (&str, NaiveDate), then: NaiveDate| {
            if then < first {
                found.push(Fault::new(field, code, format!("{then} is before `{earlier}` {first}.")));
            }
        };
        order("due_on", "due_before_opening", ("opens_on", opens_on), due_on);
        order("locks_on", "lock_before_due", ("due_on", due_on), locks_on);
        if let Some(committee_on) = committee_on {
            order("committee_on", "committee_before_lock", ("locks_on", locks_on), committee_on);
        }
        if due_on <= quarter.start() {
            let told = format!("{due_on} is not after {}, the first day of {quarter}.", quarter.start());
            found.push(Fault::new("due_on", "due_before_quarter", told));
        }
        let all = [("opens_on", Some(opens_on)), ("locks_on", Some(locks_on)), ("committee_on", committee_on)];
        for (field, day) in all.into_iter().filter_map(|(field, day)| Some((field, day?))) {
            if !(-EARLIEST..=LATEST).contains(&(day - quarter.start()).num_days()) {
                let told = format!("{day} is not near {quarter}: at most a year before its first day, or three after.");
                found.push(Fault::new(field, "far_from_quarter", told));
            }
        }
        found
    }

    /// Where the cycle stands on the day `today`.
    pub fn state(&self, today: NaiveDate) -> CycleState {
        if today >= self.locks_on {
            CycleState::Locked
        } else if today > self.due_on {
            CycleState::Closed
        } else if today >= self.opens_on {
            CycleState::Open
        } else {
            CycleState::Scheduled
        }
    }
}

/// A figure that comes after its quarter was locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error(
    "The figures of this quarter have been taken as they stand since {since}. What was handed in can still be approved, and an approved figure \
     be corrected by `revise` with a reason; for a figure that is missing, have `locks_on` of the collection cycle put off."
)]
pub struct CycleLocked {
    /// Day from which it is locked.
    pub since: NaiveDate,
}

/// Whether a figure may be pushed `today`, or handed in: until the quarter is locked, or as the correction of one that was
/// approved. A quarter without a collection cycle has no lock.
///
/// # Errors
/// Since when it is locked.
pub fn may_push(locks_on: Option<NaiveDate>, corrects: bool, today: NaiveDate) -> Result<(), CycleLocked> {
    match locks_on {
        Some(since) if today >= since && !corrects => Err(CycleLocked { since }),
        _ => Ok(()),
    }
}

/// How a council lays its cycles: days from the last day of a quarter, each moved on to a working day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CollectionCalendar {
    /// Days until figures are asked for; negative where that begins before the quarter ends.
    pub opens_after_days: i32,
    /// Days until figures are due.
    pub due_after_days: i32,
    /// Days until the quarter is locked.
    pub locks_after_days: i32,
    /// Days until the committee, where it follows a rule.
    pub committee_after_days: Option<i32>,
}

impl CollectionCalendar {
    /// The dates of a quarter; none where a day lies beyond the calendar.
    pub fn dates(&self, quarter: Quarter) -> Option<CycleDates> {
        let after = |days: i32| working_day(quarter.end().checked_add_signed(TimeDelta::days(days.into()))?);
        Some(CycleDates {
            opens_on: after(self.opens_after_days)?,
            due_on: after(self.due_after_days)?,
            locks_on: after(self.locks_after_days)?,
            committee_on: match self.committee_after_days {
                Some(days) => Some(after(days)?),
                None => None,
            },
        })
    }
}

/// The day itself from Monday to Friday, else the Monday that follows. Bank holidays count as working days.
fn working_day(day: NaiveDate) -> Option<NaiveDate> {
    match day.weekday() {
        Weekday::Sat => day.checked_add_days(Days::new(2)),
        Weekday::Sun => day.checked_add_days(Days::new(1)),
        _ => Some(day),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop on a wrong fixture")]
mod tests {
    use super::super::fixtures::{day, rows};
    use super::*;

    #[test]
    fn first_figures_come_before_the_lock_and_corrections_at_any_time() {
        let locks_on = Some(day("2025-08-04"));
        for (today, first, correction) in
            [("2025-08-03", true, true), ("2025-08-04", false, true), ("2026-08-04", false, true)]
        {
            let found = [false, true].map(|corrects| may_push(locks_on, corrects, day(today)).is_ok());
            assert_eq!(found, [first, correction], "{today}");
        }
        assert_eq!(may_push(None, false, day("2099-01-01")), Ok(()), "no cycle, no lock");
        let told = may_push(locks_on, false, day("2025-08-05")).unwrap_err().to_string();
        assert!(
            told.contains("since 2025-08-04") && told.contains("`revise`") && told.contains("`locks_on`"),
            "{told}"
        );
    }

    /// `2025-07-01 2025-07-21 2025-08-04`, with a committee date where there is a fourth.
    fn dates(text: &str) -> CycleDates {
        let days: Vec<NaiveDate> = text.split(' ').map(day).collect();
        CycleDates { opens_on: days[0], due_on: days[1], locks_on: days[2], committee_on: days.get(3).copied() }
    }

    #[test]
    fn each_day_has_its_state() {
        for (today, state) in [
            ("2025-06-30", CycleState::Scheduled),
            ("2025-07-01", CycleState::Open),
            ("2025-07-21", CycleState::Open),
            ("2025-07-22", CycleState::Closed),
            ("2025-08-03", CycleState::Closed),
            ("2025-08-04", CycleState::Locked),
            ("2026-08-04", CycleState::Locked),
        ] {
            assert_eq!(dates("2025-07-01 2025-07-21 2025-08-04").state(day(today)), state, "{today}");
        }
        // Due and locked on one day: the lock comes first.
        assert_eq!(dates("2025-07-01 2025-07-21 2025-07-21").state(day("2025-07-21")), CycleState::Locked);
    }

    #[test]
    fn dates_stand_in_order_and_near_their_quarter() {
        for (given, faults) in [
            ("2025-07-01 2025-07-21 2025-08-04 2025-09-22", ""),
            // All on one day, and opened before the quarter ends.
            ("2025-04-02 2025-04-02 2025-04-02 2025-04-02", ""),
            ("2025-07-22 2025-07-21 2025-08-04", "due_on due_before_opening"),
            ("2025-07-01 2025-08-05 2025-08-04", "locks_on lock_before_due"),
            ("2025-07-01 2025-07-21 2025-08-04 2025-08-03", "committee_on committee_before_lock"),
            ("2025-03-01 2025-04-01 2025-08-04", "due_on due_before_quarter"),
            ("2024-03-31 2025-07-21 2025-08-04", "opens_on far_from_quarter"),
            ("2025-07-01 2025-07-21 2205-08-04", "locks_on far_from_quarter"),
            ("2025-07-01 2025-07-21 2025-08-04 2028-04-01", "committee_on far_from_quarter"),
            ("2025-07-22 2025-07-21 2025-07-20", "due_on due_before_opening, locks_on lock_before_due"),
        ] {
            let found = dates(given).check("2025-26-Q1".parse().unwrap());
            let found: Vec<_> = found.iter().map(|fault| format!("{} {}", fault.field, fault.code)).collect();
            assert_eq!(found.join(", "), faults, "{given}");
        }
    }

    /// Quarter, and its dates 1, 21, 35 and 77 days after its end.
    const LAID: &str = "
2024-25-Q1 | 2024-07-01 2024-07-22 2024-08-05 2024-09-16
2024-25-Q2 | 2024-10-01 2024-10-21 2024-11-04 2024-12-16
2024-25-Q3 | 2025-01-01 2025-01-21 2025-02-04 2025-03-18
2024-25-Q4 | 2025-04-01 2025-04-21 2025-05-05 2025-06-16";

    #[test]
    fn days_after_the_quarter_move_on_to_a_working_day() {
        let calendar = CollectionCalendar {
            opens_after_days: 1,
            due_after_days: 21,
            locks_after_days: 35,
            committee_after_days: Some(77),
        };
        for [quarter, expected] in rows(LAID) {
            assert_eq!(calendar.dates(quarter.parse().unwrap()), Some(dates(expected)), "{quarter}");
        }
        let early = CollectionCalendar { opens_after_days: -10, committee_after_days: None, ..calendar };
        let laid = early.dates("2025-26-Q1".parse().unwrap()).unwrap();
        assert_eq!((laid.opens_on, laid.committee_on), (day("2025-06-20"), None));
        let far = CollectionCalendar { due_after_days: i32::MAX, ..calendar };
        assert_eq!(far.dates("2025-26-Q1".parse().unwrap()), None);
    }
}
