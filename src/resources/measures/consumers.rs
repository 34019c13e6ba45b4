//! Who reads a measure: asked before it is retired or defined anew.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::db::DbError;
use crate::db::schema::{api_keys, measure_reads};

/// A key that has read a measure.
#[derive(Clone, Debug, Serialize, ToSchema, Queryable)]
pub struct Consumer {
    /// Id of the key.
    pub key: Uuid,
    /// Who holds it.
    #[schema(example = "dashboard")]
    pub name: String,
    /// When it was revoked; null for a key that is not.
    pub revoked_at: Option<DateTime<Utc>>,
    /// First day on which it read the measure.
    pub first_read_on: NaiveDate,
    /// Last day on which it did.
    pub last_read_on: NaiveDate,
}

/// Every key that has read a measure.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Consumers {
    /// The keys, last reader first.
    pub items: Vec<Consumer>,
}

/// The keys that have read a measure, last reader first.
///
/// # Errors
/// [`DbError`] when the database cannot be reached; beyond the reach of limited callers.
pub async fn list(mut connection: &AsyncPgConnection, measure: &str) -> Result<Vec<Consumer>, DbError> {
    let of_measure = measure_reads::table.inner_join(api_keys::table).filter(measure_reads::measure.eq(measure));
    let columns =
        (api_keys::id, api_keys::name, api_keys::revoked_at, measure_reads::first_read_on, measure_reads::last_read_on);
    let newest = (measure_reads::last_read_on.desc(), api_keys::name, api_keys::id);
    Ok(of_measure.select(columns).order(newest).load(&mut connection).await?)
}
