//! Every version of a measure's definition: a change makes a new one, and past quarters keep theirs.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde::Serialize;
use utoipa::ToSchema;

use crate::db::DbError;
use crate::db::schema::measure_versions::{self, dsl};
use crate::domain::code::Code;
use crate::domain::data_period::DataPeriod;
use crate::domain::period::Quarter;
use crate::domain::quantity::Quantity;
use crate::domain::terms::{Accumulation, Calendar, Frequency, Kind, Level, MeasureStatus, Polarity, Unit};

/// A version of a measure's definition.
#[derive(Clone, Debug, Serialize, ToSchema, Queryable, Selectable)]
#[diesel(table_name = measure_versions)]
pub struct MeasureVersion {
    /// Number of the version, from 1.
    pub version: i32,
    /// First quarter for which it is in force; null for every quarter.
    pub effective_from: Option<Quarter>,
    /// Why the definition changed.
    pub change_reason: Option<String>,
    /// Decision that authorised it.
    pub decision: Option<Code>,
    /// Number of the series: figures of different series are never compared.
    pub series: i32,
    /// Outcome it belonged to.
    pub outcome: Code,
    /// To whom it was reported.
    pub level: Level,
    /// Where the measure stood.
    pub status: MeasureStatus,
    /// Title in plain English.
    pub title: String,
    /// What is counted, what is not, in plain English.
    pub definition: String,
    /// What the numerator counts.
    pub numerator_label: Option<String>,
    /// What the denominator counts.
    pub denominator_label: Option<String>,
    /// What one unit of the value is.
    pub unit: Unit,
    /// For a rate, the population it is per.
    pub rate_base: Option<i32>,
    /// Decimal places to which the value is printed and judged.
    pub decimal_places: i16,
    /// Which direction is good.
    pub polarity: Polarity,
    /// Whether it is judged against a target.
    pub kind: Kind,
    /// How often a figure falls due.
    pub frequency: Frequency,
    /// Year that its figures follow.
    pub calendar: Calendar,
    /// What stretch of time one figure covers.
    pub accumulation: Accumulation,
    /// Greatest change that still counts as stable.
    pub stable_band: Quantity,
    /// For activity, the least value expected.
    pub expected_lower: Option<Quantity>,
    /// For activity, the greatest value expected.
    pub expected_upper: Option<Quantity>,
    /// Data period of the baseline.
    pub baseline_period: Option<DataPeriod>,
    /// Value from which distance travelled is reckoned.
    pub baseline_value: Option<Quantity>,
    /// Why this period is the baseline.
    pub baseline_reason: Option<String>,
    /// When it was recorded.
    pub created_at: DateTime<Utc>,
    /// When it was last put right, which only a definition that nobody has decided can be.
    pub updated_at: DateTime<Utc>,
}

/// Every version of a measure.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MeasureVersions {
    /// The versions, oldest first.
    pub items: Vec<MeasureVersion>,
}

/// Every version of a measure, oldest first; none without the measure.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn list(mut connection: &AsyncPgConnection, measure: &str) -> Result<Vec<MeasureVersion>, DbError> {
    let query = dsl::measure_versions.filter(dsl::measure.eq(measure)).order(dsl::version);
    Ok(query.select(MeasureVersion::as_select()).load(&mut connection).await?)
}
