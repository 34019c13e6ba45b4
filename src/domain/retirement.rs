//! The retirement of a measure as it is announced to those who read it: when that was decided, and from when on nothing new comes.

use chrono::{DateTime, Utc};

use super::london;
use super::period::Quarter;

/// A retirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retirement {
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// First quarter in which the measure is retired; all of them where null.
    pub from: Option<Quarter>,
}

impl Retirement {
    /// Since when the measure is deprecated (RFC 9745): it was said that it would be retired.
    pub fn deprecated_at(self) -> DateTime<Utc> {
        self.recorded_at
    }

    /// From when on no new figures come (RFC 8594): the first day of the quarter in which it is retired, in London. Never before it
    /// was said, as RFC 9745, section 4, asks.
    pub fn sunset_at(self) -> DateTime<Utc> {
        self.from.map_or(self.recorded_at, |quarter| london::midnight(quarter.start()).max(self.recorded_at))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop on a wrong fixture")]
mod tests {
    use super::*;

    #[test]
    fn it_is_announced_when_recorded_and_ends_with_the_quarter() {
        for (recorded_at, from, sunset_at) in [
            ("2025-05-20T10:00:00Z", Some("2026-27-Q1"), "2026-03-31T23:00:00Z"),
            ("2025-05-20T10:00:00Z", Some("2025-26-Q4"), "2026-01-01T00:00:00Z"),
            // Retired from a quarter that has begun, or for every quarter: at once.
            ("2025-05-20T10:00:00Z", Some("2025-26-Q1"), "2025-05-20T10:00:00Z"),
            ("2025-05-20T10:00:00Z", None, "2025-05-20T10:00:00Z"),
        ] {
            let recorded_at: DateTime<Utc> = recorded_at.parse().unwrap();
            let retirement = Retirement { recorded_at, from: from.map(|quarter| quarter.parse().unwrap()) };
            assert_eq!(retirement.deprecated_at(), recorded_at);
            assert_eq!(retirement.sunset_at(), sunset_at.parse::<DateTime<Utc>>().unwrap(), "{from:?}");
        }
    }
}
