//! The clauses of a decision, kept with it as one document: members resolve them together, and they are cited by label.

use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::sql_types::Jsonb;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::terms::ClauseVerb;
use crate::domain::text::{Line, Prose};
use crate::json_column;

/// A clause of a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// Label by which it is cited; each clause of a decision has another.
    #[schema(example = "a")]
    pub clause: Line<20>,
    /// What it does.
    pub verb: ClauseVerb,
    /// What was resolved, in the words of the minutes.
    pub text: Prose<4000>,
    /// To whom a request or referral goes: required for these two verbs, and for no other.
    pub committee: Option<Line<200>>,
}

/// Every clause of a decision, in its order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, FromSqlRow, AsExpression)]
#[diesel(sql_type = Jsonb)]
#[serde(transparent)]
#[schema(value_type = Vec<Clause>, min_items = 1, max_items = 50)]
pub struct Clauses(pub Vec<Clause>);

json_column!(Clauses);
