//! Whether a target makes sense for its measure: the domain decides, here its words become faults of the body.

use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::body::{Target, TargetBody};
use crate::db::DbError;
use crate::db::schema::measures;
use crate::domain::quantity::Quantity;
use crate::domain::target::{TargetRule, TargetTerms};
use crate::domain::terms::{Accumulation, Polarity, Unit};
use crate::http::problem::Problem;
use crate::http::problems;
use crate::resources::faults;

impl TargetBody {
    /// The target as the rules read it.
    pub fn terms(&self) -> TargetTerms {
        let number = |quantity: Option<Quantity>| quantity.map(|quantity| quantity.0);
        TargetTerms {
            kind: self.kind,
            value: number(self.value),
            lower: number(self.lower),
            upper: number(self.upper),
            tolerance_kind: self.tolerance_kind,
            tolerance: number(self.tolerance),
            tolerance_below: number(self.tolerance_below),
            tolerance_above: number(self.tolerance_above),
            profile: [self.profile_q1, self.profile_q2, self.profile_q3, self.profile_q4].map(number),
        }
    }
}

/// Refuses a target that contradicts itself or its measure.
///
/// # Errors
/// `unknown_reference` without the measure, `validation_failed` with every fault.
pub async fn check(connection: &mut AsyncPgConnection, body: &TargetBody) -> Result<(), Problem> {
    let measure: Option<(Polarity, Accumulation, Unit)> = measures::table
        .filter(measures::code.nullable().eq(body.measure.get()))
        .select((measures::polarity, measures::accumulation, measures::unit))
        .first(connection)
        .await
        .optional()
        .map_err(DbError::from)?;
    // Without the measure the foreign key refuses, in its own words.
    let Some((polarity, accumulation, unit)) = measure else {
        return Ok(());
    };
    match TargetRule::new(&body.terms(), polarity, accumulation, unit) {
        Ok(_) => Ok(()),
        Err(found) => Err(Problem::of_faults(problems::VALIDATION_FAILED, faults::of_fields(found))),
    }
}

/// Why a target stays: approved figures of its year were judged by it.
pub fn judged(target: &Target) -> Problem {
    let detail = format!(
        "Approved figures of {} in {} were judged by this target. To judge by none from now on, replace it: PUT with the kind `none`, citing the decision.",
        target.measure, target.year
    );
    Problem::new(problems::STILL_IN_USE, detail)
}
