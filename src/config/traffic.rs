//! Settings of what may come in: how often, how much at a time, how slowly, and from which pages.

use super::{Reading, Setting};

/// The rows of these settings in THE table.
pub const SETTINGS: &[Setting] = &[
    (
        "RATE_LIMIT_READS",
        "`5000`",
        "Reads a second for each caller; what a caller has not used in ten seconds it may use at once. 0 for no limit. \
         Who has no key is one caller for each address that it comes from.",
    ),
    ("RATE_LIMIT_WRITES", "`2500`", "Writes a second for each caller, as `RATE_LIMIT_READS`."),
    (
        "RATE_LIMIT_FAILURES",
        "`300`",
        "Refused credentials a minute from each address; beyond it the answer is 429. 0 for no limit.",
    ),
    (
        "MAX_REQUESTS",
        "`512`",
        "Requests in hand at one time, 1 to 100000; beyond it the answer is 503 at once. Health is always answered.",
    ),
    (
        "MAX_REPORTS",
        "`32`",
        "Of these, requests for what is computed from many rows (scorecards, reports, pages of the feeds), 1 to 100000.",
    ),
    (
        "MAX_WAITING",
        "`64`",
        "Callers that may wait for changes at one time (`GET /changes?wait=`), and that may follow imports (`…/events`), each 0 to 10000; they do not count among `MAX_REQUESTS`.",
    ),
    (
        "MAX_EXPORTS",
        "`8`",
        "Whole feeds being written at one time, 1 to 100000, and half as many for one caller; each holds a connection to the database until it is read to its end.",
    ),
    ("MAX_CONNECTIONS", "`10000`", "Connections at one time, 1 to 1000000; further ones wait."),
    ("HEAD_SECONDS", "`10`", "How long the head of a request may take to arrive, 1 to 600."),
    ("BODY_SECONDS", "`30`", "How long the body of a request may take to arrive, 1 to 600."),
    (
        "ANSWER_SECONDS",
        "`30`",
        "How long a client may take nothing of an answer that waits for it before it is cut off, 1 to 600. By the system's own clock, on Linux alone.",
    ),
    (
        "KEEP_ALIVE_SECONDS",
        "`5`",
        "How long a connection stays open without a request, 1 to 600; behind a proxy, longer than the proxy keeps its own.",
    ),
    (
        "CORS_ORIGINS",
        "none",
        "Pages of other origins that may call the service from a browser, such as `https://dashboards.example.gov.uk`; joined by commas.",
    ),
];

/// What may come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Traffic {
    /// Reads a second for each caller; 0 for no limit.
    pub reads: u32,
    /// Writes a second for each caller; 0 for no limit.
    pub writes: u32,
    /// Refused credentials a minute from each address; 0 for no limit.
    pub failures: u32,
    /// Requests in hand.
    pub requests: usize,
    /// Of these, what is computed from many rows.
    pub reports: usize,
    /// Callers that wait for changes.
    pub waiting: usize,
    /// Whole feeds being written.
    pub exports: usize,
    /// Connections.
    pub connections: usize,
    /// Seconds for the head of a request.
    pub head_seconds: u64,
    /// Seconds for its body.
    pub body_seconds: u64,
    /// Seconds for which a client may take nothing of an answer.
    pub answer_seconds: u64,
    /// Seconds for which an idle connection is kept.
    pub keep_alive_seconds: u64,
    /// Origins whose pages may call.
    pub origins: Vec<String>,
}

impl Default for Traffic {
    fn default() -> Self {
        Self {
            reads: 5000,
            writes: 2500,
            failures: 300,
            requests: 512,
            reports: 32,
            waiting: 64,
            exports: 8,
            connections: 10_000,
            head_seconds: 10,
            body_seconds: 30,
            answer_seconds: 30,
            keep_alive_seconds: 5,
            origins: Vec::new(),
        }
    }
}

impl Traffic {
    pub(super) fn read(reading: &mut Reading<'_>) -> Self {
        let usual = Self::default();
        let mut rate = |name: &str, usual: u32| {
            reading.parsed(name, "a number from 0 to 1000000", |n| *n <= 1_000_000).unwrap_or(usual)
        };
        let (reads, writes) = (rate("RATE_LIMIT_READS", usual.reads), rate("RATE_LIMIT_WRITES", usual.writes));
        let failures = rate("RATE_LIMIT_FAILURES", usual.failures);
        let mut bound = |name: &str, usual: usize| {
            reading.parsed(name, "a number from 1 to 100000", |n| (1..=100_000).contains(n)).unwrap_or(usual)
        };
        let (requests, reports) = (bound("MAX_REQUESTS", usual.requests), bound("MAX_REPORTS", usual.reports));
        let exports = bound("MAX_EXPORTS", usual.exports);
        let waiting =
            reading.parsed("MAX_WAITING", "a number from 0 to 10000", |n| *n <= 10_000).unwrap_or(usual.waiting);
        let connections = reading
            .parsed("MAX_CONNECTIONS", "a number from 1 to 1000000", |n| (1..=1_000_000).contains(n))
            .unwrap_or(usual.connections);
        let mut seconds = |name: &str, usual: u64| {
            reading.parsed(name, "a number from 1 to 600", |n| (1..=600).contains(n)).unwrap_or(usual)
        };
        Self {
            reads,
            writes,
            failures,
            requests,
            reports,
            waiting,
            exports,
            connections,
            head_seconds: seconds("HEAD_SECONDS", usual.head_seconds),
            body_seconds: seconds("BODY_SECONDS", usual.body_seconds),
            answer_seconds: seconds("ANSWER_SECONDS", usual.answer_seconds),
            keep_alive_seconds: seconds("KEEP_ALIVE_SECONDS", usual.keep_alive_seconds),
            origins: reading.all("CORS_ORIGINS", "origins such as https://dashboards.example.gov.uk", origin),
        }
    }
}

/// An origin as browsers write it: scheme, host in small letters, port; nothing after it, and never `*`.
fn origin(text: &str) -> Option<String> {
    let rest = ["https://", "http://"].iter().find_map(|scheme| text.strip_prefix(scheme))?;
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-:[]".contains(c);
    (!rest.is_empty() && rest.chars().all(fits)).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_exact() {
        for right in ["https://a.example", "http://localhost:3000", "http://[::1]:80"] {
            assert!(origin(right).is_some(), "{right}");
        }
        for wrong in ["*", "null", "a.example", "https://", "https://a.example/", "https://A.example", "https://*.a"] {
            assert!(origin(wrong).is_none(), "{wrong}");
        }
    }
}
