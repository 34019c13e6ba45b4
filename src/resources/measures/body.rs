//! What goes in and comes out for measures.

use chrono::{DateTime, Utc};
use diesel::prelude::{AsChangeset, Insertable, Queryable, Selectable};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::db::schema::measures;
use crate::domain::code::Code;
use crate::domain::data_period::DataPeriod;
use crate::domain::period::Quarter;
use crate::domain::quantity::Quantity;
use crate::domain::terms::{
    Accumulation, Calendar, DisclosurePolicy, Frequency, Kind, Level, MeasureStatus, Polarity, Unit,
};
use crate::domain::text::{Line, Prose};
use crate::http::body::Body;
use crate::resource;
use crate::resources::key::Given;

/// A measure as it is sent.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate, Insertable, AsChangeset)]
#[diesel(table_name = measures, treat_none_as_default_value = false, treat_none_as_null = true, primary_key(code))]
#[serde(deny_unknown_fields)]
#[validate(schema(function = "super::rules::validate"))]
pub struct MeasureBody {
    /// Code that never changes and is never used again.
    #[serde(default)]
    #[schema(value_type = Code)]
    pub code: Given<Code>,
    /// Outcome it belongs to.
    pub outcome: Code,
    /// To whom it is reported.
    pub level: Level,
    /// Title in plain English.
    #[schema(example = "New EHC plans issued within 20 weeks")]
    pub title: Line<200>,
    /// What is counted, what is not, in plain English.
    pub definition: Prose<4000>,
    /// What the numerator counts.
    pub numerator_label: Option<Line<200>>,
    /// What the denominator counts.
    pub denominator_label: Option<Line<200>>,
    /// What one unit of the value is.
    pub unit: Unit,
    /// For a rate, the population it is per.
    #[schema(minimum = 1, example = 10000)]
    pub rate_base: Option<i32>,
    /// Decimal places to which the value is printed and judged.
    #[schema(minimum = 0, maximum = 4, example = 1)]
    pub decimal_places: i16,
    /// Which direction is good.
    pub polarity: Polarity,
    /// Whether it is judged against a target; a kpi unless said otherwise.
    #[serde(default = "kpi")]
    #[schema(default = "kpi")]
    pub kind: Kind,
    /// How often a figure falls due.
    pub frequency: Frequency,
    /// Year that its figures follow.
    pub calendar: Calendar,
    /// What stretch of time one figure covers.
    pub accumulation: Accumulation,
    /// Statutory return or local system that it comes from.
    pub source_return: Option<Line<200>>,
    /// Post accountable for the performance.
    pub owner: Option<Line<200>>,
    /// Team that supplies the figure.
    pub provider: Option<Line<200>>,
    /// Days from the end of a period until its figure can be had.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 1000, default = 0)]
    pub expected_lag_days: i32,
    /// How small numbers are protected before publication.
    #[serde(default = "cin")]
    #[schema(default = "cin_1_5")]
    pub disclosure_policy: DisclosurePolicy,
    /// Greatest change, in its own units, that still counts as stable.
    #[serde(default = "zero")]
    #[schema(value_type = f64, minimum = 0, default = 0)]
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
    pub baseline_reason: Option<Prose<1000>>,
    /// Where the measure stands; active unless said otherwise.
    #[serde(default = "active")]
    #[schema(default = "active")]
    pub status: MeasureStatus,
    /// Number of the series: as it is, or one more where the change ends comparison with earlier figures.
    #[schema(minimum = 1)]
    #[diesel(skip_insertion, skip_update)]
    pub series: Option<i32>,
    /// First quarter for which this definition is in force. A change that gives another one makes a new version.
    pub effective_from: Option<Quarter>,
    /// Why the definition changes.
    pub change_reason: Option<Prose<4000>>,
    /// Decision that authorises it: needed for measures at outcome and committee level of an adopted framework.
    pub decision: Option<Code>,
}

fn zero() -> Quantity {
    Quantity(Decimal::ZERO)
}

fn kpi() -> Kind {
    Kind::Kpi
}

fn cin() -> DisclosurePolicy {
    DisclosurePolicy::Cin1To5
}

fn active() -> MeasureStatus {
    MeasureStatus::Active
}

impl Body for MeasureBody {
    const KEY: &'static [&'static str] = &["code"];
}

/// A measure.
#[derive(Clone, Debug, Serialize, ToSchema, Queryable, Selectable)]
#[diesel(table_name = measures)]
pub struct Measure {
    /// Code that never changes and is never used again.
    pub code: Code,
    /// Outcome it belongs to.
    pub outcome: Code,
    /// To whom it is reported.
    pub level: Level,
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
    /// Statutory return or local system that it comes from.
    pub source_return: Option<String>,
    /// Post accountable for the performance.
    pub owner: Option<String>,
    /// Team that supplies the figure.
    pub provider: Option<String>,
    /// Days from the end of a period until its figure can be had.
    pub expected_lag_days: i32,
    /// How small numbers are protected before publication.
    pub disclosure_policy: DisclosurePolicy,
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
    /// Where the measure stands.
    pub status: MeasureStatus,
    /// When it was recorded.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    #[serde(skip)]
    pub(super) row_version: i64,
    /// Number of the definition, from 1; every version is at `…/versions`.
    pub version: i32,
    /// Number of the series: figures of different series are never compared.
    pub series: i32,
    /// First quarter for which this version is in force; null for every quarter.
    pub effective_from: Option<Quarter>,
    /// Why the definition changed.
    pub change_reason: Option<String>,
    /// Decision that authorised this version.
    pub decision: Option<Code>,
}

resource!(Measure, "measures", code: "text");

/// Filters of the list.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MeasureFilter {
    /// Only those of this framework.
    #[param(value_type = Option<String>, format = "code", example = "CSPF-2024-28")]
    pub framework: Option<Code>,
    /// Only those of this outcome.
    #[param(value_type = Option<String>, format = "code")]
    pub outcome: Option<Code>,
    /// To whom it is reported.
    pub level: Option<Level>,
    /// Which direction is good.
    pub polarity: Option<Polarity>,
    /// Whether it is judged against a target.
    pub kind: Option<Kind>,
    /// How often a figure falls due.
    pub frequency: Option<Frequency>,
    /// Where the measure stands.
    pub status: Option<MeasureStatus>,
}

/// Address of a measure.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct MeasurePath {
    /// Code of the measure.
    #[param(format = "code", example = "EDU-01")]
    pub measure: String,
}
