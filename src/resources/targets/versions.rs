//! Every version of a target: a change in the year makes a new one, and earlier quarters keep theirs.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde::Serialize;
use utoipa::ToSchema;

use super::body::TargetPath;
use crate::db::DbError;
use crate::db::schema::target_versions::{self, dsl};
use crate::domain::code::Code;
use crate::domain::period::Quarter;
use crate::domain::quantity::Quantity;
use crate::domain::terms::{ComparatorStatistic, TargetKind, TargetSource, ToleranceKind};

/// A version of a target.
#[derive(Clone, Debug, Serialize, ToSchema, Queryable, Selectable)]
#[diesel(table_name = target_versions)]
pub struct TargetVersion {
    /// Number of the version, from 1.
    pub version: i32,
    /// First quarter of the year that it judges; null for all of it.
    pub effective_from: Option<Quarter>,
    /// Why the target changed in the year.
    pub change_reason: Option<String>,
    /// Decision that approved it.
    pub decision: Option<Code>,
    /// Whether it was decided after its year had ended.
    pub set_in_arrears: bool,
    /// What it asks of the value.
    pub kind: TargetKind,
    /// The target, for kinds with one value; null where it is relative to a comparator.
    pub value: Option<Quantity>,
    /// Comparator group, region or country whose figure is the target.
    pub comparator: Option<Code>,
    /// Which figure of the comparator.
    pub comparator_statistic: Option<ComparatorStatistic>,
    /// Own units added to that figure.
    pub comparator_margin: Option<Quantity>,
    /// Lower edge of a band, included.
    pub lower: Option<Quantity>,
    /// Upper edge of a band, included.
    pub upper: Option<Quantity>,
    /// How the tolerance is stated.
    pub tolerance_kind: Option<ToleranceKind>,
    /// Percentage of the target (relative), own units (absolute) or the last value that is amber (floor).
    pub tolerance: Option<Quantity>,
    /// For an asymmetric tolerance, own units below the target.
    pub tolerance_below: Option<Quantity>,
    /// For an asymmetric tolerance, own units above the target.
    pub tolerance_above: Option<Quantity>,
    /// For a cumulative measure, the point to reach by the end of quarter 1.
    pub profile_q1: Option<Quantity>,
    /// The same for quarter 2.
    pub profile_q2: Option<Quantity>,
    /// The same for quarter 3.
    pub profile_q3: Option<Quantity>,
    /// The same for quarter 4.
    pub profile_q4: Option<Quantity>,
    /// Why this target.
    pub rationale: Option<String>,
    /// Where it comes from.
    pub source: TargetSource,
    /// Minute of the decision that set it.
    pub decision_reference: Option<String>,
    /// When it was recorded.
    pub created_at: DateTime<Utc>,
    /// When it was last put right, which only a target that nobody has decided can be.
    pub updated_at: DateTime<Utc>,
}

/// Every version of a target.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TargetVersions {
    /// The versions, oldest first.
    pub items: Vec<TargetVersion>,
}

/// Every version of a target, oldest first; none without the target.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn list(mut connection: &AsyncPgConnection, key: &TargetPath) -> Result<Vec<TargetVersion>, DbError> {
    let query = dsl::target_versions.filter(dsl::measure.eq(&key.measure)).filter(dsl::year.eq(key.year));
    Ok(query.order(dsl::version).select(TargetVersion::as_select()).load(&mut connection).await?)
}
