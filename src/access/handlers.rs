//! `/api/v1/keys`: making, listing and revoking keys.

use actix_web::web::Data;
use actix_web::{HttpRequest, get, post};
use diesel_async::AsyncPgConnection;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::body::{Key, KeyBody, KeyOnce};
use super::cache::KeyCache;
use super::caller::Caller;
use super::scope::{Admin, Audit};
use super::store;
use crate::clock;
use crate::db::Db;
use crate::http::body::New;
use crate::http::page::{Page, PageQuery};
use crate::http::params::{Path, Query};
use crate::http::problem::Problem;
use crate::http::reply::{Answer, Reply};
use crate::http::version::Conditions;
use crate::listing;
use crate::retry::Retry;

/// Address of a key.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct KeyPath {
    /// Id of the key.
    pub(super) id: Uuid,
}

type NewKey = New<KeyBody>;

/// List keys
///
/// Keys without their secrets, which are kept nowhere.
#[utoipa::path(tag = "keys", operation_id = "list_keys", params(PageQuery), responses((status = 200, description = "A page of keys", body = Page<Key>)), security(("api_key" = ["audit"])))]
#[get("/keys")]
pub async fn list(_: Caller<Audit>, query: Query<PageQuery>, db: Db, request: HttpRequest) -> Answer {
    let connection = db.reading(None).await?;
    listing::answer(store::list(&connection, &query.0).await?, &request, &query.0)
}

/// Make a key
///
/// The answer shows the key this once; only its hash is kept. Where it was lost, the same request with the same `Idempotency-Key` and
/// credential is answered alike for 24 hours; else revoke the key and make another.
#[utoipa::path(tag = "keys", operation_id = "create_key", request_body(content = NewKey, example = json!({"name": "case-system", "grants": [{"role": "provider", "measure": "PRACTICE-01"}], "networks": ["10.20.0.0/16"], "expires_at": "2027-03-31T23:00:00Z"})), responses((status = 201, description = "The key, shown once", body = KeyOnce)), security(("api_key" = ["admin"])))]
#[post("/keys")]
pub async fn create(caller: Caller<Admin>, body: New<KeyBody>, retry: Retry, db: Db) -> Answer {
    let make =
        async |connection: &mut AsyncPgConnection| Reply::created(&store::create(connection, &body.0, None).await?);
    retry.sealed().write(&db, caller.author(), make).await
}

/// Read a key
#[utoipa::path(tag = "keys", operation_id = "get_key", params(KeyPath), responses((status = 200, description = "The key", body = Key)), security(("api_key" = ["audit"])))]
#[get("/keys/{id}")]
pub async fn get(_: Caller<Audit>, path: Path<KeyPath>, when: Conditions, db: Db) -> Answer {
    let connection = db.reading(None).await?;
    let key = store::find(&connection, path.0.id).await?.ok_or_else(|| missing(path.0.id))?;
    Reply::unless_known(&key, &when)
}

/// Revoke a key
///
/// It stops working at once here, and within a second on other instances. Revoking again changes nothing.
#[utoipa::path(tag = "keys", operation_id = "revoke_key", params(KeyPath), responses((status = 200, description = "The revoked key", body = Key)), security(("api_key" = ["admin"])))]
#[post("/keys/{id}/revoke")]
pub async fn revoke(
    caller: Caller<Admin>,
    path: Path<KeyPath>,
    retry: Retry,
    when: Conditions,
    db: Db,
    cache: Data<KeyCache>,
) -> Answer {
    let id = path.0.id;
    let answer = retry.write(&db, caller.author(), async |connection| {
        let key = store::find(connection, id).await?.ok_or_else(|| missing(id))?;
        when.allow_write(Some(crate::http::reply::Resource::version(&key)))?;
        let revoked = store::revoke(connection, id, clock::now()).await?.ok_or_else(|| missing(id))?;
        Reply::resource(&revoked)
    });
    let answer = answer.await;
    cache.clear();
    answer
}

/// `not_found` for this key.
pub fn missing(id: Uuid) -> Problem {
    Problem::not_found(format!("key `{id}`"))
}
