//! What is sent to an endpoint, and what is told of it.

use chrono::{DateTime, Utc};
use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::prelude::{Queryable, Selectable};
use diesel::sql_types::Jsonb;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::db::schema::webhook_deliveries;
use crate::domain::event::EventType;
use crate::domain::redelivery::DeliveryState;
use crate::http::body::Body;
use crate::json_column;

/// The body of a call, by the Standard Webhooks specification. It says that something happened and where that can be read, never a
/// figure: receivers read with a key of their own, and see what that may see.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema, AsExpression, FromSqlRow)]
#[diesel(sql_type = Jsonb)]
pub struct WebhookMessage {
    /// What happened.
    #[serde(rename = "type")]
    pub event: EventType,
    /// When it happened.
    pub timestamp: DateTime<Utc>,
    /// To what.
    pub data: WebhookSubject,
}

/// What something happened to.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct WebhookSubject {
    /// Name of its collection in addresses.
    #[schema(example = "quarterly-submissions")]
    pub resource: String,
    /// Its key, parts joined by `/`, as the change log has it.
    #[schema(example = "EDU-01/2024-25-Q4/1")]
    pub key: String,
    /// Where it can be read.
    #[schema(
        example = "https://performance.example.gov.uk/api/v1/quarterly-submissions/EDU-01/2024-25-Q4/revisions/1"
    )]
    pub address: String,
    /// Its state since then; null for what has none, or was deleted.
    #[schema(example = "approved")]
    pub state: Option<String>,
    /// Its version since then: of two messages on one resource, the one with the greater is newer.
    #[schema(example = 4711)]
    pub row_version: i64,
    /// Number of the change in the log; null for a ping.
    #[schema(example = 815)]
    pub change: Option<i64>,
    /// `cursor` for the change log, to read what came after; null for a ping.
    pub cursor: Option<String>,
}

json_column!(WebhookMessage);

/// One attempt to deliver.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct DeliveryAttempt {
    /// When it began.
    pub at: DateTime<Utc>,
    /// HTTP status of the answer; null if there was none.
    #[schema(example = 503)]
    pub status: Option<u16>,
    /// Why it failed; null if it did not.
    pub error: Option<String>,
    /// How long it took, in milliseconds.
    #[schema(example = 41)]
    pub milliseconds: i64,
}

/// Every attempt, the first one first.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema, AsExpression, FromSqlRow)]
#[diesel(sql_type = Jsonb)]
#[serde(transparent)]
pub struct DeliveryAttempts(pub Vec<DeliveryAttempt>);

json_column!(DeliveryAttempts);

/// Something that an endpoint is sent.
#[derive(Clone, Debug, Serialize, ToSchema, Queryable, Selectable)]
#[diesel(table_name = webhook_deliveries)]
pub struct WebhookDelivery {
    /// Number among those of the endpoint.
    #[schema(example = 1)]
    pub number: i64,
    /// The header `webhook-id`, the same at every attempt.
    pub message_id: Uuid,
    /// What happened.
    #[serde(rename = "type")]
    pub event: EventType,
    /// Where it stands.
    pub state: DeliveryState,
    /// Body of the call.
    pub payload: WebhookMessage,
    /// Every attempt, the first one first.
    #[schema(value_type = Vec<DeliveryAttempt>)]
    pub attempts: DeliveryAttempts,
    /// When it is tried next; null once it has ended.
    pub next_attempt_at: Option<DateTime<Utc>>,
    /// When it was delivered or given up.
    pub ended_at: Option<DateTime<Utc>>,
    /// When it was queued first.
    pub created_at: DateTime<Utc>,
}

/// A page of deliveries.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookDeliveryPage {
    /// Deliveries, newest first.
    pub items: Vec<WebhookDelivery>,
    /// Address of the next page; null on the last.
    pub next: Option<String>,
}

/// Filters and page of the deliveries.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DeliveryQuery {
    /// Only those that stand here; `dead` for the dead letters.
    pub state: Option<DeliveryState>,
    /// Only those of this event.
    #[serde(rename = "type")]
    pub event: Option<EventType>,
    /// Deliveries in the page.
    #[param(minimum = 1, maximum = 1000, default = 100)]
    pub limit: Option<u16>,
    /// Where to go on: taken from `next` of the page before. Empty for the first page.
    #[param(format = "cursor")]
    pub cursor: Option<String>,
}

/// Which dead letters are sent again.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ReplayBody {
    /// Those that were queued first at this instant or later.
    pub since: DateTime<Utc>,
}

impl Body for ReplayBody {
    const KEY: &'static [&'static str] = &[];
}

/// How many are sent again.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct Replayed {
    /// Dead letters that are pending now.
    #[schema(example = 12)]
    pub replayed: usize,
}

/// Address of a delivery.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct DeliveryPath {
    /// Code of the endpoint.
    #[param(format = "code", example = "PRACTICE-RECEIVER")]
    pub endpoint: String,
    /// Number of the delivery.
    #[param(minimum = 1, example = 1)]
    pub number: i64,
}
