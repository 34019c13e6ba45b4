//! What goes in for quarterly reports.

use diesel::prelude::{AsChangeset, Insertable};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::db::schema::quarterly_reports;
use crate::domain::code::Code;
use crate::domain::period::Quarter;
use crate::domain::report::{ReportKind, ReportState};
use crate::domain::text::Prose;
use crate::http::body::Body;
use crate::resources::key::Given;

/// A quarterly report as it is sent: what its figures do not say themselves.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate, Insertable, AsChangeset)]
#[diesel(table_name = quarterly_reports, treat_none_as_default_value = false, treat_none_as_null = true, primary_key(framework, quarter))]
#[serde(deny_unknown_fields)]
pub struct ReportBody {
    /// Framework reported on.
    #[serde(default)]
    #[schema(value_type = Code)]
    pub framework: Given<Code>,
    /// Reporting quarter.
    #[serde(default)]
    #[schema(value_type = Quarter)]
    pub quarter: Given<Quarter>,
    /// What it is: by default the first report of a framework is its baseline report, and every later one a quarterly one.
    #[diesel(skip_insertion, skip_update)]
    pub kind: Option<ReportKind>,
    /// What the officers say of the quarter as a whole.
    pub overview: Option<Prose<20000>>,
    /// Meeting that is to receive it.
    pub meeting: Option<Code>,
}

impl Body for ReportBody {
    const KEY: &'static [&'static str] = &["framework", "quarter"];
}

/// Why something is done.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ReportReasonBody {
    /// The reason.
    pub reason: Prose<4000>,
}

impl Body for ReportReasonBody {
    const KEY: &'static [&'static str] = &[];
}

/// What the committee decided on a report.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ConsideredBody {
    /// The decision.
    pub decision: Code,
}

impl Body for ConsideredBody {
    const KEY: &'static [&'static str] = &[];
}

/// Filters of the list.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReportFilter {
    /// Only those of this framework.
    #[param(value_type = Option<String>, format = "code", example = "CSPF-2024-28")]
    pub framework: Option<Code>,
    /// Only those of this quarter.
    #[param(value_type = Option<String>, format = "financial-quarter")]
    pub quarter: Option<Quarter>,
    /// Where the report stands.
    pub state: Option<ReportState>,
    /// What it is.
    pub kind: Option<ReportKind>,
}

/// Address of a quarterly report.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ReportPath {
    /// Code of the framework.
    #[param(format = "code", example = "PRACTICE-REPORTS")]
    pub framework: String,
    /// Reporting quarter.
    #[param(value_type = String, format = "financial-quarter", example = "2024-25-Q3")]
    pub quarter: Quarter,
}

/// Address of one version of a quarterly report.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ReportVersionPath {
    /// Code of the framework.
    #[param(format = "code", example = "PRACTICE-REPORTS")]
    pub framework: String,
    /// Reporting quarter.
    #[param(value_type = String, format = "financial-quarter", example = "2024-25-Q3")]
    pub quarter: Quarter,
    /// Number of the version.
    #[param(minimum = 1, example = 1)]
    pub version: i32,
}
