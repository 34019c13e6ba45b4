//! What goes in and comes out for targets.

use chrono::{DateTime, Utc};
use diesel::prelude::{AsChangeset, Insertable, Queryable, Selectable};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::{Validate, ValidationError};

use crate::db::schema::targets;
use crate::domain::code::Code;
use crate::domain::period::{FinancialYear, Quarter};
use crate::domain::quantity::Quantity;
use crate::domain::terms::{ComparatorStatistic, TargetKind, TargetSource, ToleranceKind};
use crate::domain::text::{Line, Prose};
use crate::http::body::Body;
use crate::resource;
use crate::resources::key::Given;

/// A target as it is sent. All numbers are in the measure's own units unless said otherwise.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate, Insertable, AsChangeset)]
#[diesel(table_name = targets, treat_none_as_default_value = false, treat_none_as_null = true, primary_key(measure, year))]
#[serde(deny_unknown_fields)]
#[validate(schema(function = "decision_cited"))]
pub struct TargetBody {
    /// Measure.
    #[serde(default)]
    #[schema(value_type = Code)]
    pub measure: Given<Code>,
    /// Financial year in which reporting quarters are judged by it.
    #[serde(default)]
    #[schema(value_type = FinancialYear)]
    pub year: Given<FinancialYear>,
    /// What it asks of the value.
    pub kind: TargetKind,
    /// The target, for kinds with one value.
    #[schema(example = 55)]
    pub value: Option<Quantity>,
    /// In place of `value`, the code of a comparator group, a region or a country: the target is its figure for the very data
    /// period that is judged.
    pub comparator: Option<Code>,
    /// Which figure of the comparator: `published` for a region or country, also `mean` or `median` for a group.
    pub comparator_statistic: Option<ComparatorStatistic>,
    /// Own units added to that figure, less where negative; nothing where not said.
    pub comparator_margin: Option<Quantity>,
    /// Lower edge of a band, included.
    pub lower: Option<Quantity>,
    /// Upper edge of a band, included.
    pub upper: Option<Quantity>,
    /// How the tolerance is stated; a relative one of 10 % where nothing is said.
    pub tolerance_kind: Option<ToleranceKind>,
    /// Percentage of the target (relative), own units (absolute) or the last value that is amber (floor).
    #[schema(example = 10)]
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
    /// The same for quarter 4: equal to the target.
    pub profile_q4: Option<Quantity>,
    /// Why this target.
    pub rationale: Option<Prose<4000>>,
    /// Where it comes from.
    pub source: TargetSource,
    /// Minute of the decision that set it.
    #[schema(example = "Education, Children and Families Policy Committee, November 2024")]
    pub decision_reference: Option<Line<300>>,
    /// First quarter of the year that it judges; all of the year where nothing is said. A target that changes in the year
    /// judges from here on, and earlier quarters keep what they had.
    pub effective_from: Option<Quarter>,
    /// Why the target changes in the year.
    pub change_reason: Option<Prose<4000>>,
    /// Decision that approves it: needed at outcome and committee level of an adopted framework.
    pub decision: Option<Code>,
}

fn decision_cited(body: &TargetBody) -> Result<(), ValidationError> {
    if body.source != TargetSource::Decision || body.decision_reference.is_some() || body.decision.is_some() {
        return Ok(());
    }
    let told =
        "A target with the source `decision` cites it: its code in `decision`, or its minute in `decision_reference`.";
    Err(ValidationError::new("decision_not_cited").with_message(told.into()))
}

impl Body for TargetBody {
    const KEY: &'static [&'static str] = &["measure", "year"];
}

/// A target.
#[derive(Clone, Debug, Serialize, ToSchema, Queryable, Selectable)]
#[diesel(table_name = targets)]
pub struct Target {
    /// Measure.
    pub measure: Code,
    /// Financial year in which reporting quarters are judged by it.
    pub year: FinancialYear,
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
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    #[serde(skip)]
    pub(super) row_version: i64,
    /// Number of the version, from 1; every version is at `…/versions`.
    pub version: i32,
    /// First quarter of the year that this version judges; null for all of it.
    pub effective_from: Option<Quarter>,
    /// Why the target changed in the year.
    pub change_reason: Option<String>,
    /// Decision that approved it.
    pub decision: Option<Code>,
    /// Whether it was decided after its year had ended.
    pub set_in_arrears: bool,
}

resource!(Target, "targets", measure: "text", year: "text");

/// Filters of the list.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TargetFilter {
    /// Only those of this framework's measures.
    #[param(value_type = Option<String>, format = "code", example = "CSPF-2024-28")]
    pub framework: Option<Code>,
    /// Only those of this measure.
    #[param(value_type = Option<String>, format = "code")]
    pub measure: Option<Code>,
    /// Only those of this financial year.
    #[param(value_type = Option<String>, format = "financial-year", example = "2024-25")]
    pub year: Option<FinancialYear>,
    /// What it asks of the value.
    pub kind: Option<TargetKind>,
    /// Where it comes from.
    pub source: Option<TargetSource>,
}

/// Address of a target.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct TargetPath {
    /// Code of the measure.
    #[param(format = "code", example = "EDU-01")]
    pub measure: String,
    /// Financial year.
    #[param(value_type = String, format = "financial-year", example = "2024-25")]
    pub year: FinancialYear,
}
