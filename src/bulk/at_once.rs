//! A content that is answered for at once: read, judged, stored and receipted in one transaction, in which its answer is stored, too.

use diesel_async::{AnsiTransactionManager, AsyncPgConnection, TransactionManager};
use serde_json::json;

use super::ROWS_AT_ONCE;
use super::batch::Batch;
use super::body::{Import, Receipt};
use super::incoming::Incoming;
use super::query::Options;
use super::reading::Reading;
use super::receipt;
use super::row::Row;
use super::split::{Place, Splitter};
use super::store::{self, New};
use crate::clock;
use crate::db::{Author, Db, DbError};
use crate::domain::import::{Charset, ContentForm, ImportMode, ImportState};
use crate::http::problem::Problem;
use crate::http::problems;
use crate::http::reply::{Answer, Reply};
use crate::reports::pushed::Before;
use crate::reports::pushed::body::PushEffect;
use crate::retry::Retry;

/// A content that was read whole.
#[derive(Debug)]
pub struct Content {
    form: ContentForm,
    charset: Charset,
    bytes: u64,
    hash: [u8; 32],
    reading: Reading,
    rows: Vec<Row>,
}

impl Content {
    /// Reads a content that has arrived whole; none where it has more rows than are answered for at once.
    ///
    /// # Errors
    /// `import_unreadable`, `malformed_json`.
    pub fn read(incoming: &Incoming, reading: Reading, charset: Charset) -> Result<Option<Self>, Problem> {
        let Some(bytes) = incoming.whole() else { return Ok(None) };
        let mut splitter = Splitter::new(incoming.form, Place::default());
        splitter.feed(bytes);
        splitter.end();
        let mut content = Self {
            form: incoming.form,
            charset,
            bytes: incoming.bytes(),
            hash: incoming.hash(),
            reading,
            rows: Vec::new(),
        };
        while let Some(record) = splitter.cut()? {
            content.rows.extend(content.reading.rows(&record)?);
            if content.rows.len() > ROWS_AT_ONCE {
                return Ok(None);
            }
        }
        content.reading.ended()?;
        Ok(Some(content))
    }

    fn record<'a>(&'a self, author: &'a Author, options: &'a Options, state: ImportState, batch: &Batch) -> New<'a> {
        let counts = receipt::counts(&batch.receipts);
        New {
            author,
            options,
            form: self.form,
            charset: Some(self.charset),
            state,
            bytes: self.bytes,
            hash: Some(self.hash),
            counts: if options.dry_run { counts.foreseen() } else { counts },
            notes: notes(self.form, self.charset),
            layout: self.reading.names(),
            effect: None,
            reach: None,
        }
    }
}

/// What is to be said of how a content writes characters.
pub fn notes(form: ContentForm, charset: Charset) -> Vec<String> {
    match (form, charset) {
        (ContentForm::Csv, Charset::Windows1252) => {
            vec!["The content is not UTF-8 and was read as Windows-1252: look at names with accents, dashes and quotation marks.".to_owned()]
        }
        _ => Vec::new(),
    }
}

/// Judges and stores a content, and answers for every row. One that is refused leaves its receipt and nothing else.
///
/// # Errors
/// `import_refused`, with the receipt; those of the database.
pub async fn take(db: &Db, author: &Author, options: &Options, mut content: Content, retry: Retry) -> Answer {
    let mut refused = None;
    let rows = std::mem::take(&mut content.rows);
    let outcome = retry
        .write(db, author, async |connection| {
            let mut batch = Batch::judge(connection, rows, options, Default::default()).await?;
            if options.mode == ImportMode::AllOrNothing && batch.refuses() {
                batch.doubt(connection).await?;
                refused = Some(batch);
                return Err(Problem::new(problems::IMPORT_REFUSED, "A row is refused."));
            }
            let effect = if options.dry_run {
                batch.doubt(connection).await?;
                Some(try_out(connection, &batch).await?)
            } else {
                batch.store(connection, db).await?;
                None
            };
            let new = New {
                effect: effect.map(|effect| json!(effect)),
                ..content.record(author, options, ImportState::Done, &batch)
            };
            answer(connection, &new, batch).await
        })
        .await;
    match refused {
        Some(batch) => Err(refuse(db, &content.record(author, options, ImportState::Refused, &batch), batch).await?),
        None => outcome,
    }
}

/// Stores, looks at what comes of it, and takes all of it back.
///
/// # Errors
/// Those of storing.
pub async fn try_out(connection: &mut AsyncPgConnection, batch: &Batch) -> Result<PushEffect, Problem> {
    let before = Before::read(connection, batch.written()).await?;
    AnsiTransactionManager::begin_transaction(connection).await.map_err(DbError::from)?;
    let tried = async {
        batch.write(connection).await?;
        before.after(connection).await
    }
    .await;
    AnsiTransactionManager::rollback_transaction(connection).await.map_err(DbError::from)?;
    tried
}

async fn keep(connection: &mut AsyncPgConnection, new: &New<'_>, batch: Batch) -> Result<Receipt, Problem> {
    let kept = store::begin(connection, new).await?;
    let rows = if kept.stores_nothing() { batch.undone() } else { batch.receipts };
    store::keep_rows(connection, kept.number, &rows).await?;
    Ok(Receipt { import: Import::of(kept, clock::now())?, rows })
}

async fn answer(connection: &mut AsyncPgConnection, new: &New<'_>, batch: Batch) -> Answer {
    let receipt = keep(connection, new, batch).await?;
    super::handlers::located(Reply::json(&receipt)?, receipt.import.number)
}

/// The refusal of a whole import, with its receipt, which is kept beside: nothing else is.
async fn refuse(db: &Db, new: &New<'_>, batch: Batch) -> Result<Problem, Problem> {
    let receipt = db.write(new.author, async |connection| keep(connection, new, batch).await).await?;
    let counts = receipt.import.counts;
    let detail = format!(
        "{} of {} rows are refused, and all rows were to be stored or none. Nothing was stored; the receipt is import {}.",
        counts.refused, counts.read, receipt.import.number
    );
    let problem = Problem::of_faults(problems::IMPORT_REFUSED, receipt::faults(&receipt.rows)).because(detail);
    Ok(problem.with("import", json!(receipt)))
}
