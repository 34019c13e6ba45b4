//! How an endpoint fares: how far it has been told, what waits for it, and since when it fails.

use actix_web::get;
use chrono::{DateTime, Utc};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde::Serialize;
use utoipa::ToSchema;

use super::body::{WebhookEndpoint, WebhookEndpointPath};
use crate::access::caller::Caller;
use crate::access::scope::Audit;
use crate::db::Db;
use crate::db::DbError;
use crate::db::schema::webhook_standings::{self as standings};
use crate::http::params::Path;
use crate::http::reply::{Answer, Reply};
use crate::resources::crud;

/// Deliveries in a state, counted up to a bound that keeps the question cheap.
macro_rules! counted {
    ($state:literal) => {
        concat!(
            "(SELECT count(*) FROM (SELECT FROM webhook_deliveries d WHERE d.endpoint = webhook_standings.endpoint AND d.state = '",
            $state,
            "' LIMIT 10000) AS few)"
        )
    };
}

/// How an endpoint fares.
#[derive(Clone, Debug, Serialize, ToSchema, Queryable)]
pub struct WebhookStanding {
    /// Deliveries that wait, no more than 10,000 counted.
    #[schema(example = 0)]
    pub pending: i64,
    /// Dead letters, no more than 10,000 counted.
    #[schema(example = 0)]
    pub dead: i64,
    /// Whether there are changes in the log that were not looked at yet.
    pub behind: bool,
    /// Attempts that failed since the last that did not.
    #[schema(example = 0)]
    pub failures: i32,
    /// When the first of these was; null where there is none.
    pub failing_since: Option<DateTime<Utc>>,
    /// Until when it is left alone, because it failed or asked for it.
    pub resting_until: Option<DateTime<Utc>>,
    /// When it last took something; null for never.
    pub last_delivered_at: Option<DateTime<Utc>>,
}

/// Read how a webhook endpoint fares
///
/// What waits for it, what it never got, and since when it fails. After three days without success it is given up.
#[utoipa::path(
    tag = "webhook-endpoints", operation_id = "get_webhook_standing", security(("api_key" = ["audit"])), params(WebhookEndpointPath),
    responses((status = 200, description = "How it fares", body = WebhookStanding))
)]
#[get("/webhook-endpoints/{endpoint}/standing")]
pub async fn get(_: Caller<Audit>, path: Path<WebhookEndpointPath>, db: Db) -> Answer {
    let found = find(&*db.reading(None).await?, &path.0.endpoint).await?;
    Reply::json(&found.ok_or_else(|| crud::missing::<WebhookEndpoint>(&path.0))?)
}

async fn find(mut connection: &AsyncPgConnection, endpoint: &str) -> Result<Option<WebhookStanding>, DbError> {
    let behind = "EXISTS (SELECT FROM changes c WHERE (c.transaction_number, c.sequence) > (webhook_standings.transaction_number, \
                  webhook_standings.sequence) AND c.transaction_number < end_of_changes())";
    let query = standings::table.find(endpoint).select((
        sql::<BigInt>(counted!("pending")),
        sql::<BigInt>(counted!("dead")),
        sql::<Bool>(behind),
        standings::failures,
        standings::failing_since,
        standings::resting_until,
        standings::last_delivered_at,
    ));
    Ok(query.first(&mut connection).await.optional()?)
}
