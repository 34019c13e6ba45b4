//! The only reader of the clock: rules get today's date handed in, so that they answer alike at any time.
#![expect(clippy::disallowed_methods, reason = "this is the one place that asks for the time")]

use chrono::{DateTime, NaiveDate, SubsecRound, Utc};

/// Now, in UTC, to the microsecond: as the database keeps it, so that what is told is what is stored.
pub fn now() -> DateTime<Utc> {
    Utc::now().trunc_subsecs(6)
}

/// The date in London at an instant; today's where none is given.
pub fn day_of(instant: Option<DateTime<Utc>>) -> NaiveDate {
    crate::domain::london::date(instant.unwrap_or_else(now))
}

/// Today's date in London, where the councils are: an hour ahead of UTC in summer.
pub fn today() -> NaiveDate {
    crate::domain::london::date(now())
}
