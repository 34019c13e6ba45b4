//! What goes in and comes out for frameworks.

use chrono::{DateTime, Utc};
use diesel::prelude::{AsChangeset, Insertable, Queryable, Selectable};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::{Validate, ValidationError};

use super::sections::NarrativeSections;
use crate::db::schema::frameworks;
use crate::domain::code::Code;
use crate::domain::period::FinancialYear;
use crate::domain::terms::FrameworkStatus;
use crate::domain::text::Line;
use crate::http::body::Body;
use crate::resource;
use crate::resources::key::Given;

/// A framework as it is sent.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate, Insertable, AsChangeset)]
#[diesel(table_name = frameworks, treat_none_as_default_value = false, treat_none_as_null = true, primary_key(code))]
#[serde(deny_unknown_fields)]
#[validate(schema(function = "years_in_order"), schema(function = "editions_in_order"))]
pub struct FrameworkBody {
    /// Code that never changes and is never used again.
    #[serde(default)]
    #[schema(value_type = Code)]
    pub code: Given<Code>,
    /// Title in plain English.
    #[schema(example = "Children's Services Performance Framework 2024-28")]
    pub title: Line<200>,
    /// Committee that owns it.
    #[schema(example = "Education, Children and Families Policy Committee")]
    pub committee: Line<200>,
    /// Council Plan that it serves.
    #[schema(example = "Together we get things done: Council Plan 2024-28")]
    pub council_plan: Option<Line<200>>,
    /// First financial year.
    pub first_year: FinancialYear,
    /// Last financial year.
    pub last_year: FinancialYear,
    /// Narrative asked for, by quarter; by default performance challenges, interventions taken and results of changes made.
    #[serde(default)]
    pub narrative_sections: NarrativeSections,
    /// Where the framework stands; a draft, in which anything may change, unless said otherwise. Once it is adopted, measures
    /// and targets at outcome and committee level change by decisions.
    #[serde(default = "draft")]
    #[schema(default = "draft")]
    pub status: FrameworkStatus,
    /// Decision that adopted it, and with it the measures and targets that it then has.
    pub adopted_by: Option<Code>,
}

fn draft() -> FrameworkStatus {
    FrameworkStatus::Draft
}

fn years_in_order(body: &FrameworkBody) -> Result<(), ValidationError> {
    if body.first_year <= body.last_year {
        return Ok(());
    }
    let told = format!("`last_year` {} is before `first_year` {}.", body.last_year, body.first_year);
    Err(ValidationError::new("years_in_order").with_message(told.into()))
}

fn editions_in_order(body: &FrameworkBody) -> Result<(), ValidationError> {
    if body.narrative_sections.in_order() {
        return Ok(());
    }
    let told = "`narrative_sections` must run from the oldest `from_quarter` to the newest, and name a section once in each entry.";
    Err(ValidationError::new("editions_in_order").with_message(told.into()))
}

impl Body for FrameworkBody {
    const KEY: &'static [&'static str] = &["code"];
}

/// A framework.
#[derive(Clone, Debug, Serialize, ToSchema, Queryable, Selectable)]
#[diesel(table_name = frameworks)]
pub struct Framework {
    /// Code that never changes and is never used again.
    pub code: Code,
    /// Title in plain English.
    pub title: String,
    /// Committee that owns it.
    pub committee: String,
    /// Council Plan that it serves.
    pub council_plan: Option<String>,
    /// First financial year.
    pub first_year: FinancialYear,
    /// Last financial year.
    pub last_year: FinancialYear,
    /// Narrative asked for, by quarter.
    pub narrative_sections: NarrativeSections,
    /// Where the framework stands.
    pub status: FrameworkStatus,
    /// When it was recorded.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    #[serde(skip)]
    pub(super) row_version: i64,
    /// Decision that adopted it.
    pub adopted_by: Option<Code>,
}

resource!(Framework, "frameworks", code: "text");

/// Filters of the list.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FrameworkFilter {
    /// Where the framework stands.
    pub status: Option<FrameworkStatus>,
}

/// Address of a framework.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct FrameworkPath {
    /// Code of the framework.
    #[param(format = "code", example = "CSPF-2024-28")]
    pub framework: String,
}
