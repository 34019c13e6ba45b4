//! What goes in and comes out for keys.

use chrono::{DateTime, Utc};
use diesel::prelude::{Queryable, Selectable};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::scope::Scope;
use crate::db::schema::api_keys;
use crate::domain::text::Line;
use crate::http::body::Body;
use crate::http::reply::Resource;
use crate::http::version::Version;
use crate::resource;

/// A key to be made.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct KeyBody {
    /// Who holds it. Keys of one name are one caller, also for the four-eyes rule.
    #[schema(example = "case-system")]
    pub name: Line<100>,
    /// What it may do.
    #[schema(min_items = 1, max_items = 5)]
    pub scopes: Vec<Scope>,
    /// First instant at which it no longer works; null or absent for never.
    pub expires_at: Option<DateTime<Utc>>,
}

impl Body for KeyBody {
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
    /// What it may do.
    #[schema(value_type = Vec<Scope>)]
    pub scopes: Vec<Option<String>>,
    /// First instant at which it no longer works; null for never.
    pub expires_at: Option<DateTime<Utc>>,
    /// When it was revoked; null while it works.
    pub revoked_at: Option<DateTime<Utc>>,
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
