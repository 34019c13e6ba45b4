//! Rotating keys: a successor with the same name and rights, and an overlap in which both work.

use actix_web::post;
use chrono::{DateTime, TimeDelta, Utc};
use diesel_async::AsyncPgConnection;

use super::body::{Key, KeyBody, KeyOnce, RotationBody};
use super::caller::Caller;
use super::handlers::{KeyPath, missing};
use super::scope::Admin;
use super::store;
use crate::clock;
use crate::db::Db;
use crate::http::body::Valid;
use crate::http::params::Path;
use crate::http::problem::Problem;
use crate::http::problems;
use crate::http::reply::{Answer, Reply, Resource};
use crate::http::version::Conditions;
use crate::retry::Retry;

/// Rotate a key
///
/// Makes its successor, with the same name, scopes, grants and networks, and shows it this once. The key in use still works for
/// the hours asked for, so that whoever holds it can change over without a gap. An `Idempotency-Key` is taken as with making a key.
#[utoipa::path(
    tag = "keys", operation_id = "rotate_key", params(KeyPath), security(("api_key" = ["admin"])),
    request_body(content = RotationBody, example = json!({"overlap_hours": 24})),
    responses((status = 201, description = "The successor, shown once", body = KeyOnce))
)]
#[post("/keys/{id}/rotate")]
pub async fn rotate(
    caller: Caller<Admin>,
    path: Path<KeyPath>,
    body: Valid<RotationBody>,
    retry: Retry,
    when: Conditions,
    db: Db,
    cache: actix_web::web::Data<super::cache::KeyCache>,
) -> Answer {
    let now = clock::now();
    let answer = retry.sealed().write(&db, caller.author(), async |connection| {
        let current = store::lock(connection, path.0.id).await?.ok_or_else(|| missing(path.0.id))?;
        when.allow_write(Some(current.version()))?;
        allow(connection, &current, now).await?;
        Reply::created(&succeed(connection, &current, &body.0, now).await?)
    });
    let answer = answer.await;
    cache.clear();
    answer
}

/// Only a key that works is rotated, and once: its successor is the one to be rotated next.
async fn allow(connection: &mut AsyncPgConnection, current: &Key, now: DateTime<Utc>) -> Result<(), Problem> {
    let (state, detail) = if !current.works(now) {
        ("ended", "The key no longer works: make a new one.")
    } else if store::is_replaced(connection, current.id).await? {
        ("replaced", "The key has a successor already: rotate that one, or make a new one.")
    } else {
        return Ok(());
    };
    let nothing: Vec<String> = Vec::new();
    Err(Problem::new(problems::TRANSITION_NOT_ALLOWED, detail).with("state", state).with("allowed", nothing))
}

async fn succeed(
    connection: &mut AsyncPgConnection,
    current: &Key,
    asked: &RotationBody,
    now: DateTime<Utc>,
) -> Result<KeyOnce, Problem> {
    let lifetime = current.expires_at.map(|end| end - current.created_at);
    let body = KeyBody {
        name: current.name.parse().map_err(Problem::internal)?,
        scopes: current.scopes.iter().flatten().filter_map(|scope| scope.parse().ok()).collect(),
        grants: current.grants.0.clone(),
        networks: current.networks.iter().flatten().copied().collect(),
        expires_at: asked.expires_at.or_else(|| lifetime.map(|lifetime| now + lifetime)),
    };
    let successor = store::create(connection, &body, Some(current.id)).await?;
    let overlap = now + TimeDelta::hours(i64::from(asked.overlap_hours));
    let end = current.expires_at.map_or(overlap, |end| end.min(overlap));
    store::end(connection, current.id, end).await?;
    Ok(successor)
}
