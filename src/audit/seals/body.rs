//! What is told of seals.

use chrono::{DateTime, Utc};
use diesel::dsl::sql;
use diesel::expression::SqlLiteral;
use diesel::prelude::{Queryable, Selectable};
use diesel::sql_types::Text;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::db::schema::change_seals;
use crate::http::reply::Resource;
use crate::http::version::Version;

/// The head of a seal: what an auditor notes down. Whoever holds it can tell later that nothing up to here was altered.
#[derive(Clone, Debug, Serialize, ToSchema, Queryable, Selectable)]
#[diesel(table_name = change_seals)]
pub struct SealHead {
    /// Number of the seal, from 1 without gaps.
    #[schema(example = 1)]
    pub number: i64,
    /// SHA-256 of the seal, which covers its changes and the seal before.
    #[diesel(select_expression = sql("encode(hash, 'hex')"), select_expression_type = SqlLiteral<Text>)]
    #[schema(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    pub hash: String,
    /// Hash of the seal before; 64 zeros for the first.
    #[diesel(select_expression = sql("encode(previous_hash, 'hex')"), select_expression_type = SqlLiteral<Text>)]
    #[schema(example = "0000000000000000000000000000000000000000000000000000000000000000")]
    pub previous_hash: String,
    /// When it was made.
    pub sealed_at: DateTime<Utc>,
    /// How many changes it covers.
    #[schema(example = 12)]
    pub change_count: i32,
    /// `sequence` of the last of them.
    #[schema(example = 4711)]
    pub last_sequence: i64,
}

impl Resource for SealHead {
    fn address(&self) -> String {
        format!("/api/v1/audit/seals/{}", self.number)
    }

    fn version(&self) -> Version {
        // It never changes.
        Version(self.number)
    }
}

/// How far the seals are behind the log.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Lag {
    /// Changes that are not sealed yet; no more than 100,000 are counted.
    #[schema(example = 0)]
    pub unsealed: i64,
    /// When the oldest of them was made; null when all are sealed.
    pub oldest_changed_at: Option<DateTime<Utc>>,
    /// How long that is ago, in milliseconds.
    #[schema(example = 0)]
    pub milliseconds: i64,
}

/// A page of seals.
#[derive(Debug, Serialize, ToSchema)]
pub struct SealPage {
    /// Seals, newest first: the first of the first page is the head of the log.
    pub items: Vec<SealHead>,
    /// Address of the next page; null on the last.
    pub next: Option<String>,
    /// How far the seals are behind the log.
    pub lag: Lag,
}

/// Page of seals.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SealQuery {
    /// Seals in the page.
    #[param(minimum = 1, maximum = 1000, default = 100)]
    pub limit: Option<u16>,
    /// Where to go on: taken from `next` of the page before. Empty for the first page.
    #[param(format = "cursor")]
    pub cursor: Option<String>,
}

/// Address of a seal.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct SealPath {
    /// Number of the seal.
    #[param(minimum = 1, example = 1)]
    pub number: i64,
}
