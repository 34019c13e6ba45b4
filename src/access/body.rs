//! What goes in and comes out for keys.

use chrono::{DateTime, Utc};
use diesel::prelude::{Queryable, Selectable};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::{Validate, ValidationError};

use super::grant::{Grant, Grants};
use super::scope::Scope;
use super::store::key_last_used;
use crate::db::schema::api_keys;
use crate::domain::caller_name;
use crate::domain::network::Network;
use crate::domain::text::Line;
use crate::http::body::Body;
use crate::http::reply::Resource;
use crate::http::version::Version;
use crate::{resource, text_columns};

text_columns!(Network);

/// A key to be made. It has scopes, which reach everywhere, or grants, each of which can be limited.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[validate(schema(function = "scopes_or_grants"))]
pub struct KeyBody {
    /// Who holds it. Keys of one name are one caller, also for the four-eyes rule.
    #[schema(example = "case-system")]
    pub name: Line<100>,
    /// What it may do, everywhere.
    #[serde(default)]
    #[schema(min_items = 1, max_items = 7)]
    pub scopes: Vec<Scope>,
    /// What it may do by roles, everywhere or within a framework, an outcome or a measure.
    #[serde(default)]
    #[schema(min_items = 1, max_items = 200)]
    #[validate(nested)]
    pub grants: Vec<Grant>,
    /// Networks that it may be used from; absent for everywhere.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub networks: Vec<Network>,
    /// First instant at which it no longer works; null or absent for never.
    pub expires_at: Option<DateTime<Utc>>,
}

fn scopes_or_grants(body: &KeyBody) -> Result<(), ValidationError> {
    let told = |code: &'static str, message: &'static str| ValidationError::new(code).with_message(message.into());
    if body.scopes.is_empty() == body.grants.is_empty() {
        return Err(told("scopes_or_grants", "A key has `scopes`, or it has `grants`: give one of them."));
    }
    if caller_name::mark(&body.name).is_some() {
        return Err(told("name_of_a_person", "`name` ends as the name of a person who signed in; a key is not one."));
    }
    if caller_name::is_erased(&body.name) {
        return Err(told("name_of_an_erased_account", "`name` is what stands in place of an erased name."));
    }
    Ok(())
}

impl Body for KeyBody {
    const KEY: &'static [&'static str] = &[];
}

/// How a key is to be rotated.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct RotationBody {
    /// Hours for which the key in use still works beside its successor, unless it expires before.
    #[serde(default = "a_day")]
    #[validate(range(max = 720))]
    #[schema(minimum = 0, maximum = 720, default = 24)]
    pub overlap_hours: u16,
    /// First instant at which the successor no longer works. Absent: it lives as long as the key in use was made for.
    pub expires_at: Option<DateTime<Utc>>,
}

const fn a_day() -> u16 {
    24
}

impl Body for RotationBody {
    const KEY: &'static [&'static str] = &[];
}

/// A key as it is listed: without its secret, which is kept nowhere.
#[derive(Clone, Debug, Serialize, ToSchema, Queryable, Selectable)]
#[diesel(table_name = api_keys)]
pub struct Key {
    /// Address of the key.
    pub id: Uuid,
    /// Who holds it.
    #[schema(example = "case-system")]
    pub name: String,
    /// First characters of the key.
    #[schema(example = "pf_3xKc")]
    pub hint: String,
    /// What it may do, everywhere; empty for a key with grants.
    #[schema(value_type = Vec<Scope>)]
    pub scopes: Vec<Option<String>>,
    /// What it may do by roles; empty for a key with scopes.
    #[schema(value_type = Vec<Grant>)]
    pub grants: Grants,
    /// Networks that it may be used from; empty for everywhere.
    #[schema(value_type = Vec<Network>)]
    pub networks: Vec<Option<Network>>,
    /// First instant at which it no longer works; null for never.
    pub expires_at: Option<DateTime<Utc>>,
    /// When it was revoked; null while it works.
    pub revoked_at: Option<DateTime<Utc>>,
    /// Key that it took the place of.
    pub replaces: Option<Uuid>,
    /// When it was last used, to the minute; null for never.
    #[diesel(select_expression = key_last_used(api_keys::id))]
    pub last_used_at: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    #[serde(skip)]
    pub(super) row_version: i64,
}

/// A key just made: the only time that it is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeyOnce {
    /// The key. Keep it safe: it is not shown again.
    #[schema(example = "pf_3xKcB0nJp6mN1s7tq8vYh2dLwRzEaGfU9iXoT4yQe5k")]
    pub key: String,
    /// What is kept of it.
    pub details: Key,
}

impl Key {
    /// Whether the key is neither revoked nor expired at `now`.
    pub fn works(&self, now: DateTime<Utc>) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|end| now < end)
    }
}

resource!(Key, "keys", id: "uuid");

impl Resource for KeyOnce {
    fn address(&self) -> String {
        self.details.address()
    }

    fn version(&self) -> Version {
        self.details.version()
    }
}
