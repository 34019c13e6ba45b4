//! What a committee decided on each proposal of a review.

use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::sql_types::Jsonb;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::domain::code::Code;
use crate::domain::review::{ProposalOutcome, Verdict};
use crate::domain::text::Line;
use crate::http::body::Body;
use crate::json_column;

/// What was decided on one proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecidedOutcome {
    /// The measure of the proposal.
    pub measure: Code,
    /// Label of the clause that decided it.
    #[schema(example = "b")]
    pub clause: Line<20>,
    /// Whether it was agreed.
    pub outcome: ProposalOutcome,
}

/// What was decided on every proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, FromSqlRow, AsExpression)]
#[diesel(sql_type = Jsonb)]
#[serde(transparent)]
#[schema(value_type = Vec<DecidedOutcome>, max_items = 1000)]
pub struct DecidedOutcomes(pub Vec<DecidedOutcome>);

json_column!(DecidedOutcomes);

/// The decision on a review.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct DecideBody {
    /// The decision.
    pub decision: Code,
    /// What it decided on each proposal, none left out.
    pub outcomes: DecidedOutcomes,
}

impl Body for DecideBody {
    const KEY: &'static [&'static str] = &[];
}

impl DecidedOutcome {
    /// The outcome as the rules read it.
    pub fn verdict(&self) -> Verdict<'_> {
        Verdict { measure: self.measure.as_str(), clause: &self.clause }
    }
}
