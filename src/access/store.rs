//! Keys in the database: only their hashes are kept.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use diesel::define_sql_function;
use diesel::prelude::*;
use diesel::sql_types::Uuid as SqlUuid;
use diesel::upsert::excluded;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::body::{Key, KeyBody, KeyOnce};
use super::grant::Grants;
use crate::db::DbError;
use crate::db::schema::{api_keys, key_uses};
use crate::http::page::{PageQuery, Rows};
use crate::http::problem::Problem;
use crate::http::secrets::KEY;
use crate::rows_of_page;

define_sql_function! {
    /// When a key was last used.
    fn key_last_used(used: SqlUuid) -> Nullable<Timestamptz>;
}

/// SHA-256 of a key. Keys are 256 random bits, so a slow hash would buy nothing.
pub fn hash(key: &str) -> [u8; 32] {
    Sha256::digest(key.as_bytes()).into()
}

/// Makes a key and stores its hash.
///
/// # Errors
/// [`Problem`] when the system has no randomness to give, or the database refuses.
pub async fn create(
    connection: &mut AsyncPgConnection,
    body: &KeyBody,
    replaces: Option<Uuid>,
) -> Result<KeyOnce, Problem> {
    let mut secret = [0u8; 32];
    getrandom::fill(&mut secret).map_err(Problem::internal)?;
    let key = format!("{KEY}{}", URL_SAFE_NO_PAD.encode(secret));
    let scopes: Vec<&str> = body.scopes.iter().map(AsRef::as_ref).collect();
    let details = diesel::insert_into(api_keys::table)
        .values((
            api_keys::id.eq(Uuid::now_v7()),
            api_keys::name.eq(body.name.as_ref()),
            api_keys::secret_hash.eq(hash(&key).to_vec()),
            api_keys::hint.eq(&key[..7]),
            api_keys::scopes.eq(scopes),
            api_keys::grants.eq(Grants(body.grants.clone())),
            api_keys::networks.eq(body.networks.clone()),
            api_keys::expires_at.eq(body.expires_at),
            api_keys::replaces.eq(replaces),
        ))
        .returning(Key::as_returning())
        .get_result(connection)
        .await
        .map_err(DbError::from)?;
    Ok(KeyOnce { key, details })
}

/// The key with this hash, if there is one.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn find_by_hash(mut connection: &AsyncPgConnection, hash: &[u8]) -> Result<Option<Key>, DbError> {
    let query = api_keys::table.filter(api_keys::secret_hash.eq(hash)).select(Key::as_select());
    Ok(query.first(&mut connection).await.optional()?)
}

/// The key with this id, if there is one.
///
/// # Errors
/// As [`find_by_hash`].
pub async fn find(mut connection: &AsyncPgConnection, id: Uuid) -> Result<Option<Key>, DbError> {
    Ok(api_keys::table.find(id).select(Key::as_select()).first(&mut connection).await.optional()?)
}

/// The same, locked until the transaction ends.
///
/// # Errors
/// As [`find_by_hash`].
pub async fn lock(connection: &mut AsyncPgConnection, id: Uuid) -> Result<Option<Key>, DbError> {
    Ok(api_keys::table.find(id).select(Key::as_select()).for_update().first(connection).await.optional()?)
}

/// Revokes a key from `now` on; one revoked before stays as it was.
///
/// # Errors
/// As [`find_by_hash`].
pub async fn revoke(connection: &mut AsyncPgConnection, id: Uuid, now: DateTime<Utc>) -> Result<Option<Key>, DbError> {
    diesel::update(api_keys::table.find(id).filter(api_keys::revoked_at.is_null()))
        .set(api_keys::revoked_at.eq(now))
        .execute(connection)
        .await?;
    find(connection, id).await
}

/// Lets a key end at `end`.
///
/// # Errors
/// As [`find_by_hash`].
pub async fn end(connection: &mut AsyncPgConnection, id: Uuid, end: DateTime<Utc>) -> Result<(), DbError> {
    diesel::update(api_keys::table.find(id)).set(api_keys::expires_at.eq(end)).execute(connection).await?;
    Ok(())
}

/// Whether a key has a successor.
///
/// # Errors
/// As [`find_by_hash`].
pub async fn is_replaced(connection: &mut AsyncPgConnection, id: Uuid) -> Result<bool, DbError> {
    let successor = diesel::dsl::exists(api_keys::table.filter(api_keys::replaces.eq(id)));
    Ok(diesel::select(successor).get_result(connection).await?)
}

/// Notes that a key was used. Not in the change log: it changes nothing.
///
/// # Errors
/// As [`find_by_hash`].
pub async fn note_use(mut connection: &AsyncPgConnection, id: Uuid, at: DateTime<Utc>) -> Result<(), DbError> {
    diesel::insert_into(key_uses::table)
        .values((key_uses::key.eq(id), key_uses::last_used_at.eq(at)))
        .on_conflict(key_uses::key)
        .do_update()
        .set(key_uses::last_used_at.eq(excluded(key_uses::last_used_at)))
        .execute(&mut connection)
        .await?;
    Ok(())
}

/// A page of keys.
///
/// # Errors
/// [`Problem`] for a wrong page, or when the database cannot be reached.
pub async fn list(connection: &AsyncPgConnection, page: &PageQuery) -> Result<Rows<Key>, Problem> {
    rows_of_page!(connection, page, Key, api_keys::table.into_boxed())
}
