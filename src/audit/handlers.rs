//! `/api/v1/changes`.

use actix_web::{HttpRequest, get};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::body::{Change, ChangePage, ChangeQuery};
use super::store::{self, Place};
use crate::access::caller::Caller;
use crate::access::scope::{Read, Scope};
use crate::db::Db;
use crate::http::page;
use crate::http::params::Query;
use crate::http::problem::Problem;
use crate::http::problems;
use crate::http::reply::{Answer, Reply};

/// Follow the change log
///
/// Every write, oldest first: who, when, before and after. Keep `cursor` and send it again later: changes that were
/// committed late are never skipped. Changes of keys and accounts are shown to auditors and
/// administrators only. Where a name was erased, `erased person` and a number stand in its place.
#[utoipa::path(
    tag = "changes", operation_id = "list_changes", security(("api_key" = ["read"])),
    params(ChangeQuery),
    responses((status = 200, description = "A page of the log", body = ChangePage))
)]
#[get("/changes")]
pub async fn list(caller: Caller<Read>, query: Query<ChangeQuery>, db: Db, request: HttpRequest) -> Answer {
    let query = query.0;
    let limit = page::limit(query.limit)?;
    let from = query.cursor.as_deref().filter(|cursor| !cursor.is_empty()).map(read).transpose()?;
    let connection = db.reading(None).await?;
    let mut items = store::after(&connection, &query, from, page::one_more(limit)?, caller.has(Scope::Audit)).await?;
    let more = items.len() > limit;
    items.truncate(limit);
    let cursor = items.last().map(write).or(query.cursor);
    let next = cursor.as_deref().filter(|_| more).map(|cursor| page::next_address(&request, cursor));
    Reply::json(&ChangePage { items, next, cursor })
}

fn write(last: &Change) -> String {
    URL_SAFE_NO_PAD.encode(format!("{}.{}", last.transaction_number, last.sequence))
}

fn read(cursor: &str) -> Result<Place, Problem> {
    let text = URL_SAFE_NO_PAD.decode(cursor).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let parts = text
        .as_deref()
        .and_then(|text| text.split_once('.'))
        .and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
    let (transaction_number, sequence) = parts
        .ok_or_else(|| Problem::new(problems::INVALID_CURSOR, "The cursor was not given out by the change log."))?;
    Ok(Place { transaction_number, sequence })
}
