//! `/api/v1/webhook-endpoints/{endpoint}/deliveries`.

use actix_web::{HttpRequest, get, post};
use diesel_async::AsyncPgConnection;

use super::body::{DeliveryPath, DeliveryQuery, ReplayBody, Replayed, WebhookDelivery, WebhookDeliveryPage};
use super::store;
use crate::access::caller::Caller;
use crate::access::scope::{Admin, Audit};
use crate::clock;
use crate::db::Db;
use crate::http::body::Valid;
use crate::http::page;
use crate::http::params::{Path, Query};
use crate::http::problem::Problem;
use crate::http::problems;
use crate::http::reply::{Answer, Reply};
use crate::resources::crud::{self, Stored};
use crate::resources::webhook_endpoints::body::{WebhookEndpoint, WebhookEndpointPath};
use crate::retry::Retry;

/// List deliveries
///
/// Newest first, each with every attempt: when, the status of the answer or what went wrong, and how long it took. `state=dead` lists the
/// dead letters. Delivered ones are kept for 30 days, dead letters for 90.
#[utoipa::path(
    tag = "webhook-endpoints", operation_id = "list_webhook_deliveries", security(("api_key" = ["audit"])),
    params(WebhookEndpointPath, DeliveryQuery),
    responses((status = 200, description = "A page of deliveries", body = WebhookDeliveryPage))
)]
#[get("/webhook-endpoints/{endpoint}/deliveries")]
pub async fn list(
    _: Caller<Audit>,
    path: Path<WebhookEndpointPath>,
    query: Query<DeliveryQuery>,
    db: Db,
    request: HttpRequest,
) -> Answer {
    let limit = page::limit(query.0.limit)?;
    let before = query.0.cursor.as_deref().filter(|cursor| !cursor.is_empty()).map(place).transpose()?;
    let connection = db.reading(None).await?;
    there(&connection, &path.0).await?;
    let mut items = store::list(&connection, &path.0.endpoint, &query.0, before, page::one_more(limit)?).await?;
    let more = items.len() > limit;
    items.truncate(limit);
    let last = items.last().filter(|_| more);
    let next = last.map(|last| page::next_address(&request, &last.number.to_string()));
    Ok(page::linked(Reply::json(&WebhookDeliveryPage { items, next: next.clone() })?, next.as_deref()))
}

/// Read a delivery
#[utoipa::path(
    tag = "webhook-endpoints", operation_id = "get_webhook_delivery", security(("api_key" = ["audit"])), params(DeliveryPath),
    responses((status = 200, description = "The delivery", body = WebhookDelivery))
)]
#[get("/webhook-endpoints/{endpoint}/deliveries/{number}")]
pub async fn get(_: Caller<Audit>, path: Path<DeliveryPath>, db: Db) -> Answer {
    let connection = db.reading(None).await?;
    let found = store::find(&connection, &path.0.endpoint, path.0.number).await?;
    Reply::json(&found.ok_or_else(|| missing(&path.0))?)
}

/// Replay a delivery
///
/// Sends it again, with the same `webhook-id`, whether it was delivered, is a dead letter or still waits for its next attempt.
#[utoipa::path(
    tag = "webhook-endpoints", operation_id = "replay_webhook_delivery", security(("api_key" = ["admin"])), params(DeliveryPath),
    responses((status = 200, description = "The delivery, which is pending again", body = WebhookDelivery))
)]
#[post("/webhook-endpoints/{endpoint}/deliveries/{number}/replay")]
pub async fn replay(caller: Caller<Admin>, path: Path<DeliveryPath>, retry: Retry, db: Db) -> Answer {
    let work = retry.write(&db, caller.author(), async |connection| {
        let found = store::replay(connection, &path.0.endpoint, path.0.number, clock::now()).await?;
        Reply::json(&found.ok_or_else(|| missing(&path.0))?)
    });
    work.await
}

/// Replay dead letters
///
/// Sends again all that were queued first at an instant or later, in their order.
#[utoipa::path(
    tag = "webhook-endpoints", operation_id = "replay_webhook_dead_letters", security(("api_key" = ["admin"])), params(WebhookEndpointPath),
    request_body(content = ReplayBody, example = json!({"since": "2025-06-16T09:00:00Z"})),
    responses((status = 200, description = "How many are pending again", body = Replayed))
)]
#[post("/webhook-endpoints/{endpoint}/replay")]
pub async fn replay_all(
    caller: Caller<Admin>,
    path: Path<WebhookEndpointPath>,
    body: Valid<ReplayBody>,
    retry: Retry,
    db: Db,
) -> Answer {
    let work = retry.write(&db, caller.author(), async |connection| {
        there(connection, &path.0).await?;
        let replayed = store::replay_dead(connection, &path.0.endpoint, body.0.since, clock::now()).await?;
        Reply::json(&Replayed { replayed })
    });
    work.await
}

async fn there(connection: &AsyncPgConnection, path: &WebhookEndpointPath) -> Result<(), Problem> {
    let found = WebhookEndpoint::find(connection, path).await?;
    found.map(|_| ()).ok_or_else(|| crud::missing::<WebhookEndpoint>(path))
}

fn missing(path: &DeliveryPath) -> Problem {
    Problem::not_found(format!("delivery {} of webhook endpoint `{}`", path.number, path.endpoint))
}

fn place(cursor: &str) -> Result<i64, Problem> {
    let told = |_| Problem::new(problems::INVALID_CURSOR, "The cursor was not given out by this list.");
    cursor.parse().map_err(told)
}
