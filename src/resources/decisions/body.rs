//! What goes in and comes out for decisions.

use chrono::{DateTime, Utc};
use diesel::prelude::{AsChangeset, Insertable, Queryable, Selectable};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::clause::Clauses;
use crate::db::schema::decisions;
use crate::domain::code::Code;
use crate::domain::terms::ClauseVerb;
use crate::domain::text::{Line, Prose};
use crate::http::body::Body;
use crate::resource;
use crate::resources::key::Given;

/// A decision as it is sent.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate, Insertable, AsChangeset)]
#[diesel(table_name = decisions, treat_none_as_default_value = false, treat_none_as_null = true, primary_key(code))]
#[serde(deny_unknown_fields)]
pub struct DecisionBody {
    /// Code that never changes and is never used again.
    #[serde(default)]
    #[schema(value_type = Code)]
    pub code: Given<Code>,
    /// Meeting at which it was taken.
    pub meeting: Code,
    /// Where the minutes have it.
    #[schema(example = "Item 7, resolutions (a) to (e)")]
    pub minute_reference: Line<300>,
    /// Title in plain English.
    pub title: Line<200>,
    /// Its clauses, each with a label of its own.
    pub clauses: Clauses,
    /// Reasons given for it.
    pub reasons: Option<Prose<20000>>,
    /// Alternatives that were considered and rejected.
    pub alternatives_rejected: Option<Prose<20000>>,
    /// Whether it was a key decision; not unless said so.
    #[serde(default)]
    #[schema(default = false)]
    pub key_decision: bool,
    /// Whether it may be called in for scrutiny; not unless said so.
    #[serde(default)]
    #[schema(default = false)]
    pub subject_to_call_in: bool,
    /// Whether it was called in, which only one subject to call-in can be.
    #[serde(default)]
    #[schema(default = false)]
    pub called_in: bool,
}

impl Body for DecisionBody {
    const KEY: &'static [&'static str] = &["code"];
}

/// A decision.
#[derive(Clone, Debug, Serialize, ToSchema, Queryable, Selectable)]
#[diesel(table_name = decisions)]
pub struct Decision {
    /// Code that never changes and is never used again.
    pub code: Code,
    /// Meeting at which it was taken.
    pub meeting: Code,
    /// Where the minutes have it.
    pub minute_reference: String,
    /// Title in plain English.
    pub title: String,
    /// Its clauses.
    pub clauses: Clauses,
    /// Reasons given for it.
    pub reasons: Option<String>,
    /// Alternatives that were considered and rejected.
    pub alternatives_rejected: Option<String>,
    /// Whether it was a key decision.
    pub key_decision: bool,
    /// Whether it may be called in for scrutiny.
    pub subject_to_call_in: bool,
    /// Whether it was called in.
    pub called_in: bool,
    /// When it was recorded.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    #[serde(skip)]
    pub(super) row_version: i64,
}

resource!(Decision, "decisions", code: "text");

/// Filters of the list.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DecisionFilter {
    /// Only those taken at this meeting.
    #[param(value_type = Option<String>, format = "code", example = "FP-2025-06-16")]
    pub meeting: Option<Code>,
    /// Only those taken by this committee, named exactly.
    #[param(example = "Finance and Performance Policy Committee")]
    pub committee: Option<String>,
    /// Whether it was a key decision.
    pub key_decision: Option<bool>,
    /// Only those with a clause of this verb.
    pub verb: Option<ClauseVerb>,
}

/// Address of a decision.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct DecisionPath {
    /// Code of the decision.
    #[param(format = "code", example = "FP-2025-06-16-OUTCOMES")]
    pub decision: String,
}
