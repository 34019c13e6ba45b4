//! `/api/v1/me`: who the caller is, and what it may do.

use actix_web::get;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::audience::Audience;
use super::caller::Caller;
use super::grant::Grant;
use super::holder::Proof;
use super::scope::{Known, Scope};
use crate::http::reply::{Answer, Reply};

/// By what a caller proved who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CallerKind {
    /// An API key.
    Key,
    /// A token of somebody who signed in.
    Person,
}

/// The caller.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Me {
    /// Name, as the change log records it.
    #[schema(example = "case-system")]
    pub name: String,
    /// By what it proved who it is.
    pub kind: CallerKind,
    /// Id of the key; null for a person.
    pub key: Option<Uuid>,
    /// First instant at which key or token no longer works; null for never.
    pub until: Option<DateTime<Utc>>,
    /// Whose eyes it has.
    pub audience: Audience,
    /// What it may do somewhere. Without grants, everywhere.
    pub scopes: Vec<Scope>,
    /// What it may do by roles, each everywhere or within its limit.
    pub grants: Vec<Grant>,
}

/// Ask who you are
///
/// Who the service takes the caller for, and with which rights. Every caller may ask.
#[utoipa::path(
    tag = "me", operation_id = "get_me", security(("api_key" = [])),
    responses((status = 200, description = "The caller", body = Me))
)]
#[get("/me")]
pub async fn get(caller: Caller<Known>) -> Answer {
    let holder = caller.holder();
    let (kind, key) = match holder.proof {
        Proof::Key(id) => (CallerKind::Key, Some(id)),
        Proof::Token => (CallerKind::Person, None),
    };
    Reply::json(&Me {
        name: holder.name.clone(),
        kind,
        key,
        until: holder.until,
        audience: holder.authority.audience(),
        scopes: holder.authority.scopes(),
        grants: holder.authority.grants().to_vec(),
    })
}
