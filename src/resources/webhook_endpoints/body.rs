//! What goes in and comes out for webhook endpoints.

use chrono::{DateTime, Utc};
use diesel::dsl::sql;
use diesel::expression::SqlLiteral;
use diesel::prelude::{AsChangeset, Insertable, Queryable, Selectable};
use diesel::sql_types::{Nullable, Text};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::db::schema::webhook_endpoints;
use crate::domain::code::Code;
use crate::domain::event::{EventType, Interest};
use crate::domain::text::Line;
use crate::http::body::Body;
use crate::resource;
use crate::resources::key::Given;

/// A webhook endpoint as it is sent. Its secret is made by the service.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate, Insertable, AsChangeset)]
#[diesel(table_name = webhook_endpoints, treat_none_as_default_value = false, treat_none_as_null = true, primary_key(code))]
#[serde(deny_unknown_fields)]
pub struct WebhookEndpointBody {
    /// Code that never changes and is never used again.
    #[serde(default)]
    #[schema(value_type = Code)]
    pub code: Given<Code>,
    /// Address that is called: https, without a user name or fragment, on the usual port or one from 1024 on, in the public internet
    /// unless the service is set up otherwise.
    #[schema(example = "https://hooks.example.gov.uk/performance")]
    pub url: Line<2000>,
    /// What it is for, and which team to ask about it.
    pub description: Option<Line<200>>,
    /// Events that it is told of; empty for all.
    #[serde(default)]
    #[schema(max_items = 100)]
    pub events: Vec<EventType>,
    /// Only what happens within this framework; null for all.
    pub framework: Option<Code>,
    /// Only what happens to this measure; null for all. What concerns a framework as a whole, its reports and reviews, is then left out.
    pub measure: Option<Code>,
    /// Whether it is called. What happens meanwhile is sent once it is enabled again.
    #[serde(default = "enabled")]
    #[schema(default = true)]
    pub enabled: bool,
}

const fn enabled() -> bool {
    true
}

impl Body for WebhookEndpointBody {
    const KEY: &'static [&'static str] = &["code"];
}

/// A webhook endpoint.
#[derive(Clone, Debug, Serialize, ToSchema, Queryable, Selectable)]
#[diesel(table_name = webhook_endpoints)]
pub struct WebhookEndpoint {
    /// Code that never changes and is never used again.
    pub code: Code,
    /// Address that is called.
    #[schema(example = "https://hooks.example.gov.uk/performance")]
    pub url: String,
    /// What it is for, and which team to ask about it.
    pub description: Option<String>,
    /// Events that it is told of; empty for all.
    #[schema(value_type = Vec<EventType>)]
    pub events: Vec<Option<EventType>>,
    /// Only what happens within this framework; null for all.
    pub framework: Option<Code>,
    /// Only what happens to this measure; null for all.
    pub measure: Option<Code>,
    /// Whether it is called.
    pub enabled: bool,
    /// When the service gave it up; null while it has not.
    pub disabled_at: Option<DateTime<Utc>>,
    /// Why the service gave it up.
    pub disabled_reason: Option<String>,
    /// The secret that signs: shown in the answer that made it, null in every other. Keep it safe.
    #[diesel(select_expression = sql("NULL"), select_expression_type = SqlLiteral<Nullable<Text>>)]
    #[schema(example = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    pub secret: Option<String>,
    /// When the secret was made.
    pub secret_made_at: DateTime<Utc>,
    /// Until when the secret before signs, too; null if there was none.
    pub previous_secret_until: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    #[serde(skip)]
    pub(super) row_version: i64,
}

resource!(WebhookEndpoint, "webhook-endpoints", code: "text");

impl WebhookEndpoint {
    /// What it is told of.
    pub fn interest(&self) -> Interest {
        Interest {
            events: self.events.iter().flatten().copied().collect(),
            framework: self.framework.clone(),
            measure: self.measure.clone(),
        }
    }
}

/// How a secret is to be rotated.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct SecretRotation {
    /// Hours for which the secret in use still signs beside its successor.
    #[serde(default = "a_day")]
    #[validate(range(max = 720))]
    #[schema(minimum = 0, maximum = 720, default = 24)]
    pub overlap_hours: u16,
}

const fn a_day() -> u16 {
    24
}

impl Body for SecretRotation {
    const KEY: &'static [&'static str] = &[];
}

/// How an endpoint goes on.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Enabling {
    /// Whether what it missed is left out: it is told of what happens from now on, and what waits for it becomes dead letters, which
    /// can be replayed.
    #[serde(default)]
    #[schema(default = false)]
    pub skip_missed: bool,
}

impl Body for Enabling {
    const KEY: &'static [&'static str] = &[];
}

/// Filters of the list.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WebhookEndpointFilter {
    /// Only those that are called, or are not.
    pub enabled: Option<bool>,
    /// Only those that the service gave up, or did not.
    pub disabled: Option<bool>,
}

/// Address of a webhook endpoint.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct WebhookEndpointPath {
    /// Code of the endpoint.
    #[param(format = "code", example = "PRACTICE-RECEIVER")]
    pub endpoint: String,
}
