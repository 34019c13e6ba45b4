//! What goes in and comes out for accounts.

use chrono::{DateTime, Utc};
use diesel::prelude::{Queryable, QueryableByName, Selectable};
use diesel::sql_types::{BigInt, Nullable, Text, Timestamptz};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::store::{account_names, account_version};
use crate::db::schema::accounts;
use crate::domain::text::Prose;
use crate::http::body::Body;
use crate::resource;

/// An account: a caller, by key or by sign-in, or somebody else whose name stands in the records.
#[derive(Clone, Debug, Serialize, ToSchema, Queryable, Selectable)]
#[diesel(table_name = accounts)]
pub struct Account {
    /// Its number: that of its first name in the register.
    #[schema(example = 1)]
    pub account: i64,
    /// Its names, newest first: somebody who signs in can come to be called otherwise. None once they are erased.
    #[diesel(select_expression = account_names(accounts::number))]
    #[schema(example = json!(["case-system"]))]
    pub names: Vec<String>,
    /// When its first name was written.
    pub registered_at: DateTime<Utc>,
    /// When its names were erased; null while they stand.
    pub erased_at: Option<DateTime<Utc>>,
    /// Why they were erased.
    pub erasure_reason: Option<String>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    #[serde(skip)]
    #[diesel(select_expression = account_version(accounts::number))]
    pub(super) row_version: i64,
}

resource!(Account, "accounts", account: "bigint");

/// Address of an account.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct AccountPath {
    /// Number of the account.
    #[param(minimum = 1, example = 1)]
    pub account: i64,
}

/// Filters of the list.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AccountFilter {
    /// Only the account with this name.
    pub name: Option<String>,
}

/// Why an account is to be erased.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ErasureBody {
    /// The reason, without the name: it is kept.
    #[schema(example = "Left the council; the retention period has ended.")]
    pub reason: Prose<2000>,
}

impl Body for ErasureBody {
    const KEY: &'static [&'static str] = &[];
}

/// A place where a name of the account stands, or a change that it made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema, QueryableByName)]
pub struct Held {
    /// `register`; `present`, a row as it is; `past`, an earlier version of it; `log`, a change that it made; `stored answer`, kept for
    /// a day so that a request can be repeated.
    #[diesel(sql_type = Text)]
    #[schema(example = "present")]
    pub place: String,
    /// Table.
    #[diesel(sql_type = Text)]
    #[schema(example = "quarterly_submissions")]
    pub resource: String,
    /// Key of the row, its parts joined by `/`; of a stored answer its Idempotency-Key.
    #[diesel(sql_type = Text)]
    #[schema(example = "EDU-01/2024-25-Q4/1")]
    pub resource_key: String,
    /// The field that names it; of a change `actor`.
    #[diesel(sql_type = Text)]
    #[schema(example = "submitted_by")]
    pub field: String,
    /// From when it stands there; of a change when it was made.
    #[diesel(sql_type = Timestamptz)]
    pub known_from: DateTime<Utc>,
    /// Until when it stood there, or will; null where it stands until it is erased, or of an import until that ends.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub known_until: Option<DateTime<Utc>>,
    /// Of a change its number, as `GET /changes` tells it; else 0.
    #[diesel(sql_type = BigInt)]
    #[schema(example = 0)]
    pub change: i64,
}

/// A page of what is held of an account.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldPage {
    /// The account.
    pub account: Account,
    /// Places, oldest first.
    pub items: Vec<Held>,
    /// Address of the next page; null on the last.
    pub next: Option<String>,
}

/// Page of what is held.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HeldQuery {
    /// Places in the page.
    #[param(minimum = 1, maximum = 1000, default = 100)]
    pub limit: Option<u16>,
    /// Where to go on: taken from `next` of the page before. Empty for the first page.
    #[param(format = "cursor")]
    pub cursor: Option<String>,
}
