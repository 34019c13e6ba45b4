//! Imports and their receipts in the database.

use diesel::define_sql_function;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Binary, Integer, Jsonb, Nullable, Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde_json::{Value, json};

use super::body::{Import, Kept};
use super::query::{ImportFilter, Options, RowsQuery};
use super::receipt::RowReceipt;
use crate::clock;
use crate::db::schema::{import_rows, imports};
use crate::db::{Author, DbError};
use crate::domain::import::{Charset, ContentForm, ImportState, RowCounts, RowOutcome};
use crate::http::page::{PageQuery, Rows};
use crate::http::problem::Problem;
use crate::listing;

define_sql_function! {
    /// Name of who sent an import, by the number in the register.
    fn sender_name(of_number: BigInt) -> Text;
}

/// What is known of a content when its import is first kept.
#[derive(Debug)]
pub struct New<'a> {
    /// Who sent it, and by which request.
    pub author: &'a Author,
    /// How it is taken.
    pub options: &'a Options,
    /// Its form.
    pub form: ContentForm,
    /// How it writes characters, once that is known.
    pub charset: Option<Charset>,
    /// Where it stands.
    pub state: ImportState,
    /// Its bytes.
    pub bytes: u64,
    /// SHA-256 of it, once all of it is there.
    pub hash: Option<[u8; 32]>,
    /// Rows by what became of them.
    pub counts: RowCounts,
    /// What is to be said of it.
    pub notes: Vec<String>,
    /// Names of its columns.
    pub layout: Option<&'a [String]>,
    /// What it would do.
    pub effect: Option<Value>,
    /// How far its caller reaches; none for everywhere, and where that is needed no more.
    pub reach: Option<Value>,
}

/// Keeps a new import.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn begin(connection: &mut AsyncPgConnection, new: &New<'_>) -> Result<Kept, DbError> {
    let now = clock::now();
    let over = new.state.is_over();
    let values = (
        (
            imports::request_id.eq(&new.author.request_id),
            imports::state.eq(new.state),
            imports::form.eq(new.form),
            imports::charset.eq(new.charset),
            imports::mode.eq(new.options.mode),
            imports::strategy.eq(new.options.strategy),
            imports::approved.eq(new.options.approved),
            imports::reason.eq(new.options.reason.as_ref()),
            imports::dry_run.eq(new.options.dry_run),
            imports::mapping.eq(new.options.mapping.as_ref().map(|mapping| &mapping.code)),
        ),
        imports::content_bytes.eq(i64::try_from(new.bytes).unwrap_or(i64::MAX)),
        imports::content_hash.eq(new.hash.map(|hash| hash.to_vec())),
        imports::counts.eq(json!(new.counts)),
        imports::notes.eq(json!(new.notes)),
        imports::layout.eq(new.layout.map(|names| json!(names))),
        imports::effect.eq(&new.effect),
        imports::reach.eq(&new.reach),
        imports::mapped.eq(new.options.mapping.as_ref().map(|mapping| json!(mapping))),
        imports::started_at.eq(over.then_some(now)),
        imports::ended_at.eq(over.then_some(now)),
    );
    Ok(diesel::insert_into(imports::table)
        .values(values)
        .returning(Kept::as_returning())
        .get_result(connection)
        .await?)
}

const KEEP_ROWS: &str = "
    INSERT INTO import_rows (import, number, line, outcome, measure, quarter, revision, faults, warnings, notes, original, said)
    SELECT $1, n.* FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) AS n";

/// Keeps the receipts of rows.
///
/// # Errors
/// As [`begin`].
pub async fn keep_rows(connection: &mut AsyncPgConnection, import: i64, rows: &[RowReceipt]) -> Result<(), DbError> {
    type Words = Nullable<Text>;
    let list = |empty: bool, told: Value| (!empty).then_some(told);
    let query = diesel::sql_query(KEEP_ROWS)
        .bind::<BigInt, _>(import)
        .bind::<Array<Integer>, _>(rows.iter().map(|row| row.row).collect::<Vec<_>>())
        .bind::<Array<Integer>, _>(rows.iter().map(|row| row.line).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(rows.iter().map(|row| row.outcome).collect::<Vec<_>>())
        .bind::<Array<Words>, _>(rows.iter().map(|row| clean(row.measure.as_deref())).collect::<Vec<_>>())
        .bind::<Array<Words>, _>(rows.iter().map(|row| clean(row.quarter.as_deref())).collect::<Vec<_>>())
        .bind::<Array<Nullable<Integer>>, _>(rows.iter().map(|row| row.revision).collect::<Vec<_>>())
        .bind::<Array<Nullable<Jsonb>>, _>(
            rows.iter().map(|row| list(row.errors.is_empty(), cleaned(json!(row.errors)))).collect::<Vec<_>>(),
        )
        .bind::<Array<Nullable<Jsonb>>, _>(
            rows.iter().map(|row| list(row.warnings.is_empty(), json!(row.warnings))).collect::<Vec<_>>(),
        )
        .bind::<Array<Nullable<Jsonb>>, _>(
            rows.iter().map(|row| list(row.notes.is_empty(), cleaned(json!(row.notes)))).collect::<Vec<_>>(),
        )
        .bind::<Array<Words>, _>(rows.iter().map(|row| clean(row.original.as_deref())).collect::<Vec<_>>())
        .bind::<Array<Nullable<Binary>>, _>(rows.iter().map(|row| row.said).collect::<Vec<_>>());
    query.execute(connection).await?;
    Ok(())
}

/// PostgreSQL keeps no NUL: what is refused for having one is kept with the mark that stands for what cannot be shown.
fn clean(text: Option<&str>) -> Option<String> {
    text.map(|text| text.replace('\0', "\u{fffd}"))
}

fn cleaned(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(text.replace('\0', "\u{fffd}")),
        Value::Array(entries) => Value::Array(entries.into_iter().map(cleaned).collect()),
        Value::Object(fields) => {
            Value::Object(fields.into_iter().map(|(name, value)| (name, cleaned(value))).collect())
        }
        other => other,
    }
}

