//! What a review proposes for one measure.

use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::sql_types::Jsonb;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::definition::ProposedMeasure;
use crate::domain::code::Code;
use crate::domain::quantity::Quantity;
use crate::domain::review::ProposedTarget;
use crate::domain::terms::{ComparatorStatistic, Level, ProposalAction, ProposalReason, TargetKind, ToleranceKind};
use crate::domain::text::{Line, Prose};
use crate::json_column;

/// The values proposed; null where the proposal leaves them as they are. They hold from the first quarter of the year after
/// that of the review.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposedValues {
    /// What the target is to ask of the value.
    pub target_kind: Option<TargetKind>,
    /// The target, for kinds with one value.
    pub target_value: Option<Quantity>,
    /// In its place, the code of a comparator group, a region or a country whose figure is to be the target.
    pub comparator: Option<Code>,
    /// Which figure of the comparator.
    pub comparator_statistic: Option<ComparatorStatistic>,
    /// Own units to be added to that figure.
    pub comparator_margin: Option<Quantity>,
    /// Lower edge of a band.
    pub target_lower: Option<Quantity>,
    /// Upper edge of a band.
    pub target_upper: Option<Quantity>,
    /// How the tolerance is to be stated.
    pub tolerance_kind: Option<ToleranceKind>,
    /// The tolerance.
    pub tolerance: Option<Quantity>,
    /// For an asymmetric tolerance, own units below the target.
    pub tolerance_below: Option<Quantity>,
    /// For an asymmetric tolerance, own units above the target.
    pub tolerance_above: Option<Quantity>,
    /// For a cumulative measure, the point to reach by the end of quarter 1; a profile is proposed whole.
    pub profile_q1: Option<Quantity>,
    /// The same for quarter 2.
    pub profile_q2: Option<Quantity>,
    /// The same for quarter 3.
    pub profile_q3: Option<Quantity>,
    /// The same for quarter 4: equal to the target.
    pub profile_q4: Option<Quantity>,
    /// To whom the measure is to be reported.
    pub level: Option<Level>,
    /// Its title, where that is to change or the measure is new.
    pub title: Option<Line<200>>,
    /// Its definition, where that is to change or the measure is new.
    pub definition: Option<Prose<4000>>,
    /// Code of the measure that takes its place.
    pub replacement: Option<Code>,
    /// Its definition in full, where the measure is new, or the parts of it that are to change. What stands here goes before
    /// `level`, `title` and `definition` beside it.
    pub measure: Option<ProposedMeasure>,
}

impl ProposedValues {
    /// The target that is proposed, as the rules read it.
    pub fn target(&self) -> ProposedTarget {
        let number = |quantity: Option<Quantity>| quantity.map(|quantity| quantity.0);
        ProposedTarget {
            kind: self.target_kind,
            value: number(self.target_value),
            comparator: self.comparator.clone(),
            comparator_statistic: self.comparator_statistic,
            comparator_margin: number(self.comparator_margin),
            lower: number(self.target_lower),
            upper: number(self.target_upper),
            tolerance_kind: self.tolerance_kind,
            tolerance: number(self.tolerance),
            tolerance_below: number(self.tolerance_below),
            tolerance_above: number(self.tolerance_above),
            profile: [self.profile_q1, self.profile_q2, self.profile_q3, self.profile_q4].map(number),
        }
    }
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

impl Proposal {
    /// The code that the proposal gives to a further measure, and where it says so.
    pub fn new_code(&self) -> Option<(&Code, &'static str)> {
        match self.action {
            ProposalAction::Add => Some((&self.measure, "/measure")),
            ProposalAction::Replace => self.proposed.replacement.as_ref().map(|code| (code, "/proposed/replacement")),
            _ => None,
        }
    }
}

/// Every proposal of a review.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, FromSqlRow, AsExpression)]
#[diesel(sql_type = Jsonb)]
#[serde(transparent)]
#[schema(value_type = Vec<Proposal>, max_items = 1000)]
pub struct Proposals(pub Vec<Proposal>);

json_column!(Proposals);
