//! The date in London, where the councils are: UTC in winter, an hour ahead of it in summer.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

/// The date in London at an instant.
pub fn date(instant: DateTime<Utc>) -> NaiveDate {
    let utc = instant.naive_utc();
    if is_summer(utc) { (utc + TimeDelta::hours(1)).date() } else { utc.date() }
}

/// The instant at which a day begins in London.
pub fn midnight(day: NaiveDate) -> DateTime<Utc> {
    let utc = day.and_time(NaiveTime::MIN);
    // The clocks change at one o'clock: at midnight it is still what it was an hour before.
    let hour_before = utc - TimeDelta::hours(1);
    if is_summer(hour_before) { hour_before.and_utc() } else { utc.and_utc() }
}

/// Summer time runs from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last Sunday of October (Summer Time
/// Order 2002).
fn is_summer(utc: NaiveDateTime) -> bool {
    let change = |month| last_sunday(utc.year(), month).and_time(NaiveTime::MIN) + TimeDelta::hours(1);
    (change(3)..change(10)).contains(&utc)
}

fn last_sunday(year: i32, month_of_31_days: u32) -> NaiveDate {
    let last = NaiveDate::from_ymd_opt(year, month_of_31_days, 31).unwrap_or(NaiveDate::MAX);
    last - Days::new(last.weekday().num_days_from_sunday().into())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop on a wrong fixture")]
mod tests {
    use super::*;

    #[test]
    fn the_day_begins_an_hour_earlier_in_summer() {
        for (instant, day) in [
            ("2025-01-15T23:30:00Z", "2025-01-15"),
            ("2025-06-30T22:59:59Z", "2025-06-30"),
            ("2025-06-30T23:00:00Z", "2025-07-01"),
            // The clocks change on 30 March and 26 October 2025.
            ("2025-03-29T23:30:00Z", "2025-03-29"),
            ("2025-03-30T00:59:59Z", "2025-03-30"),
            ("2025-03-30T23:00:00Z", "2025-03-31"),
            ("2025-10-25T23:00:00Z", "2025-10-26"),
            ("2025-10-26T23:30:00Z", "2025-10-26"),
            ("2024-03-31T23:00:00Z", "2024-04-01"),
        ] {
            assert_eq!(date(instant.parse().unwrap()).to_string(), day, "{instant}");
        }
    }

    #[test]
    fn midnight_is_the_first_instant_of_the_day() {
        for (day, instant) in [
            ("2025-01-01", "2025-01-01T00:00:00Z"),
            ("2025-03-30", "2025-03-30T00:00:00Z"),
            ("2025-03-31", "2025-03-30T23:00:00Z"),
            ("2024-04-01", "2024-03-31T23:00:00Z"),
            ("2025-07-01", "2025-06-30T23:00:00Z"),
            ("2025-10-26", "2025-10-25T23:00:00Z"),
            ("2025-10-27", "2025-10-27T00:00:00Z"),
        ] {
            let midnight = midnight(day.parse().unwrap());
            assert_eq!(midnight, instant.parse::<DateTime<Utc>>().unwrap(), "{day}");
            assert_eq!(
                (date(midnight), date(midnight - TimeDelta::seconds(1)).succ_opt()),
                (day.parse().unwrap(), Some(day.parse().unwrap()))
            );
        }
    }
}
