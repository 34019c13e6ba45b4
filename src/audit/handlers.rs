//! `/api/v1/changes`.

use actix_web::web::Data;
use actix_web::{HttpRequest, get};

use super::body::{Change, ChangePage, ChangeQuery};
use super::waiting::{LONGEST, Waiting};
use super::{cursor, store};
use crate::access::caller::Caller;
use crate::access::scope::{Read, Scope};
use crate::db::Db;
use crate::http::page;
use crate::http::params::Query;
use crate::http::problem::Problem;
use crate::http::problems;
use crate::http::reply::{Answer, Reply};
use crate::http::slot::Slot;

/// Follow the change log
///
/// Every write, oldest first: who, when, before and after. Keep `cursor` and send it again later: changes that were
/// committed late are never skipped. With `wait`, who has reached the end is answered as soon as there is more, so that nobody has to ask
/// again and again. Changes of keys, accounts and webhook endpoints are shown to auditors and administrators only. Where a name was
/// erased, `erased person` and a number stand in its place.
#[utoipa::path(
    tag = "changes", operation_id = "list_changes", security(("api_key" = ["read"])),
    params(ChangeQuery),
    responses((status = 200, description = "A page of the log", body = ChangePage))
)]
#[get("/changes")]
pub async fn list(
    caller: Caller<Read>,
    query: Query<ChangeQuery>,
    db: Db,
    waiting: Data<Waiting>,
    request: HttpRequest,
) -> Answer {
    let log = Log::asked(&caller, query.0, db)?;
    let mut items = log.read().await?;
    if items.is_empty() && log.wait > 0 {
        items = log.wait_for_more(&waiting, &request).await?;
    }
    let more = items.len() > log.limit;
    items.truncate(log.limit);
    let last = items.last().map(|change| cursor::write(change.place()));
    let cursor = last.or(log.query.cursor);
    let next = cursor.as_deref().filter(|_| more).map(|cursor| page::next_address(&request, cursor));
    Reply::json(&ChangePage { items, next, cursor })
}

/// The log as a caller asks for it.
struct Log {
    db: Db,
    query: ChangeQuery,
    limit: usize,
    wait: u8,
    from: Option<store::Place>,
    with_secrets: bool,
}

impl Log {
    fn asked(caller: &Caller<Read>, query: ChangeQuery, db: Db) -> Result<Self, Problem> {
        let wait = query.wait.unwrap_or_default();
        if wait > LONGEST {
            let detail = format!("`wait` is {wait}; it must be from 0 to {LONGEST} seconds.");
            return Err(Problem::new(problems::INVALID_PARAMETER, detail));
        }
        let from = query.cursor.as_deref().filter(|cursor| !cursor.is_empty()).map(cursor::read).transpose()?;
        let (limit, with_secrets) = (page::limit(query.limit)?, caller.has(Scope::Audit));
        Ok(Self { db, query, limit, wait, from, with_secrets })
    }

    /// A page, and one change more where there is a next one.
    async fn read(&self) -> Result<Vec<Change>, Problem> {
        let connection = self.db.reading(None).await?;
        let limit = page::one_more(self.limit)?;
        Ok(store::after(&connection, &self.query, self.from, limit, self.with_secrets).await?)
    }

    /// The same once there is something, or nothing when the time is up. Who waits is not in hand.
    async fn wait_for_more(&self, waiting: &Waiting, request: &HttpRequest) -> Result<Vec<Change>, Problem> {
        let mut waiter = waiting.join(self.wait)?;
        Slot::leave(request);
        loop {
            let items = self.read().await?;
            if !items.is_empty() || !waiter.hears().await {
                return Ok(items);
            }
        }
    }
}
