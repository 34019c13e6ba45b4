//! What is told of an import.

use chrono::{DateTime, Utc};
use diesel::prelude::{Queryable, Selectable};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::receipt::RowReceipt;
use super::store::sender_name;
use crate::db::keyset::KeyColumn;
use crate::db::schema::imports;
use crate::domain::code::Code;
use crate::domain::import::{ApprovedRows, Charset, ContentForm, ImportMode, ImportState, ImportStrategy, RowCounts};
use crate::http::problem::Problem;
use crate::listing::Listed;
use crate::reports::pushed::body::PushEffect;

/// An import as it is kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = imports)]
pub struct Kept {
    /// Number.
    pub number: i64,
    /// Caller who sent it.
    #[diesel(select_expression = sender_name(imports::caller))]
    pub caller: String,
    /// Where it stands.
    pub state: ImportState,
    form: ContentForm,
    charset: Option<Charset>,
    mode: ImportMode,
    strategy: ImportStrategy,
    approved: ApprovedRows,
    reason: Option<String>,
    dry_run: bool,
    mapping: Option<Code>,
    content_bytes: i64,
    place: Option<Value>,
    counts: Value,
    notes: Value,
    /// Names of the columns of a CSV content.
    pub layout: Option<Value>,
    effect: Option<Value>,
    problem: Option<Value>,
    created_at: DateTime<Utc>,
    started_at: Option<DateTime<Utc>>,
    updated_at: DateTime<Utc>,
    ended_at: Option<DateTime<Utc>>,
    resumed: Option<Value>,
}

impl Kept {
    /// Whether nothing of it is stored, or not yet, though nothing is wrong with some of its rows.
    pub fn stores_nothing(&self) -> bool {
        self.mode == ImportMode::AllOrNothing && !self.dry_run && self.state != ImportState::Done
    }
}

/// How far the work is.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ImportProgress {
    /// Bytes of the content.
    pub bytes: i64,
    /// Of these, worked.
    pub bytes_done: i64,
    /// How much of the content is worked, in percent.
    #[schema(example = 62.5)]
    pub percent: f64,
    /// Rows read in a second, since the work began or last went on.
    #[schema(example = 9500.0)]
    pub rows_per_second: Option<f64>,
    /// Seconds that the rest will take at this rate; 0 at the end.
    #[schema(example = 12)]
    pub seconds_left: Option<i64>,
}

/// An import: many figures sent in one request, and what became of them.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Import {
    /// Number of the import.
    #[schema(example = 1)]
    pub number: i64,
    /// Where it stands.
    pub state: ImportState,
    /// Caller who sent it.
    pub caller: String,
    /// Form of the content.
    pub form: ContentForm,
    /// How the content writes characters, as it was found out; null until all of it was there.
    pub charset: Option<Charset>,
    /// Whether one refused row refuses all.
    pub mode: ImportMode,
    /// What rows may do.
    pub strategy: ImportStrategy,
    /// What becomes of rows that differ from approved figures.
    pub approved: ApprovedRows,
    /// Why approved figures are corrected.
    pub reason: Option<String>,
    /// Whether everything was done but storing.
    pub dry_run: bool,
    /// Mapping of a published file.
    pub mapping: Option<Code>,
    /// Rows by what became of them. Where nothing was stored, `stored` is 0: those that nothing is wrong with are `not_stored`, or, of a dry
    /// run, counted by what would become of them.
    pub counts: RowCounts,
    /// How far the work is.
    pub progress: ImportProgress,
    /// What is to be said of the content as a whole.
    #[schema(value_type = Vec<String>)]
    pub notes: Value,
    /// What a dry run would do to the scorecards; null otherwise.
    #[schema(value_type = Option<PushEffect>)]
    pub effect: Option<Value>,
    /// Why the content as a whole was refused, or the work broke off; null otherwise.
    #[schema(value_type = Option<Object>)]
    pub problem: Option<Value>,
    /// When it came.
    pub created_at: DateTime<Utc>,
    /// When work on it began.
    pub started_at: Option<DateTime<Utc>>,
    /// When it last went on.
    pub updated_at: DateTime<Utc>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
}

