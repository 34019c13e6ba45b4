//! Imports that wait for their turn, in the database: their content, how far they are, and how they end.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Timestamptz};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde_json::{Value, json};

use super::body::Kept;
use super::split::Place;
use super::store::sender_name;
use crate::clock;
use crate::db::DbError;
use crate::db::schema::{import_contents as contents, import_rows, imports};
use crate::domain::import::{ApprovedRows, Charset, ContentForm, ImportMode, ImportState, ImportStrategy, RowCounts};
use crate::domain::text::Prose;

/// States in which an import can still go on.
const IN_HAND: [ImportState; 2] = [ImportState::Waiting, ImportState::Working];

/// An import that is to be worked.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = imports)]
pub struct Job {
    /// Its number.
    pub number: i64,
    /// Who sent it.
    #[diesel(select_expression = sender_name(imports::caller))]
    pub caller: String,
    /// By which request.
    pub request_id: String,
    /// How far the caller reaches.
    pub reach: Option<Value>,
    /// Its form.
    pub form: ContentForm,
    /// How it writes characters.
    pub charset: Option<Charset>,
    /// Whether one refused row refuses all.
    pub mode: ImportMode,
    /// What rows may do.
    pub strategy: ImportStrategy,
    /// What becomes of rows that differ from approved figures.
    pub approved: ApprovedRows,
    /// Why approved figures are corrected.
    pub reason: Option<Prose<2000>>,
    /// Whether nothing is to be stored.
    pub dry_run: bool,
    /// Mapping of a published file, as it was when the content came.
    pub mapped: Option<Value>,
    /// Bytes of its content.
    pub content_bytes: i64,
    /// How far it is.
    pub place: Option<Value>,
    /// Rows by what became of them, so far.
    pub counts: Value,
    /// What is foreseen of a dry run.
    pub effect: Option<Value>,
}

/// The import that came first of those that are in hand.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn first(connection: &mut AsyncPgConnection) -> Result<Option<Job>, DbError> {
    let query = imports::table.filter(imports::state.eq_any(IN_HAND)).order(imports::number).select(Job::as_select());
    Ok(query.first(connection).await.optional()?)
}

/// Another import in hand of the same caller, with the same content, taken in the same way.
const SAME: &str = "
    SELECT o.number FROM imports o JOIN imports ours ON ours.number = $1
    WHERE o.state IN ('waiting', 'working') AND NOT o.cancel_asked AND o.content_hash = $2
        AND (o.caller, o.form, o.mode, o.strategy, o.approved, o.dry_run) = (ours.caller, ours.form, ours.mode, ours.strategy, ours.approved, ours.dry_run)
        AND (o.reason, o.mapping, o.mapped, o.reach) IS NOT DISTINCT FROM (ours.reason, ours.mapping, ours.mapped, ours.reach)
    ORDER BY o.number LIMIT 1";

