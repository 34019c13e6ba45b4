//! What goes in for issues of concern.

use chrono::NaiveDate;
use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::prelude::{AsChangeset, Insertable};
use diesel::sql_types::Jsonb;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::db::schema::issues_of_concern;
use crate::domain::code::Code;
use crate::domain::terms::ConcernState;
use crate::domain::text::{Line, Prose};
use crate::http::body::Body;
use crate::json_column;
use crate::resources::key::Given;

/// Codes of measures, each once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, FromSqlRow, AsExpression)]
#[diesel(sql_type = Jsonb)]
#[serde(transparent)]
#[schema(value_type = Vec<Code>, min_items = 1, max_items = 50)]
pub struct Measures(pub Vec<Code>);

json_column!(Measures);

/// An issue of concern as it is sent. State changes are actions.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, ToSchema, Validate, Insertable, AsChangeset)]
#[diesel(table_name = issues_of_concern, treat_none_as_default_value = false, treat_none_as_null = true, primary_key(code))]
#[serde(deny_unknown_fields)]
pub struct IssueOfConcernBody {
    /// Code that never changes and is never used again.
    #[serde(default)]
    #[schema(value_type = Code)]
    pub code: Given<Code>,
    /// Framework whose measures it is about.
    pub framework: Code,
    /// Title in plain English.
    pub title: Line<200>,
    /// What the committee wants to know.
    pub question: Prose<4000>,
    /// Committee that raises it.
    #[schema(example = "Finance and Performance Policy Committee")]
    pub raised_by: Line<200>,
    /// Meeting at which it was raised.
    pub raised_at: Option<Code>,
    /// Decision that raised or referred it.
    pub decision: Option<Code>,
    /// Label of the clause of that decision.
    #[schema(example = "c")]
    pub clause: Option<Line<20>>,
    /// Committee that is to see to it; another than the one that raises it where it is referred.
    #[schema(example = "Education, Children and Families Policy Committee")]
    pub assigned_to: Line<200>,
    /// Measures that it is about, each once.
    pub measures: Measures,
    /// Day by which a report is wanted, in London; from 1990 to 2099.
    #[schema(example = "2025-09-22")]
    pub report_wanted_by: Option<NaiveDate>,
    /// Meeting to which the report is to go.
    pub report_to: Option<Code>,
}

impl Body for IssueOfConcernBody {
    const KEY: &'static [&'static str] = &["code"];
}

/// When the report is to come.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ScheduleBody {
    /// Day of the report, in London; from 1990 to 2099.
    #[schema(example = "2025-09-22")]
    pub report_on: NaiveDate,
}

impl Body for ScheduleBody {
    const KEY: &'static [&'static str] = &[];
}

/// What is reported.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct AnswerBody {
    /// The answer, in plain English.
    #[schema(example = "24 % in April to June, after 16.5 % at the end of March.")]
    pub answer: Prose<20000>,
}

impl Body for AnswerBody {
    const KEY: &'static [&'static str] = &[];
}

/// Filters of the list.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct IssueOfConcernFilter {
    /// Only those of this framework.
    #[param(value_type = Option<String>, format = "code", example = "CSPF-2024-28")]
    pub framework: Option<Code>,
    /// Where the issue stands.
    pub state: Option<ConcernState>,
    /// Only those that this committee is to see to, named exactly.
    #[param(example = "Education, Children and Families Policy Committee")]
    pub assigned_to: Option<String>,
    /// Only those that this committee raised, named exactly.
    #[param(example = "Finance and Performance Policy Committee")]
    pub raised_by: Option<String>,
    /// Only those about this measure.
    #[param(value_type = Option<String>, format = "code", example = "EDU-01")]
    pub measure: Option<Code>,
    /// Whether a report was wanted by a day that has passed, and has not come.
    pub overdue: Option<bool>,
}

/// Address of an issue of concern.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct IssueOfConcernPath {
    /// Code of the issue.
    #[param(format = "code", example = "FP-2025-06-16-EHC")]
    pub issue: String,
}