/// The import with this number, if there is one that the session may see.
///
/// # Errors
/// As [`begin`].
pub async fn find(connection: &mut AsyncPgConnection, number: i64) -> Result<Option<Kept>, DbError> {
    Ok(imports::table.find(number).select(Kept::as_select()).first(connection).await.optional()?)
}

fn filtered(filter: &ImportFilter) -> imports::BoxedQuery<'_, Pg> {
    let mut query = imports::table.filter(imports::state.ne(ImportState::Receiving)).into_boxed();
    if let Some(state) = filter.state {
        query = query.filter(imports::state.eq(state));
    }
    if let Some(caller) = &filter.caller {
        query = query.filter(sender_name(imports::caller).eq(caller));
    }
    query
}

/// A page of imports.
///
/// # Errors
/// [`Problem`] for a wrong page, or when the database cannot be reached.
pub async fn list(
    connection: &mut AsyncPgConnection,
    filter: &ImportFilter,
    page: &PageQuery,
) -> Result<Rows<Import>, Problem> {
    let order = listing::order::<Import>(page);
    let total: Option<i64> = match page.counts() {
        true => Some(filtered(filter).count().get_result(connection).await.map_err(DbError::from)?),
        false => None,
    };
    let mut query = filtered(filter).select(Kept::as_select());
    if let Some(values) = page.after(|values| order.fits(values))? {
        query = query.filter(order.after(values));
    }
    let kept: Vec<Kept> = query.order(order).limit(page.fetched()?).load(connection).await.map_err(DbError::from)?;
    let now = clock::now();
    let rows = kept.into_iter().map(|kept| Import::of(kept, now)).collect::<Result<Vec<_>, _>>()?;
    Ok(Rows { rows, total })
}

type RowColumns = (
    i32,
    i32,
    RowOutcome,
    Option<String>,
    Option<String>,
    Option<i32>,
    Option<Value>,
    Option<Value>,
    Option<Value>,
    Option<String>,
);

/// Receipts of an import's rows after this number, at most so many.
///
/// # Errors
/// As [`begin`].
pub async fn rows(
    connection: &mut AsyncPgConnection,
    kept: &Kept,
    asked: &RowsQuery,
    after: i32,
    most: i64,
) -> Result<Vec<RowReceipt>, DbError> {
    let mut query = import_rows::table
        .filter(import_rows::import.eq(kept.number))
        .filter(import_rows::number.gt(after))
        .into_boxed();
    // Receipts are written beside the work, by what becomes of a row once all are stored.
    let undone = kept.stores_nothing();
    if let Some(outcome) = asked.outcome {
        query = query.filter(import_rows::outcome.eq_any(kept_as(outcome, undone)));
    }
    if let Some(warned) = asked.warned {
        query = if warned {
            query.filter(import_rows::warnings.is_not_null())
        } else {
            query.filter(import_rows::warnings.is_null())
        };
    }
    let columns = (
        import_rows::number,
        import_rows::line,
        import_rows::outcome,
        import_rows::measure,
        import_rows::quarter,
        import_rows::revision,
        import_rows::faults,
        import_rows::warnings,
        import_rows::notes,
        import_rows::original,
    );
    let rows: Vec<RowColumns> = query.select(columns).order(import_rows::number).limit(most).load(connection).await?;
    let receipts: Result<Vec<_>, serde_json::Error> = rows.into_iter().map(receipt).collect();
    let receipts = receipts
        .map_err(|error| DbError::Other(format!("a receipt of import {} cannot be read: {error}", kept.number)))?;
    Ok(if undone { receipts.into_iter().map(RowReceipt::undone).collect() } else { receipts })
}

/// The outcomes under which rows of this one are kept.
fn kept_as(outcome: RowOutcome, undone: bool) -> Vec<RowOutcome> {
    use RowOutcome::{Created, NotStored, Proposed, Refused, Unchanged, Updated};
    let all = [Created, Updated, Proposed, Unchanged, NotStored, Refused];
    all.into_iter().filter(|kept| if undone { kept.undone() } else { *kept } == outcome).collect()
}

fn receipt(columns: RowColumns) -> Result<RowReceipt, serde_json::Error> {
    let (row, line, outcome, measure, quarter, revision, faults, warnings, notes, original) = columns;
    fn list<T: serde::de::DeserializeOwned>(value: Option<Value>) -> Result<Vec<T>, serde_json::Error> {
        value.map_or_else(|| Ok(Vec::new()), serde_json::from_value)
    }
    Ok(RowReceipt {
        row,
        line,
        outcome,
        measure,
        quarter,
        revision,
        errors: list(faults)?,
        warnings: list(warnings)?,
        notes: list(notes)?,
        original,
        said: None,
    })
}
