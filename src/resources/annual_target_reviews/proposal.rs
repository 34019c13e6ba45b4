//! What a review proposes for one measure.

use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::sql_types::Jsonb;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::code::Code;
use crate::domain::quantity::Quantity;
use crate::domain::terms::{Level, ProposalAction, ProposalReason, TargetKind, ToleranceKind};
use crate::domain::text::{Line, Prose};
use crate::json_column;

/// The values proposed; null where the proposal leaves them as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposedValues {
    /// What the target is to ask of the value.
    pub target_kind: Option<TargetKind>,
    /// The target, for kinds with one value.
    pub target_value: Option<Quantity>,
    /// Lower edge of a band.
    pub target_lower: Option<Quantity>,
    /// Upper edge of a band.
    pub target_upper: Option<Quantity>,
    /// How the tolerance is to be stated.
    pub tolerance_kind: Option<ToleranceKind>,
    /// The tolerance.
    pub tolerance: Option<Quantity>,
    /// To whom the measure is to be reported.
    pub level: Option<Level>,
    /// Its title, where that is to change or the measure is new.
    pub title: Option<Line<200>>,
    /// Its definition, where that is to change or the measure is new.
    pub definition: Option<Prose<4000>>,
    /// Code of the measure that takes its place.
    pub replacement: Option<Code>,
}

/// A proposal for one measure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    /// The measure; for `add`, the code that it is to have.
    pub measure: Code,
    /// What is proposed.
    pub action: ProposalAction,
    /// On which of the committee's three grounds.
    pub reason: ProposalReason,
    /// Why, in plain English.
    pub rationale: Prose<4000>,
    /// The values proposed.
    #[serde(default)]
    pub proposed: ProposedValues,
}

/// Every proposal of a review.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, FromSqlRow, AsExpression)]
#[diesel(sql_type = Jsonb)]
#[serde(transparent)]
#[schema(value_type = Vec<Proposal>, max_items = 1000)]
pub struct Proposals(pub Vec<Proposal>);

json_column!(Proposals);
