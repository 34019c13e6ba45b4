//! The change log in the database.

use diesel::dsl::sql;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::body::{Change, ChangeQuery};
use super::names;
use crate::db::DbError;
use crate::db::schema::changes::{self, dsl};

/// A condition on where a change stands.
type Standing = Box<dyn BoxableExpression<changes::table, Pg, SqlType = Bool>>;

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
pub const SETTLED: &str =
    "transaction_number < (SELECT ahead FROM change_clock) + pg_snapshot_xmin(pg_current_snapshot())::text::bigint";

/// That a change stands after a place.
pub fn after_place(place: Place) -> Standing {
    stands(">", place)
}

/// That a change stands at a place or before it.
pub(super) fn up_to_place(place: Place) -> Standing {
    stands("<=", place)
}

/// Both parts of the place are compared as one, so that one index serves.
fn stands(how: &str, place: Place) -> Standing {
    let first =
        sql::<Bool>(&format!("(transaction_number, sequence) {how} (")).bind::<BigInt, _>(place.transaction_number);
    Box::new(first.sql(", ").bind::<BigInt, _>(place.sequence).sql(")"))
}

/// Changes after a place, in the order of the log, with names. Those of keys, accounts and webhook endpoints, whose addresses can be
/// secrets, are for auditors and administrators only.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn after(
    mut connection: &AsyncPgConnection,
    query: &ChangeQuery,
    place: Option<Place>,
    limit: i64,
    with_secrets: bool,
) -> Result<Vec<Change>, DbError> {
    let mut changes = dsl::changes.select(Change::as_select()).filter(sql::<Bool>(SETTLED)).into_boxed();
    if let Some(place) = place {
        changes = changes.filter(after_place(place));
    }
    if !with_secrets {
        changes = changes.filter(dsl::resource.ne_all(["api_keys", "accounts", "webhook_endpoints"]));
    }
    if let Some(resource) = &query.resource {
        changes = changes.filter(dsl::resource.eq(resource));
    }
    if let Some(key) = &query.resource_key {
        changes = changes.filter(dsl::resource_key.eq(key));
    }
    if let Some(actor) = &query.actor {
        let by = sql::<Bool>("actor = ANY (ARRAY(SELECT unnest(account_numbers(").bind::<Text, _>(actor).sql("))))");
        changes = changes.filter(by);
    }
    let mut found = changes.order((dsl::transaction_number, dsl::sequence)).limit(limit).load(&mut connection).await?;
    names::put_back(connection, &mut found).await?;
    Ok(found)
}

/// Place of the newest change that readers can see; none in an empty log.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn newest(mut connection: &AsyncPgConnection) -> Result<Option<Place>, DbError> {
    let query = dsl::changes.filter(sql::<Bool>(SETTLED)).select((dsl::transaction_number, dsl::sequence));
    let found = query.order((dsl::transaction_number.desc(), dsl::sequence.desc())).first(&mut connection).await;
    let found: Option<(i64, i64)> = found.optional()?;
    Ok(found.map(|(transaction_number, sequence)| Place { transaction_number, sequence }))
}
