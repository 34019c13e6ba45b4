//! `/api/v1/audit/seals`.

use actix_web::{HttpRequest, get};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::body::{SealHead, SealPage, SealPath, SealQuery};
use super::store;
use crate::access::caller::Caller;
use crate::access::scope::Read;
use crate::db::Db;
use crate::http::page;
use crate::http::params::{Path, Query};
use crate::http::problem::Problem;
use crate::http::problems;
use crate::http::reply::{Answer, Reply};
use crate::http::version::Conditions;

/// List the seals of the change log
///
/// Newest first, and how far they are behind the log. Note the first one's `number` and `hash` down, somewhere else: with them,
/// `performance-framework audit verify` tells later that nothing up to there was altered, removed or made anew.
#[utoipa::path(
    tag = "audit", operation_id = "list_seals", security(("api_key" = ["read"])),
    params(SealQuery),
    responses((status = 200, description = "A page of seals", body = SealPage))
)]
#[get("/audit/seals")]
pub async fn list(_: Caller<Read>, query: Query<SealQuery>, db: Db, request: HttpRequest) -> Answer {
    let limit = page::limit(query.0.limit)?;
    let before = query.0.cursor.as_deref().filter(|cursor| !cursor.is_empty()).map(read).transpose()?;
    let connection = db.reading(None).await?;
    let mut items = store::heads(&connection, before, page::one_more(limit)?).await?;
    let lag = store::lag(&connection).await?;
    let more = items.len() > limit;
    items.truncate(limit);
    let last = items.last().filter(|_| more).map(|last| URL_SAFE_NO_PAD.encode(last.number.to_string()));
    let next = last.map(|cursor| page::next_address(&request, &cursor));
    Reply::json(&SealPage { items, next, lag })
}

/// Read the head of a seal
#[utoipa::path(
    tag = "audit", operation_id = "get_seal", security(("api_key" = ["read"])),
    params(SealPath),
    responses((status = 200, description = "The seal's head", body = SealHead))
)]
#[get("/audit/seals/{number}")]
pub async fn get(_: Caller<Read>, path: Path<SealPath>, when: Conditions, db: Db) -> Answer {
    let connection = db.reading(None).await?;
    let seal = store::head(&connection, path.0.number).await?;
    let seal = seal.ok_or_else(|| Problem::not_found(format!("seal `{}`", path.0.number)))?;
    Reply::unless_known(&seal, &when)
}

fn read(cursor: &str) -> Result<i64, Problem> {
    let text = URL_SAFE_NO_PAD.decode(cursor).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let number = text.and_then(|text| text.parse().ok()).filter(|number| *number > 0);
    number.ok_or_else(|| Problem::new(problems::INVALID_CURSOR, "The cursor was not given out by the list of seals."))
}
