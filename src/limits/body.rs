//! The limits as callers read them.

use serde::Serialize;
use utoipa::ToSchema;

use super::exports;
use super::gate::REPORTS;
use super::rate::{LONGEST_WAIT, Rate};
use super::{Limits, quota::Quotas};
use crate::bulk;
use crate::http::{body, json, odata, page};
use crate::{db, retry};

/// Most bytes of the head of a request, with its first line; the server's own bound.
pub const HEAD_BYTES: usize = 131_072;
/// Most headers of a request; the server's own bound.
pub const HEADERS: usize = 96;

/// So many requests in so many seconds.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuotaBody {
    /// Requests in a window; all of them may come at once.
    #[schema(example = 5000)]
    requests: u32,
    /// Seconds of the window, over which the quota refills evenly.
    #[schema(example = 10)]
    seconds: u32,
}

/// Quotas; null for one that is not limited.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuotasBody {
    /// Reads of each caller; who has no key is one caller for each address.
    reads: Option<QuotaBody>,
    /// Writes of each caller.
    writes: Option<QuotaBody>,
    /// Requests of each address with credentials that do not work.
    failures: Option<QuotaBody>,
    /// Most seconds that `Retry-After` asks a caller to wait.
    #[schema(example = 120)]
    longest_wait_seconds: u64,
}

/// What is answered at one time; beyond it the answer is `503`.
#[derive(Debug, Serialize, ToSchema)]
pub struct AtOnceBody {
    /// Requests.
    #[schema(example = 512)]
    requests: usize,
    /// Of these, reports, and pages of the feeds that are not in memory.
    #[schema(example = 32)]
    reports: usize,
    /// Callers that wait for changes, who do not count among the requests.
    #[schema(example = 64)]
    waiting: usize,
    /// Last part of the addresses that are reports.
    #[schema(example = json!(["scorecard"]))]
    report_addresses: Vec<&'static str>,
    /// Whole feeds being written.
    #[schema(example = 8)]
    exports: usize,
    /// Of these, at most so many for one caller.
    #[schema(example = 4)]
    exports_per_caller: usize,
    /// Connections.
    #[schema(example = 10000)]
    connections: usize,
}

/// How large a request may be.
#[derive(Debug, Serialize, ToSchema)]
pub struct SizesBody {
    /// Bytes of the head: the first line and the headers.
    #[schema(example = 131_072)]
    head_bytes: usize,
    /// Headers.
    #[schema(example = 96)]
    headers: usize,
    /// Bytes of the body.
    #[schema(example = 1_048_576)]
    body_bytes: usize,
    /// Levels of objects and lists in one another.
    #[schema(example = 100)]
    body_levels: usize,
    /// Characters of an `Idempotency-Key`.
    #[schema(example = 255)]
    idempotency_key_characters: usize,
    /// Characters of a `$filter` of OData.
    #[schema(example = 16_384)]
    filter_characters: usize,
    /// Levels of parentheses in it.
    #[schema(example = 40)]
    filter_levels: usize,
    /// Rows in a page.
    #[schema(example = 1000)]
    page_rows: u16,
    /// Rows in a page unless asked otherwise.
    #[schema(example = 100)]
    page_rows_usual: u16,
}

/// How many figures may come in one import.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportsBody {
    /// Rows that are answered for at once; more become a job.
    #[schema(example = 1000)]
    rows_at_once: usize,
    /// Bytes that are answered for at once.
    #[schema(example = 8_388_608)]
    bytes_at_once: usize,
    /// Bytes of a content.
    #[schema(example = 268_435_456)]
    bytes: u64,
    /// Bytes of a row.
    #[schema(example = 1_048_576)]
    row_bytes: usize,
    /// Days for which receipts are kept after the end.
    #[schema(example = 90)]
    receipt_days: u16,
}

/// How long things may take.
#[derive(Debug, Serialize, ToSchema)]
pub struct TimesBody {
    /// Seconds for the head of a request to arrive.
    #[schema(example = 10)]
    head_seconds: u64,
    /// Seconds for its body.
    #[schema(example = 30)]
    body_seconds: u64,
    /// Seconds for which a client may take nothing of an answer that waits for it.
    #[schema(example = 30)]
    answer_seconds: u64,
    /// Seconds for which a connection is kept without a request.
    #[schema(example = 5)]
    keep_alive_seconds: u64,
    /// Seconds for one statement in the database.
    #[schema(example = 30)]
    statement_seconds: u64,
    /// Seconds for which a transaction may do nothing.
    #[schema(example = 60)]
    idle_transaction_seconds: u64,
    /// Seconds for which a write waits for another on the same row.
    #[schema(example = 5)]
    lock_seconds: u64,
    /// Seconds for which a write waits for a connection to the database.
    #[schema(example = 3)]
    connection_seconds: u64,
}

/// Every limit that callers may meet.
#[derive(Debug, Serialize, ToSchema)]
pub struct LimitsBody {
    /// How often.
    quotas: QuotasBody,
    /// How many at a time.
    at_once: AtOnceBody,
    /// How large.
    sizes: SizesBody,
    /// How many figures in one request.
    imports: ImportsBody,
    /// How long.
    times: TimesBody,
}

impl LimitsBody {
    /// Those in force.
    pub fn of(limits: &Limits) -> Self {
        let traffic = &limits.traffic;
        Self {
            quotas: QuotasBody::of(&limits.quotas),
            at_once: AtOnceBody {
                requests: traffic.requests,
                reports: traffic.reports,
                waiting: traffic.waiting,
                report_addresses: REPORTS.to_vec(),
                exports: traffic.exports,
                exports_per_caller: exports::of_one_caller(traffic.exports),
                connections: traffic.connections,
            },
            sizes: SizesBody {
                head_bytes: HEAD_BYTES,
                headers: HEADERS,
                body_bytes: body::LIMIT,
                body_levels: json::DEPTH,
                idempotency_key_characters: retry::LONGEST_KEY,
                filter_characters: odata::FILTER_CHARACTERS,
                filter_levels: odata::FILTER_LEVELS,
                page_rows: page::GREATEST_LIMIT,
                page_rows_usual: page::DEFAULT_LIMIT,
            },
            imports: ImportsBody {
                rows_at_once: bulk::ROWS_AT_ONCE,
                bytes_at_once: bulk::BYTES_AT_ONCE,
                bytes: bulk::BYTES,
                row_bytes: bulk::ROW_BYTES,
                receipt_days: bulk::KEPT_DAYS,
            },
            times: TimesBody {
                head_seconds: traffic.head_seconds,
                body_seconds: traffic.body_seconds,
                answer_seconds: traffic.answer_seconds,
                keep_alive_seconds: traffic.keep_alive_seconds,
                statement_seconds: db::session::STATEMENT_SECONDS,
                idle_transaction_seconds: db::session::IDLE_SECONDS,
                lock_seconds: db::session::LOCK_SECONDS,
                connection_seconds: db::WAIT_SECONDS,
            },
        }
    }
}

impl QuotasBody {
    fn of(quotas: &Quotas) -> Self {
        let told =
            |rate: Option<&Rate>| rate.map(|rate| QuotaBody { requests: rate.requests.get(), seconds: rate.seconds });
        let [reads, writes, failures] = quotas.rates().map(told);
        Self { reads, writes, failures, longest_wait_seconds: LONGEST_WAIT }
    }
}
