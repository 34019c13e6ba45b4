//! What goes in and comes out for recovery plans.

use chrono::{DateTime, Utc};
use diesel::prelude::{AsChangeset, Insertable, Queryable, Selectable};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::parts::{Interventions, RecoveryResult, Trajectory};
use crate::db::schema::recovery_plans;
use crate::domain::code::Code;
use crate::domain::terms::RecoveryState;
use crate::domain::text::{Line, Prose};
use crate::http::body::{Body, Patch};
use crate::http::problem::Problem;
use crate::resource;
use crate::resources::key::Given;

/// A recovery plan as it is sent. State changes are actions.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, ToSchema, Validate, Insertable, AsChangeset)]
#[diesel(table_name = recovery_plans, treat_none_as_default_value = false, treat_none_as_null = true, primary_key(code))]
#[serde(deny_unknown_fields)]
pub struct RecoveryPlanBody {
    /// Code that never changes and is never used again.
    #[serde(default)]
    #[schema(value_type = Code)]
    pub code: Given<Code>,
    /// Measure that is to recover; it has at most one plan that is not closed.
    pub measure: Code,
    /// Title in plain English.
    pub title: Line<200>,
    /// Who answers for the plan.
    #[schema(example = "Head of Service")]
    pub owner: Line<200>,
    /// Why the measure is off target.
    pub reason: Prose<4000>,
    /// What is done; at least one intervention before the plan is agreed.
    #[serde(default)]
    pub interventions: Interventions,
    /// The value expected in each quarter, the earliest first; at least one before the plan is agreed, and unchanged from then on.
    #[serde(default)]
    pub trajectory: Trajectory,
    /// What will show that the plan has worked.
    pub success_measure: Option<Prose<2000>>,
    /// Decision that asked for the plan or agreed it.
    pub decision: Option<Code>,
}

impl Body for RecoveryPlanBody {
    const KEY: &'static [&'static str] = &["code"];
}

/// A recovery plan.
#[derive(Clone, Debug, Serialize, ToSchema, Queryable, Selectable)]
#[diesel(table_name = recovery_plans)]
pub struct RecoveryPlan {
    /// Code that never changes and is never used again.
    pub code: Code,
    /// Measure that is to recover.
    pub measure: Code,
    /// Title in plain English.
    pub title: String,
    /// Who answers for the plan.
    pub owner: String,
    /// Why the measure is off target.
    pub reason: String,
    /// What is done.
    pub interventions: Interventions,
    /// The value expected in each quarter, the earliest first.
    pub trajectory: Trajectory,
    /// What will show that the plan has worked.
    pub success_measure: Option<String>,
    /// Decision that asked for the plan or agreed it.
    pub decision: Option<Code>,
    /// Where the plan stands.
    pub state: RecoveryState,
    /// Whether it worked; null until it is assessed.
    pub result: Option<RecoveryResult>,
    /// Caller who agreed it.
    pub agreed_by: Option<String>,
    /// When it was agreed.
    pub agreed_at: Option<DateTime<Utc>>,
    /// Caller who started its delivery.
    pub started_by: Option<String>,
    /// When its delivery was started.
    pub started_at: Option<DateTime<Utc>>,
    /// Caller who assessed it.
    pub assessed_by: Option<String>,
    /// When it was assessed.
    pub assessed_at: Option<DateTime<Utc>>,
    /// Caller who closed it.
    pub closed_by: Option<String>,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// Why it was closed.
    pub close_reason: Option<String>,
    /// When it was recorded.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    #[serde(skip)]
    pub(super) row_version: i64,
}

resource!(RecoveryPlan, "recovery-plans", code: "text");

impl RecoveryPlan {
    /// The content, as it would be sent.
    ///
    /// # Errors
    /// `internal_error` if what is stored no longer fits the published schema.
    pub fn content(&self) -> Result<RecoveryPlanBody, Problem> {
        Patch::<RecoveryPlanBody>::nothing().apply(self)
    }
}

/// Filters of the list.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RecoveryPlanFilter {
    /// Only those of this framework's measures.
    #[param(value_type = Option<String>, format = "code", example = "CSPF-2024-28")]
    pub framework: Option<Code>,
    /// Only those of this measure.
    #[param(value_type = Option<String>, format = "code", example = "EDU-01")]
    pub measure: Option<Code>,
    /// Where the plan stands.
    pub state: Option<RecoveryState>,
}

/// Address of a recovery plan.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct RecoveryPlanPath {
    /// Code of the plan.
    #[param(format = "code", example = "EDU-01-2025-03")]
    pub plan: String,
}
