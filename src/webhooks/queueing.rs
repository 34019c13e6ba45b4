//! From changes to deliveries: each endpoint goes along the change log at its own pace, and what it is to be told of is queued in the
//! transaction that moves its place. So a change is queued once for each, whenever the service is killed.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Array, BigInt, Jsonb, Nullable, Text, Timestamptz};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde_json::Value;

use crate::audit::cursor;
use crate::audit::store::Place;
use crate::db::DbError;
use crate::db::schema::{
    webhook_deliveries as deliveries, webhook_endpoints as endpoints, webhook_standings as standings,
};
use crate::domain::event::{self, Change, EventType};
use crate::domain::redelivery::DeliveryState;
use crate::resources::webhook_endpoints::body::WebhookEndpoint;
use crate::resources::webhook_endpoints::deliveries::body::{WebhookMessage, WebhookSubject};
use crate::resources::webhook_endpoints::deliveries::store;

/// Changes that are looked at in one transaction.
const BATCH: i64 = 500;
/// Deliveries that may wait for an endpoint before it goes further along the log, which keeps what it has yet to be told.
const WAITING: i64 = 1000;

/// A change as the log has it.
#[derive(Debug, QueryableByName)]
struct Seen {
    #[diesel(sql_type = BigInt)]
    transaction_number: i64,
    #[diesel(sql_type = BigInt)]
    sequence: i64,
    #[diesel(sql_type = Timestamptz)]
    changed_at: DateTime<Utc>,
    #[diesel(sql_type = Text)]
    resource: String,
    #[diesel(sql_type = Text)]
    resource_key: String,
    #[diesel(sql_type = Text)]
    action: String,
    #[diesel(sql_type = Nullable<Text>)]
    was: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    state: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    framework: Option<String>,
    #[diesel(sql_type = Jsonb)]
    measures: Value,
    #[diesel(sql_type = BigInt)]
    row_version: i64,
}

impl Seen {
    fn place(&self) -> Place {
        Place { transaction_number: self.transaction_number, sequence: self.sequence }
    }

    fn event(&self) -> Option<EventType> {
        EventType::of(&Change {
            table: &self.resource,
            key: &self.resource_key,
            action: &self.action,
            was: self.was.as_deref(),
            is: self.state.as_deref(),
        })
    }

    /// What an endpoint is told of the change; addresses begin with `base`.
    fn message(&self, endpoint: &WebhookEndpoint, base: &str) -> Option<WebhookMessage> {
        let event = self.event()?;
        let measures: Vec<String> =
            self.measures.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
        let itself = self.resource == "webhook_endpoints" && self.resource_key == endpoint.code.as_str();
        if itself || !endpoint.interest().takes(event, self.framework.as_deref(), &measures) {
            return None;
        }
        let data = WebhookSubject {
            resource: event::collection(&self.resource),
            key: self.resource_key.clone(),
            address: format!("{base}{}", event::address(&self.resource, &self.resource_key)),
            state: self.state.clone(),
            row_version: self.row_version,
            change: Some(self.sequence),
            cursor: Some(cursor::write(self.place())),
        };
        Some(WebhookMessage { event, timestamp: self.changed_at, data })
    }
}

/// Looks at the next changes for an endpoint and queues what it is to be told of; false if there was nothing to look at, or too much
/// waits for it already. Runs in a transaction.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn queue_next(
    connection: &mut AsyncPgConnection,
    code: &str,
    base: &str,
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    let query = endpoints::table.find(code).filter(endpoints::enabled).select(WebhookEndpoint::as_select());
    let Some(endpoint) = query.for_key_share().first(connection).await.optional()? else { return Ok(false) };
    let own = standings::table.find(code);
    let place = own.select((standings::transaction_number, standings::sequence)).for_update();
    let (transaction_number, sequence): (i64, i64) = place.first(connection).await?;
    let seen = next(connection, Place { transaction_number, sequence }).await?;
    let Some(last) = seen.last().map(Seen::place) else { return Ok(false) };
    let messages: Vec<WebhookMessage> = seen.iter().filter_map(|change| change.message(&endpoint, base)).collect();
    if !messages.is_empty() {
        if waiting(connection, code).await? >= WAITING {
            return Ok(false);
        }
        store::queue(connection, code, messages, now).await?;
    }
    let moved = (standings::transaction_number.eq(last.transaction_number), standings::sequence.eq(last.sequence));
    diesel::update(own).set(moved).execute(connection).await?;
    Ok(true)
}

async fn next(connection: &mut AsyncPgConnection, after: Place) -> Result<Vec<Seen>, DbError> {
    let query = sql_query(include_str!("seen.sql"))
        .bind::<BigInt, _>(after.transaction_number)
        .bind::<BigInt, _>(after.sequence)
        .bind::<BigInt, _>(BATCH)
        .bind::<Array<Text>, _>(event::tables());
    Ok(query.load(connection).await?)
}

async fn waiting(connection: &mut AsyncPgConnection, code: &str) -> Result<i64, DbError> {
    let pending =
        deliveries::table.filter(deliveries::endpoint.eq(code)).filter(deliveries::state.eq(DeliveryState::Pending));
    Ok(pending.count().get_result(connection).await?)
}
