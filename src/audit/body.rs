//! What comes out of the change log.

use chrono::{DateTime, Utc};
use diesel::dsl::sql;
use diesel::expression::SqlLiteral;
use diesel::prelude::{Queryable, Selectable};
use diesel::sql_types::Text;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use strum::{AsRefStr, EnumString};
use utoipa::{IntoParams, ToSchema};

use super::store::Place;
use crate::db::schema::changes;

/// What was done to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, AsRefStr, EnumString)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Action {
    /// It was made.
    Created,
    /// It was changed.
    Updated,
    /// It was deleted.
    Deleted,
}

/// One write to one row.
// It is read with a number for each name, until `names::put_back` has put those back.
#[derive(Clone, Debug, Serialize, ToSchema, Queryable, Selectable)]
#[diesel(table_name = changes)]
pub struct Change {
    /// Number of the change; unique, but the log's order is the order of this list.
    #[schema(example = 4711)]
    pub sequence: i64,
    #[serde(skip)]
    transaction_number: i64,
    /// When its transaction began.
    pub changed_at: DateTime<Utc>,
    /// Name of the caller's key, or `database:role` for a write past the service.
    #[schema(example = "case-system")]
    #[diesel(select_expression = sql("actor::text"), select_expression_type = SqlLiteral<Text>)]
    pub actor: String,
    /// The request that made it.
    pub request_id: Option<String>,
    /// Table of the changed row.
    #[schema(example = "quarterly_submissions")]
    pub resource: String,
    /// Key of the changed row, its parts joined by `/`.
    #[schema(example = "EDU-01/2024-25-Q4/1")]
    pub resource_key: String,
    /// What was done.
    #[schema(value_type = Action)]
    pub action: String,
    /// The row before; null when it was created.
    #[schema(value_type = Option<Object>)]
    pub before: Option<Value>,
    /// The row after; null when it was deleted.
    #[schema(value_type = Option<Object>)]
    pub after: Option<Value>,
}

impl Change {
    /// Where it stands in the log.
    pub fn place(&self) -> Place {
        Place { transaction_number: self.transaction_number, sequence: self.sequence }
    }
}

/// Filters of the log.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ChangeQuery {
    /// Only changes of this table, such as `quarterly_submissions`.
    pub resource: Option<String>,
    /// Only changes of the row with this key, such as `EDU-01/2024-25-Q4/1`.
    pub resource_key: Option<String>,
    /// Only changes by this caller.
    pub actor: Option<String>,
    /// Changes in the page.
    #[param(minimum = 1, maximum = 1000, default = 100)]
    pub limit: Option<u16>,
    /// Where to go on: `cursor` of the page before. Keep the last one to follow the log.
    #[param(format = "cursor")]
    pub cursor: Option<String>,
    /// Seconds to wait where there is nothing after the cursor: the answer comes with the next change, or empty when the time is up.
    #[param(minimum = 0, maximum = 60, default = 0)]
    pub wait: Option<u8>,
}

/// A page of the log.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangePage {
    /// Changes in the order of the log.
    pub items: Vec<Change>,
    /// Address of the next page; null when this one reaches the end.
    pub next: Option<String>,
    /// Where to go on later: also at the end of the log, for a caller that follows it.
    pub cursor: Option<String>,
}
