//! What goes in and comes out for benchmarks.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::{AsChangeset, Insertable, Queryable, Selectable};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::db::schema::benchmarks;
use crate::domain::code::Code;
use crate::domain::data_period::DataPeriod;
use crate::domain::quantity::Quantity;
use crate::domain::terms::{BenchmarkMethod, Stage, Symbol};
use crate::domain::text::Line;
use crate::http::body::Body;
use crate::resource;
use crate::resources::key::Given;

/// A benchmark as it is sent: the value, or the symbol that says why it is missing.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate, Insertable, AsChangeset)]
#[diesel(table_name = benchmarks, treat_none_as_default_value = false, treat_none_as_null = true, primary_key(measure, comparator, data_period))]
#[serde(deny_unknown_fields)]
pub struct BenchmarkBody {
    /// Measure.
    #[serde(default)]
    #[schema(value_type = Code)]
    pub measure: Given<Code>,
    /// Code of the area or of the comparator group.
    #[serde(default)]
    #[schema(value_type = Code)]
    pub comparator: Given<Code>,
    /// Period that the value describes, of the measure's own kind.
    #[serde(default)]
    #[schema(value_type = DataPeriod)]
    pub data_period: Given<DataPeriod>,
    /// The value exactly as published.
    #[schema(example = 46.4)]
    pub value: Option<Quantity>,
    /// Why there is no value.
    pub value_symbol: Option<Symbol>,
    /// How the value came about; published unless said otherwise.
    #[serde(default = "published")]
    #[schema(default = "published")]
    pub method: BenchmarkMethod,
    /// Of how many members it is made; null where that is not known.
    #[schema(minimum = 0, maximum = 100000)]
    pub contributors: Option<i32>,
    /// How many members there were; null where that is not known.
    #[schema(minimum = 0, maximum = 100000)]
    pub members: Option<i32>,
    /// Day on which it was published; null where that is not known.
    pub release_date: Option<NaiveDate>,
    /// How settled the value is; final unless said otherwise.
    #[serde(default = "settled")]
    #[schema(default = "final")]
    pub stage: Stage,
    /// Where it was published, and under which licence.
    #[schema(example = "DfE, via LAIT (April 2026), OGL v3")]
    pub source: Line<300>,
}

fn published() -> BenchmarkMethod {
    BenchmarkMethod::Published
}

fn settled() -> Stage {
    Stage::Final
}

impl Body for BenchmarkBody {
    const KEY: &'static [&'static str] = &["measure", "comparator", "data_period"];
}

/// A benchmark.
#[derive(Clone, Debug, Serialize, ToSchema, Queryable, Selectable)]
#[diesel(table_name = benchmarks)]
pub struct Benchmark {
    /// Measure.
    pub measure: Code,
    /// Code of the area or of the comparator group.
    pub comparator: Code,
    /// Period that the value describes.
    pub data_period: DataPeriod,
    /// The comparator, where it is an area.
    pub area: Option<Code>,
    /// The comparator, where it is a group.
    pub group: Option<Code>,
    /// The value exactly as published.
    pub value: Option<Quantity>,
    /// Why there is no value.
    pub value_symbol: Option<Symbol>,
    /// How the value came about.
    pub method: BenchmarkMethod,
    /// Of how many members it is made.
    pub contributors: Option<i32>,
    /// How many members there were.
    pub members: Option<i32>,
    /// Day on which it was published.
    pub release_date: Option<NaiveDate>,
    /// How settled the value is.
    pub stage: Stage,
    /// Where it was published, and under which licence.
    pub source: String,
    /// When it was recorded.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    #[serde(skip)]
    pub(super) row_version: i64,
}

resource!(Benchmark, "benchmarks", measure: "text", comparator: "text", data_period: "text");

/// Filters of the list.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct BenchmarkFilter {
    /// Only those of this measure.
    #[param(value_type = Option<String>, format = "code", example = "EDU-01-CY")]
    pub measure: Option<Code>,
    /// Only those of this area or group.
    #[param(value_type = Option<String>, format = "code")]
    pub comparator: Option<Code>,
    /// Only those for this period.
    #[param(value_type = Option<String>, format = "data-period", example = "CY2024")]
    pub data_period: Option<DataPeriod>,
}

/// Address of a benchmark.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct BenchmarkPath {
    /// Code of the measure.
    #[param(format = "code", example = "EDU-01-CY")]
    pub measure: String,
    /// Code of the area or group.
    #[param(format = "code", example = "E92000001")]
    pub comparator: String,
    /// Period that the value describes.
    #[param(value_type = String, format = "data-period", example = "CY2024")]
    pub data_period: DataPeriod,
}
