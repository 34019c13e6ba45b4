//! When something that could not be delivered is tried again, when it is given up, and when its receiver is.

use chrono::{DateTime, TimeDelta, Utc};

use super::words::words;

words! {
    /// Where a delivery stands.
    DeliveryState {
        /// It waits for its next attempt.
        Pending,
        /// It was taken.
        Delivered,
        /// It was given up: a dead letter, which can be replayed.
        Dead,
    }
}

/// How long one delivery is tried, and how long a receiver may take nothing before it is given up.
pub const TRIED_FOR: TimeDelta = TimeDelta::days(3);
/// Longest pause after the first failure; twice as long after each further one.
const FIRST_PAUSE: TimeDelta = TimeDelta::seconds(5);
/// Longest pause there is.
const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(12);
/// Longest pause that a receiver can ask for.
const LONGEST_ASKED: TimeDelta = TimeDelta::hours(24);
/// How long a receiver that fails again and again is left alone at most.
const LONGEST_REST: TimeDelta = TimeDelta::minutes(10);

/// What an answer means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It was taken: 2xx.
    Taken,
    /// Nobody is there any more: 410.
    Gone,
    /// It was not taken, and is tried again.
    Failed,
}

/// What an HTTP status means, by the Standard Webhooks specification; a redirection is not followed, and so a failure.
pub const fn verdict(status: u16) -> Verdict {
    match status {
        200..=299 => Verdict::Taken,
        410 => Verdict::Gone,
        _ => Verdict::Failed,
    }
}

/// How long the receiver asks to be left alone: `Retry-After` of a 429 or 503, in seconds or as a date (RFC 9110, section 10.2.3).
pub fn asked_pause(status: u16, retry_after: &str, now: DateTime<Utc>) -> Option<TimeDelta> {
    if !matches!(status, 429 | 503) {
        return None;
    }
    let seconds = retry_after.trim().parse::<u32>().ok().map(|seconds| TimeDelta::seconds(i64::from(seconds)));
    let until = || DateTime::parse_from_rfc2822(retry_after.trim()).ok().map(|date| date.with_timezone(&Utc) - now);
    seconds.or_else(until).map(|pause| pause.clamp(TimeDelta::zero(), LONGEST_ASKED))
}

/// When a delivery is tried next, that was first tried at `since` and has failed `failures` times, now for the last time. The pause
/// is any part of the longest ("full jitter"), which doubles with each failure, so that those who failed together do not come back
/// together; `chance` draws it. None once it was tried for three days: the last attempt is made when they are over.
pub fn next_attempt(
    since: DateTime<Utc>,
    failures: u32,
    now: DateTime<Utc>,
    asked: Option<TimeDelta>,
    chance: u32,
) -> Option<DateTime<Utc>> {
    let end = since + TRIED_FOR;
    if now >= end {
        return None;
    }
    let pause = part(doubled(FIRST_PAUSE, failures.saturating_sub(1), LONGEST_PAUSE), chance);
    let pause = pause.max(TimeDelta::seconds(1)).max(asked.unwrap_or_default());
    Some((now + pause).min(end))
}

/// How long a receiver is left alone that has failed so often in a row, so that what waits for it is not tried all at once. One
/// failure can be the fault of what was sent.
pub fn rest(failures: u32) -> TimeDelta {
    if failures < 2 { TimeDelta::zero() } else { doubled(FIRST_PAUSE, failures - 2, LONGEST_REST) }
}

/// Whether a receiver is given up that has taken nothing since the first of its failures at `failing_since`.
pub fn gives_up(failing_since: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - failing_since >= TRIED_FOR
}

fn doubled(first: TimeDelta, times: u32, longest: TimeDelta) -> TimeDelta {
    // Beyond 2^16 every pause is the longest.
    (first * (1 << times.min(16))).min(longest)
}

