//! One rate limit: a quota that refills evenly, for each of many keys, counted without a lock.

use std::hash::Hash;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};

/// Most seconds that a caller is told to wait.
pub const LONGEST_WAIT: u64 = 120;

/// So many requests in so many seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Name of the quota, as callers see it.
    pub name: &'static str,
    /// Requests in a window, all of which may come at once.
    pub requests: NonZeroU32,
    /// Seconds of a window.
    pub seconds: u32,
}

impl Rate {
    /// None for no limit, which a count of 0 says.
    pub fn new(name: &'static str, requests: u32, seconds: u32) -> Option<Self> {
        NonZeroU32::new(requests).map(|requests| Self { name, requests, seconds })
    }

    /// As the header `RateLimit-Policy` says it.
    pub fn policy(&self) -> String {
        format!("\"{}\";q={};w={}", self.name, self.requests, self.seconds)
    }

    /// Seconds until a quota with `left` requests is whole again.
    fn refill(&self, left: u32) -> u64 {
        let used = u64::from(self.requests.get().saturating_sub(left));
        (used * u64::from(self.seconds)).div_ceil(u64::from(self.requests.get()))
    }
}

/// What became of a request under a quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It may go on: so many are left, and in so many seconds the quota is whole again.
    Within {
        /// Requests left.
        left: u32,
        /// Seconds.
        seconds: u64,
    },
    /// It may not, before so many seconds have passed.
    Beyond {
        /// Seconds, 1 to [`LONGEST_WAIT`].
        wait: u64,
    },
}

/// A rate for each key.
pub struct Meter<K: Hash + Eq + Clone> {
    rate: Rate,
    limiter: RateLimiter<K, DashMapStateStore<K>, DefaultClock, StateInformationMiddleware>,
}

impl<K: Hash + Eq + Clone> Meter<K> {
    /// Nothing used yet.
    pub fn new(rate: Rate) -> Option<Self> {
        let each = Duration::from_secs(rate.seconds.into()) / rate.requests.get();
        let quota = Quota::with_period(each)?.allow_burst(rate.requests);
        Some(Self { rate, limiter: RateLimiter::dashmap(quota).with_middleware() })
    }

    /// The rate.
    pub fn rate(&self) -> &Rate {
        &self.rate
    }

    /// Counts a request of this key.
    pub fn count(&self, key: &K) -> Verdict {
        match self.limiter.check_key(key) {
            Ok(state) => {
                let left = state.remaining_burst_capacity();
                Verdict::Within { left, seconds: self.rate.refill(left) }
            }
            Err(until) => {
                let wait = until.wait_time_from(DefaultClock::default().now());
                Verdict::Beyond { wait: (wait.as_millis().div_ceil(1000) as u64).clamp(1, LONGEST_WAIT) }
            }
        }
    }

    /// Forgets the keys that have their whole quota.
    pub fn forget_the_idle(&self) {
        self.limiter.retain_recent();
        self.limiter.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quota_may_be_used_at_once_and_then_waits_are_told() {
        // A window so long that nothing comes back while the test runs.
        let meter = Rate::new("writes", 3, 3600).and_then(Meter::<&str>::new);
        let counted: Vec<_> =
            ["a", "a", "a", "a", "b"].iter().filter_map(|key| Some(meter.as_ref()?.count(key))).collect();
        let left = |verdict: &Verdict| match verdict {
            Verdict::Within { left, .. } => Some(*left),
            Verdict::Beyond { .. } => None,
        };
        assert_eq!(counted.iter().map(left).collect::<Vec<_>>(), [Some(2), Some(1), Some(0), None, Some(2)]);
        assert_eq!(counted.get(3), Some(&Verdict::Beyond { wait: LONGEST_WAIT }));
    }

    #[test]
    fn no_count_is_no_limit_and_a_policy_says_its_window() {
        assert_eq!(Rate::new("reads", 0, 10), None);
        let rate = Rate::new("reads", 5000, 10);
        assert_eq!(rate.map(|rate| rate.policy()), Some("\"reads\";q=5000;w=10".to_owned()));
        assert_eq!(rate.map(|rate| [rate.refill(5000), rate.refill(4999), rate.refill(0)]), Some([0, 1, 10]));
    }
}
