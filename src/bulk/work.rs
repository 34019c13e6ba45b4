//! The work on one import that was received. Row by row, each chunk of rows, its receipts and its place are one transaction, so that it
//! goes on where it was after any end of the service. All or nothing, one transaction has every figure and the end of the import;
//! receipts and progress are written beside it, and begun anew where it was broken off.

use diesel_async::AsyncPgConnection;
use serde_json::{Value, json};

use super::batch::Batch;
use super::query::Options;
use super::queue::{self, Job};
use super::receipt::count;
use super::row::Row;
use super::source::Source;
use super::split::Place;
use super::{ROWS_AT_ONCE, at_once, said, store};
use crate::db::{Author, Db};
use crate::domain::import::{ImportMode, ImportState, RowCounts};
use crate::http::problem::Problem;
use crate::http::problems;

/// An import under work.
pub struct Work<'a> {
    job: &'a Job,
    db: &'a Db,
    /// The connection for what stands beside the figures: content, progress.
    beside: &'a mut AsyncPgConnection,
    author: Author,
    options: Options,
    counts: RowCounts,
    source: Source,
    effect: Option<Value>,
}

/// How the work ended, as far as it did.
enum End {
    /// Every row was answered for.
    Through,
    /// Somebody stopped it.
    Stopped,
}

/// Works an import to its end.
///
/// # Errors
/// `unavailable` and `record_held`, after which it can go on; every other problem ends it.
pub async fn work(job: &Job, db: &Db, beside: &mut AsyncPgConnection) -> Result<(), Problem> {
    let at_one_commit = job.mode == ImportMode::AllOrNothing && !job.dry_run;
    if !queue::start(beside, job.number, at_one_commit).await? {
        return Ok(());
    }
    let mut counts = RowCounts::default();
    let outcome = attempt(job, db, beside, at_one_commit, &mut counts).await;
    let problem = match outcome {
        Ok(()) => return Ok(()),
        // It passes: the database is away, or another write holds a figure.
        Err(problem) if problem.kind().status == problems::UNAVAILABLE.status => return Err(problem),
        Err(problem) => problem,
    };
    log::info!(
        "import {} ends: {problem}{}",
        job.number,
        problem.cause().map(|cause| format!(" ({cause})")).unwrap_or_default()
    );
    let counts = if at_one_commit { counts.undone() } else { counts };
    let unread = [problems::IMPORT_UNREADABLE.code, problems::MALFORMED_JSON.code].contains(&problem.kind().code);
    let state = if unread && counts.stored == 0 { ImportState::Refused } else { ImportState::Failed };
    Ok(queue::end(beside, job.number, state, counts, Some(told(&problem))).await?)
}

async fn attempt(
    job: &Job,
    db: &Db,
    beside: &mut AsyncPgConnection,
    at_one_commit: bool,
    counts: &mut RowCounts,
) -> Result<(), Problem> {
    let mut place = Place::default();
    if !at_one_commit {
        *counts = serde_json::from_value(job.counts.clone()).map_err(Problem::internal)?;
        let kept = job.place.clone().map(serde_json::from_value).transpose();
        place = kept.map_err(Problem::internal)?.unwrap_or_default();
    }
    let source = Source::open(beside, job, place).await?;
    let mut work = Work {
        job,
        db,
        beside,
        author: Author { actor: job.caller.clone(), request_id: job.request_id.clone() },
        options: options(job),
        counts: *counts,
        source,
        effect: job.effect.clone(),
    };
    let outcome = if at_one_commit { work.at_one_commit().await } else { work.chunk_by_chunk().await };
    *counts = work.counts;
    outcome
}

fn options(job: &Job) -> Options {
    Options {
        mode: job.mode,
        strategy: job.strategy,
        dry_run: job.dry_run,
        approved: job.approved,
        reason: job.reason.clone(),
        // The source has it.
        mapping: None,
    }
}

fn told(problem: &Problem) -> Value {
    json!({"code": problem.kind().code, "title": problem.kind().title, "detail": problem.detail(), "errors": problem.faults()})
}

