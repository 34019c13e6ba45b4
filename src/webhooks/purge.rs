//! What is no longer kept of deliveries.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use crate::db::DbError;
use crate::db::schema::webhook_deliveries;

/// Delivered ones are kept for 30 days, dead letters for 90.
const OLD: &str =
    "ended_at < now() - interval '30 days' AND (state <> 'dead' OR ended_at < now() - interval '90 days')";

/// Deletes deliveries that ended long ago; answers how many.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn purge(connection: &mut AsyncPgConnection) -> Result<usize, DbError> {
    Ok(diesel::delete(webhook_deliveries::table.filter(sql::<Bool>(OLD))).execute(connection).await?)
}