/// The answer to an import that was answered for at once: the import, and the receipt of each row.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Receipt {
    /// The import.
    #[serde(flatten)]
    pub import: Import,
    /// What became of each row.
    pub rows: Vec<RowReceipt>,
}

impl Import {
    /// What is told of a kept import at this moment.
    ///
    /// # Errors
    /// `internal_error` if what is kept cannot be read.
    pub fn of(kept: Kept, now: DateTime<Utc>) -> Result<Self, Problem> {
        let counts: RowCounts = serde_json::from_value(kept.counts.clone()).map_err(Problem::internal)?;
        let counts = if kept.stores_nothing() { counts.undone() } else { counts };
        let resumed = kept.resumed.clone().map(serde_json::from_value).transpose().map_err(Problem::internal)?;
        let progress = progress(&kept, counts, resumed, now);
        Ok(Self {
            number: kept.number,
            state: kept.state,
            caller: kept.caller,
            form: kept.form,
            charset: kept.charset,
            mode: kept.mode,
            strategy: kept.strategy,
            approved: kept.approved,
            reason: kept.reason,
            dry_run: kept.dry_run,
            mapping: kept.mapping,
            counts,
            progress,
            notes: kept.notes,
            effect: kept.effect,
            problem: kept.problem,
            created_at: kept.created_at,
            started_at: kept.started_at,
            updated_at: kept.updated_at,
            ended_at: kept.ended_at,
        })
    }
}

/// Where work last began, or went on after it had broken off.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Resumed {
    /// When.
    pub at: DateTime<Utc>,
    /// Rows read by then.
    pub read: u32,
    /// Bytes worked by then.
    pub byte: i64,
}

fn progress(kept: &Kept, counts: RowCounts, resumed: Option<Resumed>, now: DateTime<Utc>) -> ImportProgress {
    let done = kept.place.as_ref().and_then(|place| place["byte"].as_i64());
    let done = if kept.state == ImportState::Done { kept.content_bytes } else { done.unwrap_or(0) };
    let share =
        if kept.content_bytes > 0 { part(done, kept.content_bytes) } else { f64::from(u8::from(kept.state.is_over())) };
    // What was done before a break says nothing of how fast it goes, and the break counts for nothing.
    let since = resumed.or(kept.started_at.map(|at| Resumed { at, read: 0, byte: 0 }));
    let seconds = since.map(|since| (kept.ended_at.unwrap_or(now) - since.at).as_seconds_f64()).filter(|s| *s > 0.0);
    let worked = since.map_or(0.0, |since| part(done - since.byte, kept.content_bytes.max(1)));
    let left = match seconds {
        _ if kept.state.is_over() => Some(0.0),
        Some(seconds) if worked > 0.0 => Some((seconds * (1.0 - share) / worked).ceil()),
        _ => None,
    };
    let read = since.map_or(0, |since| counts.read.saturating_sub(since.read));
    ImportProgress {
        bytes: kept.content_bytes,
        bytes_done: done,
        percent: (share * 1000.0).round() / 10.0,
        rows_per_second: seconds.map(|seconds| (f64::from(read) / seconds).round()),
        seconds_left: left.map(whole),
    }
}

fn part(done: i64, all: i64) -> f64 {
    // Bytes of a content are far below what a double counts exactly.
    #[expect(clippy::cast_precision_loss, reason = "contents are at most some hundred megabytes")]
    let share = done as f64 / all as f64;
    share.clamp(0.0, 1.0)
}

fn whole(seconds: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "a number of seconds that somebody waits")]
    let whole = seconds.clamp(0.0, 1e9) as i64;
    whole
}

impl Listed for Import {
    const KEY: &'static [KeyColumn] = &[("number", "bigint")];

    fn key(&self) -> Vec<String> {
        vec![self.number.to_string()]
    }

    fn updated_at(&self) -> DateTime<Utc> {
        self.updated_at
    }
}
