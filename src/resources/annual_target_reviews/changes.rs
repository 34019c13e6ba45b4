//! What applying a review made, proposal by proposal: the change list, kept with the review.

use chrono::{DateTime, Utc};
use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::prelude::*;
use diesel::sql_types::Jsonb;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::body::AnnualTargetReviewPath;
use crate::db::DbError;
use crate::db::schema::annual_target_reviews::{self, dsl};
use crate::domain::code::Code;
use crate::domain::period::FinancialYear;
use crate::domain::review::ProposalOutcome;
use crate::domain::terms::{ProposalAction, ReviewStatus};
use crate::json_column;

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MadeKind {
    /// A target for the year ahead.
    TargetCreated,
    /// A new version of a target that the year ahead had already.
    TargetVersion,
    /// Nothing: the year ahead had this very target already.
    TargetUnchanged,
    /// A new version of the definition.
    MeasureVersion,
    /// A further measure.
    MeasureAdded,
    /// A version of the definition with which reporting ends.
    MeasureRetired,
}

/// One thing that was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Made {
    /// What was done.
    pub what: MadeKind,
    /// To which measure.
    pub measure: Code,
    /// For a target, its year.
    #[schema(required)]
    pub year: Option<FinancialYear>,
    /// Number of the version of the target or the definition.
    pub version: i32,
}

/// What became of one proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AppliedChange {
    /// The measure of the proposal.
    pub measure: Code,
    /// What was proposed.
    pub action: ProposalAction,
    /// Label of the clause that decided it.
    pub clause: String,
    /// Whether it was agreed.
    pub outcome: ProposalOutcome,
    /// Whether the measure goes on, as it was or amended.
    pub kept: bool,
    /// What was done; nothing for a proposal that was rejected.
    pub made: Vec<Made>,
}

/// What became of every proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, FromSqlRow, AsExpression)]
#[diesel(sql_type = Jsonb)]
#[serde(transparent)]
#[schema(value_type = Vec<AppliedChange>)]
pub struct AppliedChanges(pub Vec<AppliedChange>);

json_column!(AppliedChanges);

/// What applying a review made.
#[derive(Clone, Debug, Serialize, ToSchema, Queryable, Selectable)]
#[diesel(table_name = annual_target_reviews)]
pub struct ReviewChanges {
    /// Framework under review.
    pub framework: Code,
    /// Financial year in which the review is held; what it made holds from the next one on.
    pub year: FinancialYear,
    /// Where the review stands.
    pub status: ReviewStatus,
    /// Decision that decided its proposals.
    pub decision: Option<Code>,
    /// When what was agreed took effect.
    pub applied_at: Option<DateTime<Utc>>,
    /// Who applied it.
    pub applied_by: Option<String>,
    /// What became of each proposal; null before the review is applied.
    pub applied_changes: Option<AppliedChanges>,
}

/// What applying a review made, if there is such a review.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn find(
    mut connection: &AsyncPgConnection,
    key: &AnnualTargetReviewPath,
) -> Result<Option<ReviewChanges>, DbError> {
    let query = dsl::annual_target_reviews.find((&key.framework, key.year)).select(ReviewChanges::as_select());
    Ok(query.first(&mut connection).await.optional()?)
}
