//! Deliveries in the database: queued, listed, and queued again.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use super::body::{DeliveryQuery, WebhookDelivery, WebhookMessage, WebhookSubject};
use crate::db::DbError;
use crate::db::schema::webhook_deliveries::{self as deliveries, dsl};
use crate::db::schema::webhook_standings::{self as standings};
use crate::domain::event::{self, EventType};
use crate::domain::redelivery::DeliveryState;
use crate::http::reply::Resource;
use crate::resources::webhook_endpoints::body::WebhookEndpoint;

/// Queues messages for an endpoint, in their order; each is due at once.
///
/// # Errors
/// [`DbError`] when the database cannot be reached, or a change was queued before.
pub async fn queue(
    connection: &mut AsyncPgConnection,
    endpoint: &str,
    messages: Vec<WebhookMessage>,
    now: DateTime<Utc>,
) -> Result<Vec<WebhookDelivery>, DbError> {
    let many = i64::try_from(messages.len()).map_err(|error| DbError::Other(error.to_string()))?;
    let last: i64 = diesel::update(standings::table.find(endpoint))
        .set(standings::last_number.eq(standings::last_number + many))
        .returning(standings::last_number)
        .get_result(connection)
        .await?;
    let rows: Vec<_> = (last - many + 1..)
        .zip(messages)
        .map(|(number, message)| {
            (
                dsl::endpoint.eq(endpoint.to_owned()),
                dsl::number.eq(number),
                dsl::message_id.eq(Uuid::now_v7()),
                dsl::event.eq(message.event),
                dsl::sequence.eq(message.data.change),
                dsl::payload.eq(message),
                dsl::next_attempt_at.eq(now),
                dsl::created_at.eq(now),
            )
        })
        .collect();
    let insert = diesel::insert_into(deliveries::table).values(rows);
    Ok(insert.returning(WebhookDelivery::as_returning()).get_results(connection).await?)
}

/// Queues a ping; addresses in it begin with `base`.
///
/// # Errors
/// As [`queue`].
pub async fn ping(
    connection: &mut AsyncPgConnection,
    endpoint: &WebhookEndpoint,
    base: &str,
    now: DateTime<Utc>,
) -> Result<WebhookDelivery, DbError> {
    const TABLE: &str = "webhook_endpoints";
    let data = WebhookSubject {
        resource: event::collection(TABLE),
        key: endpoint.code.to_string(),
        address: format!("{base}{}", event::address(TABLE, endpoint.code.as_str())),
        state: None,
        row_version: endpoint.version().0,
        change: None,
        cursor: None,
    };
    let message = WebhookMessage { event: EventType::Ping, timestamp: now, data };
    let queued = queue(connection, endpoint.code.as_str(), vec![message], now).await?;
    queued.into_iter().next().ok_or_else(|| DbError::Other("a ping was not queued".to_owned()))
}

/// Deliveries with a lower number than `before`, newest first.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn list(
    mut connection: &AsyncPgConnection,
    endpoint: &str,
    query: &DeliveryQuery,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<WebhookDelivery>, DbError> {
    let mut found =
        dsl::webhook_deliveries.filter(dsl::endpoint.eq(endpoint)).select(WebhookDelivery::as_select()).into_boxed();
    if let Some(before) = before {
        found = found.filter(dsl::number.lt(before));
    }
    if let Some(state) = query.state {
        found = found.filter(dsl::state.eq(state));
    }
    if let Some(event) = query.event {
        found = found.filter(dsl::event.eq(event));
    }
    Ok(found.order(dsl::number.desc()).limit(limit).load(&mut connection).await?)
}

/// The delivery with this number, if there is one.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn find(
    mut connection: &AsyncPgConnection,
    endpoint: &str,
    number: i64,
) -> Result<Option<WebhookDelivery>, DbError> {
    let query = dsl::webhook_deliveries.find((endpoint, number)).select(WebhookDelivery::as_select());
    Ok(query.first(&mut connection).await.optional()?)
}

/// What being queued anew means: due at once, with three days of attempts before it.
#[derive(AsChangeset)]
#[diesel(table_name = deliveries, treat_none_as_null = true)]
struct Anew {
    state: DeliveryState,
    failures: i32,
    trying_since: Option<DateTime<Utc>>,
    next_attempt_at: Option<DateTime<Utc>>,
    ended_at: Option<DateTime<Utc>>,
}

impl Anew {
    const fn at(now: DateTime<Utc>) -> Self {
        Self {
            state: DeliveryState::Pending,
            failures: 0,
            trying_since: None,
            next_attempt_at: Some(now),
            ended_at: None,
        }
    }
}

/// Queues a delivery anew, however it stands; none if there is no such delivery.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn replay(
    connection: &mut AsyncPgConnection,
    endpoint: &str,
    number: i64,
    now: DateTime<Utc>,
) -> Result<Option<WebhookDelivery>, DbError> {
    let update = diesel::update(dsl::webhook_deliveries.find((endpoint, number))).set(Anew::at(now));
    Ok(update.returning(WebhookDelivery::as_returning()).get_result(connection).await.optional()?)
}

/// Queues anew the dead letters that were queued first at `since` or later; answers how many.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn replay_dead(
    connection: &mut AsyncPgConnection,
    endpoint: &str,
    since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<usize, DbError> {
    let dead = dsl::webhook_deliveries.filter(dsl::endpoint.eq(endpoint)).filter(dsl::state.eq(DeliveryState::Dead));
    let update = diesel::update(dead.filter(dsl::created_at.ge(since))).set(Anew::at(now));
    Ok(update.execute(connection).await?)
}

/// Makes dead letters of all that waits for an endpoint.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn give_up_pending(connection: &mut AsyncPgConnection, endpoint: &str) -> Result<(), DbError> {
    let pending =
        dsl::webhook_deliveries.filter(dsl::endpoint.eq(endpoint)).filter(dsl::state.eq(DeliveryState::Pending));
    diesel::update(pending)
        .set((
            dsl::state.eq(DeliveryState::Dead),
            dsl::next_attempt_at.eq(None::<DateTime<Utc>>),
            dsl::ended_at.eq(diesel::dsl::now),
        ))
        .execute(connection)
        .await?;
    Ok(())
}
