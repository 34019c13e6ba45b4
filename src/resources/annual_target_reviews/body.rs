//! What goes in and comes out for annual target reviews.

use chrono::{DateTime, Utc};
use diesel::prelude::{AsChangeset, Insertable, Queryable, Selectable};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::outcome::DecidedOutcomes;
use super::proposal::Proposals;
use crate::db::schema::annual_target_reviews;
use crate::domain::code::Code;
use crate::domain::period::FinancialYear;
use crate::domain::terms::ReviewStatus;
use crate::domain::text::Prose;
use crate::http::body::Body;
use crate::resource;
use crate::resources::key::Given;

/// An annual target review as it is sent.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate, Insertable, AsChangeset)]
#[diesel(table_name = annual_target_reviews, treat_none_as_default_value = false, treat_none_as_null = true, primary_key(framework, year))]
#[serde(deny_unknown_fields)]
#[validate(schema(function = "super::rules::validate"))]
pub struct AnnualTargetReviewBody {
    /// Framework under review.
    #[serde(default)]
    #[schema(value_type = Code)]
    pub framework: Given<Code>,
    /// Financial year in which the review is held.
    #[serde(default)]
    #[schema(value_type = FinancialYear)]
    pub year: Given<FinancialYear>,
    /// Where the review stands; it begins open and goes one step at a time. It becomes decided and applied by actions.
    #[serde(default = "open")]
    #[schema(default = "open")]
    pub status: ReviewStatus,
    /// What the review found as a whole.
    pub summary: Option<Prose<20000>>,
    /// One proposal for each measure; settled once the review is submitted.
    #[serde(default)]
    pub proposals: Proposals,
}

fn open() -> ReviewStatus {
    ReviewStatus::Open
}

impl Body for AnnualTargetReviewBody {
    const KEY: &'static [&'static str] = &["framework", "year"];
}

/// An annual target review.
#[derive(Clone, Debug, Serialize, ToSchema, Queryable, Selectable)]
#[diesel(table_name = annual_target_reviews)]
pub struct AnnualTargetReview {
    /// Framework under review.
    pub framework: Code,
    /// Financial year in which the review is held.
    pub year: FinancialYear,
    /// Where the review stands.
    pub status: ReviewStatus,
    /// What the review found as a whole.
    pub summary: Option<String>,
    /// One proposal for each measure.
    pub proposals: Proposals,
    /// Decision that decided the proposals.
    pub decision: Option<Code>,
    /// For each proposal, the clause that decided it, and whether it was agreed or rejected.
    pub decided_outcomes: Option<DecidedOutcomes>,
    /// When what was agreed took effect; what that made is at `…/changes`.
    pub applied_at: Option<DateTime<Utc>>,
    /// Who applied it.
    pub applied_by: Option<String>,
    /// When it was recorded.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    #[serde(skip)]
    pub(super) row_version: i64,
}

resource!(AnnualTargetReview, "annual-target-reviews", framework: "text", year: "text");

/// Filters of the list.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AnnualTargetReviewFilter {
    /// Only those of this framework.
    #[param(value_type = Option<String>, format = "code", example = "PRACTICE")]
    pub framework: Option<Code>,
    /// Only those held in this financial year.
    #[param(value_type = Option<String>, format = "financial-year")]
    pub year: Option<FinancialYear>,
    /// Where the review stands.
    pub status: Option<ReviewStatus>,
}

/// Address of an annual target review.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct AnnualTargetReviewPath {
    /// Code of the framework.
    #[param(format = "code", example = "PRACTICE")]
    pub framework: String,
    /// Financial year.
    #[param(value_type = String, format = "financial-year", example = "2025-26")]
    pub year: FinancialYear,
}
