//! What is sent for quarterly submissions.

use std::collections::BTreeMap;

use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::prelude::{AsChangeset, Insertable};
use diesel::sql_types::Jsonb;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::db::schema::quarterly_submissions;
use crate::domain::breakdown::Part;
use crate::domain::code::Code;
use crate::domain::data_period::DataPeriod;
use crate::domain::figure::Figure;
use crate::domain::period::Quarter;
use crate::domain::quantity::Quantity;
use crate::domain::terms::{Stage, SubmissionState, Symbol};
use crate::domain::text::Prose;
use crate::http::body::Body;
use crate::json_column;
use crate::resources::key::Given;

/// Texts by narrative section; the sections are those that the framework asks for in the quarter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, FromSqlRow, AsExpression)]
#[diesel(sql_type = Jsonb)]
#[serde(transparent)]
#[schema(value_type = BTreeMap<String, Prose<20000>>, example = json!({"challenges": "Demand for assessments rose by a fifth.", "interventions": "Two further psychologists began in June."}))]
pub struct Narrative(pub BTreeMap<String, Prose<20000>>);

json_column!(Narrative);

/// The figure's parts, by dimension and category. Those of one dimension add up to the whole, or a note says why not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, FromSqlRow, AsExpression)]
#[diesel(sql_type = Jsonb)]
#[serde(transparent)]
#[schema(value_type = Vec<Part>, max_items = 200, example = json!([{"dimension": "sex", "category": "Female", "numerator": 30, "denominator": 50}, {"dimension": "sex", "category": "Male", "numerator": 57, "denominator": 70}]))]
pub struct Breakdowns(pub Vec<Part>);

json_column!(Breakdowns);

/// A quarterly submission as it is sent. State changes are actions.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate, Insertable, AsChangeset)]
#[diesel(table_name = quarterly_submissions, treat_none_as_default_value = false, treat_none_as_null = true, primary_key(measure, quarter))]
#[serde(deny_unknown_fields)]
pub struct SubmissionBody {
    /// Measure.
    #[serde(default)]
    #[schema(value_type = Code)]
    pub measure: Given<Code>,
    /// Reporting quarter.
    #[serde(default)]
    #[schema(value_type = Quarter)]
    pub quarter: Given<Quarter>,
    /// Period that the figure describes, of the measure's own kind: `2024-25-Q2`, `2024-25`, `AY2023-24`, `CY2024`, `2025-03` or `2025-03-31`.
    pub data_period: DataPeriod,
    /// The figure. Left out where numerator and denominator give it, or where a symbol says why there is none.
    #[schema(example = 16.5)]
    pub value: Option<Quantity>,
    /// Why there is no value.
    pub value_symbol: Option<Symbol>,
    /// What was counted.
    pub numerator: Option<Quantity>,
    /// Why there is no numerator.
    pub numerator_symbol: Option<Symbol>,
    /// Out of how many.
    pub denominator: Option<Quantity>,
    /// Why there is no denominator.
    pub denominator_symbol: Option<Symbol>,
    /// How settled the figure is; provisional unless said otherwise.
    #[serde(default = "provisional")]
    #[schema(default = "provisional")]
    pub stage: Stage,
    /// Texts by narrative section.
    #[serde(default)]
    pub narrative: Narrative,
    /// What a reader must know of the figure's quality; explains a value that is not numerator over denominator.
    pub quality_note: Option<Prose<2000>>,
    /// The figure's parts.
    #[serde(default)]
    pub breakdowns: Breakdowns,
    /// Why parts do not add up to the whole.
    pub breakdown_note: Option<Prose<2000>>,
}

fn provisional() -> Stage {
    Stage::Provisional
}

impl Body for SubmissionBody {
    const KEY: &'static [&'static str] = &["measure", "quarter"];
}

impl SubmissionBody {
    /// The figure as the rules read it.
    pub fn figure(&self) -> Figure {
        Figure {
            value: self.value.map(|quantity| quantity.0),
            value_symbol: self.value_symbol,
            numerator: self.numerator.map(|quantity| quantity.0),
            numerator_symbol: self.numerator_symbol,
            denominator: self.denominator.map(|quantity| quantity.0),
            denominator_symbol: self.denominator_symbol,
        }
    }
}

/// Why a submission is sent back or corrected, or a data request waived.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ReasonBody {
    /// The reason, in plain English.
    #[schema(example = "The denominator leaves out plans issued in the last week of the quarter.")]
    pub reason: Prose<2000>,
}

impl Body for ReasonBody {
    const KEY: &'static [&'static str] = &[];
}

/// What the approver says of a figure.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ApprovalNote {
    /// The note, in plain English; why the figure is right, where it is unlikely beside the measure's own history.
    #[schema(example = "Checked with the service: a second team began in January.")]
    pub note: Option<Prose<2000>>,
}

impl Body for ApprovalNote {
    const KEY: &'static [&'static str] = &[];
}

/// Which revisions a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// The newest revision of each submission, whatever its state.
    #[default]
    Latest,
    /// The revision that counts: the newest that is approved or published.
    Reported,
    /// Every revision.
    All,
}

/// Filters of the list.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SubmissionFilter {
    /// Only those of this framework's measures.
    #[param(value_type = Option<String>, format = "code", example = "CSPF-2024-28")]
    pub framework: Option<Code>,
    /// Only those of this measure.
    #[param(value_type = Option<String>, format = "code")]
    pub measure: Option<Code>,
    /// Only those of this reporting quarter.
    #[param(value_type = Option<String>, format = "financial-quarter")]
    pub quarter: Option<Quarter>,
    /// Only from this reporting quarter on.
    #[param(value_type = Option<String>, format = "financial-quarter")]
    pub from_quarter: Option<Quarter>,
    /// Only up to this reporting quarter.
    #[param(value_type = Option<String>, format = "financial-quarter")]
    pub to_quarter: Option<Quarter>,
    /// Only revisions in this state; then every revision in it is shown, not the newest alone.
    pub state: Option<SubmissionState>,
    /// How settled the figure is.
    pub stage: Option<Stage>,
    /// Which revisions to show: `latest` unless said otherwise, or `all` where `state` is given.
    #[param(inline)]
    pub which: Option<Which>,
}

/// Address of a quarterly submission.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct SubmissionPath {
    /// Code of the measure.
    #[param(format = "code", example = "EDU-01")]
    pub measure: String,
    /// Reporting quarter.
    #[param(value_type = String, format = "financial-quarter", example = "2024-25-Q4")]
    pub quarter: Quarter,
}

/// Address of one revision.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct RevisionPath {
    /// Code of the measure.
    #[param(format = "code", example = "EDU-01")]
    pub measure: String,
    /// Reporting quarter.
    #[param(value_type = String, format = "financial-quarter", example = "2024-25-Q4")]
    pub quarter: Quarter,
    /// Number of the revision.
    #[param(minimum = 1, example = 1)]
    pub revision: i32,
}
