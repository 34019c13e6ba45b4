//! Seals in the database: reading them and what lies under them, and appending the next.

use std::collections::HashSet;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::body::{Lag, SealHead};
use super::chain::{Fingerprint, Record, Seal};
use super::names::{Name, REGISTER};
use crate::audit::store::{Place, SETTLED, after_place, up_to_place};
use crate::db::DbError;
use crate::db::functions::append_seal;
use crate::db::schema::accounts::dsl as accounts;
use crate::db::schema::change_seals::dsl as seals;
use crate::db::schema::changes::dsl;

/// Most changes under one seal: what a verifier holds in memory.
pub const BATCH: i64 = 500;

/// Unsealed changes that are counted one by one.
const COUNTED: i64 = 100_000;

/// Number of the last seal, and where it ends; 0 and before the first change while there is none.
async fn last(mut connection: &AsyncPgConnection) -> Result<(i64, Place), DbError> {
    let query = seals::change_seals.order(seals::number.desc());
    let found = query.select((seals::number, seals::last_transaction, seals::last_sequence)).first(&mut connection);
    let (number, transaction_number, sequence) = found.await.optional()?.unwrap_or_default();
    Ok((number, Place { transaction_number, sequence }))
}

/// Seals the next changes that are settled; answers how many.
///
/// # Errors
/// [`DbError`] when the database cannot be reached, or another sealer was quicker.
pub async fn seal_next(connection: &mut AsyncPgConnection) -> Result<usize, DbError> {
    let (number, place) = last(connection).await?;
    let query = dsl::changes
        .select(Record::as_select())
        .filter(sql::<Bool>(SETTLED))
        .filter(after_place(place))
        .order((dsl::transaction_number, dsl::sequence))
        .limit(BATCH);
    let due: Vec<Record> = query.load(connection).await?;
    if due.is_empty() {
        return Ok(0);
    }
    let changes = due.len();
    let prints: Vec<Fingerprint> = due.into_iter().map(|record| Fingerprint::of(&record.into_json())).collect();
    let sequences: Vec<i64> = prints.iter().map(|one| one.sequence).collect();
    let hashes: Vec<u8> = prints.iter().flat_map(|one| one.hash.iter().copied()).collect();
    let marks: Vec<u8> = prints.iter().flat_map(|one| one.marks.iter().copied()).collect();
    diesel::select(append_seal(number, sequences, hashes, marks)).execute(connection).await?;
    Ok(changes)
}

/// The seal after this number; none at the end of the chain.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn next(mut connection: &AsyncPgConnection, after: i64) -> Result<Option<Seal>, DbError> {
    let query = seals::change_seals.filter(seals::number.gt(after)).order(seals::number).select(Seal::as_select());
    Ok(query.first(&mut connection).await.optional()?)
}

/// The changes that lie in the log after `place` and up to the end of the seal; none before the first seal means from the beginning.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn under(
    mut connection: &AsyncPgConnection,
    place: Option<Place>,
    seal: &Seal,
) -> Result<Vec<Record>, DbError> {
    let end = Place { transaction_number: seal.last_transaction, sequence: seal.last_sequence };
    let mut query = dsl::changes.select(Record::as_select()).filter(up_to_place(end)).into_boxed();
    if let Some(place) = place {
        query = query.filter(after_place(place));
    }
    Ok(query.order((dsl::transaction_number, dsl::sequence)).load(&mut connection).await?)
}

/// The changes with these numbers, wherever they lie.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn numbered(mut connection: &AsyncPgConnection, sequences: &[i64]) -> Result<Vec<Record>, DbError> {
    let query = dsl::changes.filter(dsl::sequence.eq_any(sequences)).select(Record::as_select());
    Ok(query.order(dsl::sequence).load(&mut connection).await?)
}

/// The names of the register that are not erased, each with what opens the commitment to it.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn names(mut connection: &AsyncPgConnection) -> Result<Vec<Name>, DbError> {
    let query = accounts::accounts.select((
        accounts::number,
        accounts::name.assume_not_null(),
        accounts::salt.assume_not_null(),
    ));
    let query = query.filter(accounts::name.is_not_null()).order(accounts::number);
    Ok(query.load(&mut connection).await?)
}

/// The numbers of names whose erasure stands in the log, also where it is not sealed yet.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn erased(mut connection: &AsyncPgConnection) -> Result<HashSet<i64>, DbError> {
    let query = dsl::changes.filter(dsl::resource.eq(REGISTER)).filter(dsl::action.eq("updated"));
    let keys: Vec<String> = query.select(dsl::resource_key).load(&mut connection).await?;
    Ok(keys.iter().filter_map(|key| key.parse().ok()).collect())
}

/// Heads of seals before a number, newest first.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn heads(
    mut connection: &AsyncPgConnection,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<SealHead>, DbError> {
    let query = seals::change_seals.filter(seals::number.lt(before.unwrap_or(i64::MAX))).order(seals::number.desc());
    Ok(query.limit(limit).select(SealHead::as_select()).load(&mut connection).await?)
}

/// The head of one seal.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn head(mut connection: &AsyncPgConnection, number: i64) -> Result<Option<SealHead>, DbError> {
    let query = seals::change_seals.find(number).select(SealHead::as_select());
    Ok(query.first(&mut connection).await.optional()?)
}

/// How far the seals are behind the log.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn lag(mut connection: &AsyncPgConnection) -> Result<Lag, DbError> {
    let (_, place) = last(connection).await?;
    let unsealed = dsl::changes.filter(after_place(place));
    let oldest = unsealed
        .order((dsl::transaction_number, dsl::sequence))
        .select((
            dsl::changed_at,
            sql::<BigInt>("greatest(0, extract(epoch FROM clock_timestamp() - changed_at) * 1000)::bigint"),
        ))
        .first::<(chrono::DateTime<chrono::Utc>, i64)>(&mut connection)
        .await
        .optional()?;
    let Some((oldest, milliseconds)) = oldest else {
        return Ok(Lag { unsealed: 0, oldest_changed_at: None, milliseconds: 0 });
    };
    let some = sql::<BigInt>("(SELECT count(*) FROM (SELECT FROM changes WHERE (transaction_number, sequence) > (")
        .bind::<BigInt, _>(place.transaction_number)
        .sql(", ")
        .bind::<BigInt, _>(place.sequence)
        .sql(&format!(") LIMIT {COUNTED}) AS few)"));
    let unsealed = diesel::select(some).get_result(&mut connection).await?;
    Ok(Lag { unsealed, oldest_changed_at: Some(oldest), milliseconds })
}