#[derive(QueryableByName)]
struct Same {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// The import in hand that is the same as this one, whose content has this hash; none where there is none.
///
/// # Errors
/// As [`first`].
pub async fn same_in_hand(
    connection: &mut AsyncPgConnection,
    import: i64,
    hash: &[u8],
) -> Result<Option<Kept>, DbError> {
    let query = diesel::sql_query(SAME).bind::<BigInt, _>(import).bind::<Binary, _>(hash);
    let same: Option<Same> = query.get_result(connection).await.optional()?;
    match same {
        Some(Same { number }) => super::store::find(connection, number).await,
        None => Ok(None),
    }
}

/// Notes that all of a content is there: from now on the import waits for its turn.
///
/// # Errors
/// As [`first`].
pub async fn received(
    connection: &mut AsyncPgConnection,
    import: i64,
    charset: Charset,
    bytes: u64,
    hash: &[u8],
    notes: &[String],
) -> Result<Kept, DbError> {
    let values = (
        imports::state.eq(ImportState::Waiting),
        imports::charset.eq(charset),
        imports::content_bytes.eq(i64::try_from(bytes).unwrap_or(i64::MAX)),
        imports::content_hash.eq(hash),
        imports::notes.eq(json!(notes)),
        imports::updated_at.eq(clock::now()),
    );
    let update = diesel::update(imports::table.find(import)).set(values).returning(Kept::as_returning());
    Ok(update.get_result(connection).await?)
}

/// Forgets an import with all that belongs to it.
///
/// # Errors
/// As [`first`].
pub async fn forget(connection: &mut AsyncPgConnection, import: i64) -> Result<(), DbError> {
    diesel::delete(imports::table.find(import)).execute(connection).await?;
    Ok(())
}

const RESUME: &str = r#"
    UPDATE imports SET resumed = jsonb_build_object('at', $2,
        'read', coalesce(jsonb_path_query_first(counts, '$.read ? (@.type() == "number")'), '0'),
        'byte', coalesce(jsonb_path_query_first(place, '$.byte ? (@.type() == "number")'), '0'))
    WHERE number = $1"#;

/// Notes that work begins, or begins anew; false where it is over, since somebody stopped it after it was found.
///
/// # Errors
/// As [`first`].
pub async fn start(connection: &mut AsyncPgConnection, import: i64, anew: bool) -> Result<bool, DbError> {
    let now = clock::now();
    // Waits for whoever is stopping it, and then finds it over; whoever comes later finds it worked, and asks.
    let waiting = imports::table.find(import).filter(imports::state.eq(ImportState::Waiting));
    diesel::update(waiting)
        .set((imports::state.eq(ImportState::Working), imports::started_at.eq(now), imports::updated_at.eq(now)))
        .execute(connection)
        .await?;
    let worked = imports::table.find(import).filter(imports::state.eq(ImportState::Working));
    if worked.select(imports::number).first::<i64>(connection).await.optional()?.is_none() {
        return Ok(false);
    }
    if anew {
        diesel::delete(import_rows::table.filter(import_rows::import.eq(import))).execute(connection).await?;
        let from_the_beginning = (imports::place.eq(None::<Value>), imports::counts.eq(json!(RowCounts::default())));
        diesel::update(imports::table.find(import)).set(from_the_beginning).execute(connection).await?;
    }
    diesel::sql_query(RESUME).bind::<BigInt, _>(import).bind::<Timestamptz, _>(now).execute(connection).await?;
    Ok(true)
}

/// Whether somebody asked to stop it.
///
/// # Errors
/// As [`first`].
pub async fn is_cancelled(connection: &mut AsyncPgConnection, import: i64) -> Result<bool, DbError> {
    Ok(imports::table.find(import).select(imports::cancel_asked).first(connection).await?)
}

/// Notes how far it is.
///
/// # Errors
/// As [`first`].
pub async fn advance(
    connection: &mut AsyncPgConnection,
    import: i64,
    place: Place,
    counts: RowCounts,
    layout: Option<&[String]>,
    effect: Option<&Value>,
) -> Result<(), DbError> {
    let values = (
        imports::place.eq(json!(place)),
        imports::counts.eq(json!(counts)),
        imports::layout.eq(layout.map(|names| json!(names))),
        imports::effect.eq(effect),
        imports::updated_at.eq(clock::now()),
    );
    diesel::update(imports::table.find(import)).set(values).execute(connection).await?;
    Ok(())
}

/// Ends it, and deletes its content.
///
/// # Errors
/// As [`first`].
pub async fn end(
    connection: &mut AsyncPgConnection,
    import: i64,
    state: ImportState,
    counts: RowCounts,
    problem: Option<Value>,
) -> Result<(), DbError> {
    let now = clock::now();
    diesel::delete(contents::table.filter(contents::import.eq(import))).execute(connection).await?;
    let values = (
        imports::state.eq(state),
        imports::counts.eq(json!(counts)),
        imports::problem.eq(problem),
        imports::updated_at.eq(now),
        imports::ended_at.eq(now),
    );
    diesel::update(imports::table.find(import)).set(values).execute(connection).await?;
    Ok(())
}

/// Asks to stop it: one that waits ends at once, one that is worked before its next rows; one that is over stays as it is.
///
/// # Errors
/// As [`first`].
pub async fn cancel(connection: &mut AsyncPgConnection, import: i64) -> Result<Option<Kept>, DbError> {
    let found =
        imports::table.find(import).select(Kept::as_select()).for_update().first(connection).await.optional()?;
    let Some(kept) = found else { return Ok(None) };
    match kept.state {
        ImportState::Waiting => end(connection, import, ImportState::Cancelled, RowCounts::default(), None).await?,
        ImportState::Working => {
            let asked = imports::cancel_asked.eq(true);
            diesel::update(imports::table.find(import)).set(asked).execute(connection).await?;
        }
        _ => return Ok(Some(kept)),
    }
    Ok(imports::table.find(import).select(Kept::as_select()).first(connection).await.optional()?)
}

/// Receipts that are deleted by one statement.
const PURGED_AT_ONCE: i64 = 20_000;

const OLD_RECEIPTS: &str = "
    DELETE FROM import_rows WHERE (import, number) IN (
        SELECT r.import, r.number FROM import_rows r JOIN imports i ON i.number = r.import WHERE i.ended_at < $1 LIMIT $2)";

/// Deletes imports that ended longer ago than receipts are kept, and contents that never arrived whole.
///
/// # Errors
/// As [`first`].
pub async fn purge(connection: &mut AsyncPgConnection) -> Result<usize, DbError> {
    let now = clock::now();
    let kept = now - chrono::TimeDelta::days(i64::from(super::KEPT_DAYS));
    let abandoned =
        imports::state.eq(ImportState::Receiving).and(imports::created_at.lt(now - chrono::TimeDelta::days(1)));
    // Receipts first, so many at a time: those of a large import would outlast the time of a statement.
    loop {
        let receipts = diesel::sql_query(OLD_RECEIPTS).bind::<Timestamptz, _>(kept).bind::<BigInt, _>(PURGED_AT_ONCE);
        if receipts.execute(connection).await? == 0 {
            break;
        }
    }
    let ended = diesel::delete(imports::table.filter(imports::ended_at.lt(kept))).execute(connection).await?;
    Ok(ended + diesel::delete(imports::table.filter(abandoned)).execute(connection).await?)
}