/// As much of the whole as `chance` is of the greatest number.
fn part(whole: TimeDelta, chance: u32) -> TimeDelta {
    let milliseconds = i128::from(whole.num_milliseconds()) * i128::from(chance) / i128::from(u32::MAX);
    TimeDelta::milliseconds(i64::try_from(milliseconds).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    const DAY: i64 = 86_400;

    #[test]
    fn an_answer_is_taken_gone_or_failed() {
        for (status, means) in [
            (200, Verdict::Taken),
            (204, Verdict::Taken),
            (299, Verdict::Taken),
            (301, Verdict::Failed),
            (304, Verdict::Failed),
            (404, Verdict::Failed),
            (410, Verdict::Gone),
            (429, Verdict::Failed),
            (500, Verdict::Failed),
            (100, Verdict::Failed),
        ] {
            assert_eq!(verdict(status), means, "{status}");
        }
    }

    #[test]
    fn pauses_double_and_are_any_part_of_the_longest() {
        for (failures, chance, pause) in [
            (1, u32::MAX, 5),
            (2, u32::MAX, 10),
            (3, u32::MAX / 2, 9),
            (5, u32::MAX, 80),
            (14, u32::MAX, 40_960),
            (15, u32::MAX, 43_200),
            (4_000_000, u32::MAX, 43_200),
            (9, 0, 1),
        ] {
            let next = next_attempt(at(0), failures, at(100), None, chance).map(|next| (next - at(100)).num_seconds());
            assert_eq!(next, Some(pause), "{failures} failures");
        }
    }

    #[test]
    fn a_delivery_is_tried_for_three_days() {
        for (now, next) in [(3 * DAY - 60, Some(3 * DAY)), (3 * DAY, None), (9 * DAY, None)] {
            assert_eq!(next_attempt(at(0), 20, at(now), None, u32::MAX), next.map(at), "at {now}");
        }
    }

    #[test]
    fn whatever_chance_has_it_the_last_attempt_is_when_three_days_are_over() {
        for chance in [0, 1 << 20, u32::MAX / 2, u32::MAX] {
            let (mut now, mut failures) = (at(0), 0);
            loop {
                failures += 1;
                match next_attempt(at(0), failures, now, None, chance) {
                    Some(next) if next > now => now = next,
                    Some(next) => unreachable!("from {now} to {next}"),
                    None => break,
                }
            }
            assert_eq!(now, at(3 * DAY), "after {failures} attempts");
        }
    }

    #[test]
    fn what_the_receiver_asks_for_is_honoured() {
        for (status, header, pause) in [
            (429, "120", Some(120)),
            (503, " 7 ", Some(7)),
            (503, "Thu, 01 Jan 1970 00:10:00 GMT", Some(500)),
            (503, "Thu, 01 Jan 1970 00:00:00 GMT", Some(0)),
            (429, "999999999", Some(DAY)),
            (429, "soon", None),
            (429, "-1", None),
            (429, "", None),
            (500, "120", None),
        ] {
            let found = asked_pause(status, header, at(100)).map(|pause| pause.num_seconds());
            assert_eq!(found, pause, "{status} {header}");
        }
        let next = next_attempt(at(0), 1, at(100), Some(TimeDelta::seconds(600)), u32::MAX);
        assert_eq!(next, Some(at(700)));
    }

    #[test]
    fn a_receiver_rests_longer_the_more_often_it_fails() {
        for (failures, seconds) in [(0, 0), (1, 0), (2, 5), (3, 10), (8, 320), (9, 600), (5000, 600)] {
            assert_eq!(rest(failures).num_seconds(), seconds, "{failures}");
        }
    }

    #[test]
    fn a_receiver_is_given_up_after_three_days_without_success() {
        for (now, given_up) in [(0, false), (3 * DAY - 1, false), (3 * DAY, true)] {
            assert_eq!(gives_up(at(0), at(now)), given_up, "{now}");
        }
    }
}
