//! The parts of a recovery plan that are kept with it as documents: what is done, what is expected, whether it worked.

use chrono::NaiveDate;
use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::sql_types::Jsonb;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::domain::period::Quarter;
use crate::domain::quantity::Quantity;
use crate::domain::recovery::TrajectoryPoint;
use crate::domain::terms::{Assessment, Delivery};
use crate::domain::text::{Line, Prose};
use crate::http::body::Body;
use crate::json_column;

/// Something that is done so that the measure recovers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Intervention {
    /// What is done.
    pub title: Line<300>,
    /// Who sees to it, where that is not the owner of the plan.
    pub owner: Option<Line<200>>,
    /// Day on which it starts; null where that is not known.
    pub starts_on: Option<NaiveDate>,
    /// Day by which it is to be done; null where that is not known.
    pub due_on: Option<NaiveDate>,
    /// What will show that it is on its way.
    pub milestone: Option<Line<300>>,
    /// How its delivery stands; null where nothing was reported.
    pub delivery: Option<Delivery>,
}

/// Every intervention of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, FromSqlRow, AsExpression)]
#[diesel(sql_type = Jsonb)]
#[serde(transparent)]
#[schema(value_type = Vec<Intervention>, max_items = 50)]
pub struct Interventions(pub Vec<Intervention>);

json_column!(Interventions);

/// What a plan expects of a quarter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExpectedValue {
    /// Reporting quarter.
    pub quarter: Quarter,
    /// The value expected for it, exact.
    #[schema(example = 50)]
    pub expected: Quantity,
}

/// The values expected, quarter by quarter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, FromSqlRow, AsExpression)]
#[diesel(sql_type = Jsonb)]
#[serde(transparent)]
#[schema(value_type = Vec<ExpectedValue>, max_items = 40)]
pub struct Trajectory(pub Vec<ExpectedValue>);

json_column!(Trajectory);

impl Trajectory {
    /// The trajectory as the rules read it.
    pub fn points(&self) -> Vec<TrajectoryPoint> {
        let point = |one: &ExpectedValue| TrajectoryPoint { quarter: one.quarter, expected: one.expected.0 };
        self.0.iter().map(point).collect()
    }
}

/// Whether a plan worked, and which figure shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate, FromSqlRow, AsExpression)]
#[diesel(sql_type = Jsonb)]
#[serde(deny_unknown_fields)]
pub struct RecoveryResult {
    /// Whether it worked.
    pub assessment: Assessment,
    /// Reporting quarter whose approved or published figure shows it.
    pub evidence_quarter: Quarter,
    /// What the assessment rests on, in plain English.
    pub note: Prose<4000>,
}

json_column!(RecoveryResult);

impl Body for RecoveryResult {
    const KEY: &'static [&'static str] = &[];
}
