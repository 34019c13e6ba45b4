//! The change log in the database.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::body::{Change, ChangeQuery};
use crate::db::DbError;
use crate::db::schema::changes::dsl;

/// A place in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Number of the transaction.
    pub transaction_number: i64,
    /// Order within it.
    pub sequence: i64,
}

/// Only transactions older than every one still running: what commits later stands later in the log, so a reader who
/// goes on from a place never skips a change.
const SETTLED: &str =
    "transaction_number < (SELECT ahead FROM change_clock) + pg_snapshot_xmin(pg_current_snapshot())::text::bigint";

/// Changes after a place, in the order of the log. Those of keys are for administrators only.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn after(
    mut connection: &AsyncPgConnection,
    query: &ChangeQuery,
    place: Option<Place>,
    limit: i64,
    with_keys: bool,
) -> Result<Vec<Change>, DbError> {
    let mut changes = dsl::changes.select(Change::as_select()).filter(sql::<Bool>(SETTLED)).into_boxed();
    if let Some(place) = place {
        let later = sql::<Bool>("(transaction_number, sequence) > (").bind::<BigInt, _>(place.transaction_number);
        changes = changes.filter(later.sql(", ").bind::<BigInt, _>(place.sequence).sql(")"));
    }
    if !with_keys {
        changes = changes.filter(dsl::resource.ne("api_keys"));
    }
    if let Some(resource) = &query.resource {
        changes = changes.filter(dsl::resource.eq(resource));
    }
    if let Some(key) = &query.resource_key {
        changes = changes.filter(dsl::resource_key.eq(key));
    }
    if let Some(actor) = &query.actor {
        changes = changes.filter(dsl::actor.eq(actor));
    }
    Ok(changes.order((dsl::transaction_number, dsl::sequence)).limit(limit).load(&mut connection).await?)
}
