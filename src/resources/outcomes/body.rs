//! What goes in and comes out for outcomes.

use chrono::{DateTime, Utc};
use diesel::prelude::{AsChangeset, Insertable, Queryable, Selectable};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::db::schema::outcomes;
use crate::domain::code::Code;
use crate::domain::terms::OutcomeStatus;
use crate::domain::text::Line;
use crate::http::body::Body;
use crate::resource;
use crate::resources::key::Given;

/// An outcome as it is sent.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate, Insertable, AsChangeset)]
#[diesel(table_name = outcomes, treat_none_as_default_value = false, treat_none_as_null = true, primary_key(code))]
#[serde(deny_unknown_fields)]
pub struct OutcomeBody {
    /// Code that never changes and is never used again.
    #[serde(default)]
    #[schema(value_type = Code)]
    pub code: Given<Code>,
    /// Framework it belongs to.
    pub framework: Code,
    /// Title in plain English.
    #[schema(example = "Children and young people belong and thrive in Sheffield")]
    pub title: Line<200>,
    /// Council Plan priority that it serves.
    #[schema(example = "Ensure all children and young people can feel like they can belong and thrive in Sheffield")]
    pub priority: Option<Line<300>>,
    /// Its place in reports, lowest first.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 9999, default = 0)]
    pub position: i32,
    /// Where the outcome stands; active unless said otherwise.
    #[serde(default = "active")]
    #[schema(default = "active")]
    pub status: OutcomeStatus,
}

fn active() -> OutcomeStatus {
    OutcomeStatus::Active
}

impl Body for OutcomeBody {
    const KEY: &'static [&'static str] = &["code"];
}

/// An outcome.
#[derive(Clone, Debug, Serialize, ToSchema, Queryable, Selectable)]
#[diesel(table_name = outcomes)]
pub struct Outcome {
    /// Code that never changes and is never used again.
    pub code: Code,
    /// Framework it belongs to.
    pub framework: Code,
    /// Title in plain English.
    pub title: String,
    /// Council Plan priority that it serves.
    pub priority: Option<String>,
    /// Its place in reports, lowest first.
    pub position: i32,
    /// Where the outcome stands.
    pub status: OutcomeStatus,
    /// When it was recorded.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    #[serde(skip)]
    pub(super) row_version: i64,
}

resource!(Outcome, "outcomes", code: "text");

/// Filters of the list.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OutcomeFilter {
    /// Only those of this framework.
    #[param(value_type = Option<String>, format = "code", example = "CSPF-2024-28")]
    pub framework: Option<Code>,
    /// Where the outcome stands.
    pub status: Option<OutcomeStatus>,
}

/// Address of an outcome.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct OutcomePath {
    /// Code of the outcome.
    #[param(format = "code", example = "BELONG-THRIVE")]
    pub outcome: String,
}