impl Work<'_> {
    /// Each chunk by itself: what was done stays done.
    async fn chunk_by_chunk(&mut self) -> Result<(), Problem> {
        loop {
            if queue::is_cancelled(self.beside, self.job.number).await? {
                return self.end(ImportState::Cancelled).await;
            }
            let rows = self.source.rows(self.beside, ROWS_AT_ONCE).await?;
            if rows.is_empty() {
                let refused = self.job.mode == ImportMode::AllOrNothing && self.counts.refused > 0;
                return self.end(if refused { ImportState::Refused } else { ImportState::Done }).await;
            }
            self.chunk(rows).await?;
        }
    }

    async fn chunk(&mut self, rows: Vec<Row>) -> Result<(), Problem> {
        let (job, options, source, db) = (self.job, &self.options, &self.source, self.db);
        let (mut counts, mut effect) = (self.counts, self.effect.clone());
        let done = self
            .db
            .write(&self.author, async |connection| {
                let mut batch = judge(connection, job.number, rows, options).await?;
                if options.dry_run {
                    batch.doubt(connection).await?;
                    if effect.is_none() && batch.written().next().is_some() {
                        effect = Some(json!(at_once::try_out(connection, &batch).await?));
                    }
                } else {
                    batch.store(connection, db).await?;
                }
                count(&mut counts, &batch.receipts);
                let told = if options.dry_run { counts.foreseen() } else { counts };
                store::keep_rows(connection, job.number, &batch.receipts).await?;
                queue::advance(connection, job.number, source.place(), told, source.layout(), effect.as_ref()).await?;
                Ok::<_, Problem>(told)
            })
            .await?;
        (self.counts, self.effect) = (done, effect);
        Ok(())
    }

    /// Every figure and the end of the import in one transaction.
    async fn at_one_commit(&mut self) -> Result<(), Problem> {
        let (job, options, db) = (self.job, &self.options, self.db);
        let (source, counts, beside) = (&mut self.source, &mut self.counts, &mut *self.beside);
        let outcome = self
            .db
            .write(&self.author, async |connection| {
                loop {
                    if queue::is_cancelled(beside, job.number).await? {
                        return Err(Broken::Off(End::Stopped));
                    }
                    let rows = source.rows(beside, ROWS_AT_ONCE).await?;
                    if rows.is_empty() {
                        break;
                    }
                    let mut batch = judge(connection, job.number, rows, options).await?;
                    // Once a row is refused the others are only judged, so that all faults are told.
                    if counts.refused > 0 || batch.refuses() {
                        batch.doubt(connection).await?;
                    } else {
                        batch.store(connection, db).await?;
                    }
                    count(counts, &batch.receipts);
                    store::keep_rows(beside, job.number, &batch.receipts).await?;
                    queue::advance(beside, job.number, source.place(), counts.undone(), source.layout(), None).await?;
                }
                if counts.refused > 0 {
                    return Err(Broken::Off(End::Through));
                }
                Ok(queue::end(connection, job.number, ImportState::Done, *counts, None).await?)
            })
            .await;
        match outcome {
            Ok(()) => Ok(()),
            Err(Broken::Off(End::Through)) => self.end_with(ImportState::Refused, self.counts.undone()).await,
            Err(Broken::Off(End::Stopped)) => self.end_with(ImportState::Cancelled, self.counts.undone()).await,
            Err(Broken::By(problem)) => Err(problem),
        }
    }

    async fn end(&mut self, state: ImportState) -> Result<(), Problem> {
        self.count_further().await?;
        self.end_with(state, self.counts).await
    }

    async fn end_with(&mut self, state: ImportState, counts: RowCounts) -> Result<(), Problem> {
        Ok(queue::end(self.beside, self.job.number, state, counts, None).await?)
    }

    /// Of a dry run the first figures were looked at; the others are counted.
    async fn count_further(&mut self) -> Result<(), Problem> {
        let Some(effect) = self.effect.as_mut() else { return Ok(()) };
        let looked_at = effect["measures"].as_array().map_or(0, Vec::len);
        let all = (self.counts.created + self.counts.updated + self.counts.proposed) as usize;
        effect["further"] = json!(all.saturating_sub(looked_at));
        let (place, layout) = (self.source.place(), self.source.layout());
        Ok(queue::advance(self.beside, self.job.number, place, self.counts, layout, Some(effect)).await?)
    }
}

/// Why a transaction was broken off.
enum Broken {
    Off(End),
    By(Problem),
}

impl<E: Into<Problem>> From<E> for Broken {
    fn from(error: E) -> Self {
        Self::By(error.into())
    }
}

async fn judge(
    connection: &mut AsyncPgConnection,
    import: i64,
    rows: Vec<Row>,
    options: &Options,
) -> Result<Batch, Problem> {
    let keys: Vec<_> = rows.iter().filter_map(|row| row.draft.as_ref().ok()).map(|draft| &draft.key).collect();
    let taken = said::earlier(connection, import, &keys).await?;
    Batch::judge(connection, rows, options, taken).await
}
