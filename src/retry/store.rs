//! Stored answers to repeatable requests.

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde_json::Value;

use super::seal::Seal;
use crate::db::DbError;
use crate::db::schema::idempotent_answers as answers;
use crate::http::problem::Problem;
use crate::http::reply::Reply;

/// An answer as it was stored.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = answers)]
pub struct Stored {
    /// SHA-256 of the request that it answered.
    pub request_hash: Vec<u8>,
    status: i16,
    headers: Value,
    /// Its bytes.
    pub body: Vec<u8>,
    /// Whether these are encrypted.
    pub sealed: bool,
}

/// Takes the turn of this key until the transaction ends; false when another request has it.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn claim(connection: &mut AsyncPgConnection, caller: &str, key: &str) -> Result<bool, DbError> {
    let turn = sql::<Bool>("pg_try_advisory_xact_lock(hashtextextended(")
        .bind::<Text, _>(format!("{caller}\n{key}"))
        .sql(", 0))");
    Ok(diesel::select(turn).get_result(connection).await?)
}

/// The answer to this key, if it is not older than 24 hours.
///
/// # Errors
/// As [`claim`].
pub async fn find(connection: &mut AsyncPgConnection, caller: &str, key: &str) -> Result<Option<Stored>, DbError> {
    let fresh = answers::table.find((caller, key)).filter(sql::<Bool>("answered_at > now() - interval '24 hours'"));
    Ok(fresh.select(Stored::as_select()).first(connection).await.optional()?)
}

/// Stores the answer, in place of one older than 24 hours; closed by `seal` where it shows a secret.
///
/// # Errors
/// [`Problem`] when the answer cannot be stored.
pub async fn keep(
    connection: &mut AsyncPgConnection,
    caller: &str,
    key: &str,
    hash: &[u8],
    reply: &Reply,
    seal: Option<&Seal>,
) -> Result<(), Problem> {
    let closed = seal.map(|seal| seal.close(&reply.body)).transpose()?;
    let headers: Vec<(&str, &str)> =
        reply.headers.iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?))).collect();
    diesel::delete(answers::table.find((caller, key))).execute(connection).await.map_err(DbError::from)?;
    diesel::insert_into(answers::table)
        .values((
            answers::caller.eq(caller),
            answers::idempotency_key.eq(key),
            answers::request_hash.eq(hash),
            answers::status.eq(i16::try_from(reply.status.as_u16()).map_err(Problem::internal)?),
            answers::headers.eq(serde_json::to_value(headers).map_err(Problem::internal)?),
            answers::body.eq(closed.as_ref().unwrap_or(&reply.body)),
            answers::sealed.eq(closed.is_some()),
        ))
        .execute(connection)
        .await
        .map_err(DbError::from)?;
    Ok(())
}

/// Deletes the answers that are older than 24 hours; answers how many.
///
/// # Errors
/// As [`claim`].
pub async fn purge(connection: &mut AsyncPgConnection) -> Result<usize, DbError> {
    let old = answers::table.filter(sql::<Bool>("answered_at <= now() - interval '24 hours'"));
    Ok(diesel::delete(old).execute(connection).await?)
}

impl TryFrom<Stored> for Reply {
    type Error = Problem;

    fn try_from(stored: Stored) -> Result<Self, Problem> {
        let headers: Vec<(String, String)> = serde_json::from_value(stored.headers).map_err(Problem::internal)?;
        let mut reply = Self {
            status: u16::try_from(stored.status)
                .ok()
                .and_then(|code| StatusCode::from_u16(code).ok())
                .unwrap_or(StatusCode::OK),
            headers: Vec::with_capacity(headers.len()),
            body: stored.body,
        };
        for (name, value) in headers {
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(Problem::internal)?;
            reply.headers.push((name, HeaderValue::from_str(&value).map_err(Problem::internal)?));
        }
        Ok(reply)
    }
}
