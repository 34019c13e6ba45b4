//! Whether a target makes sense for its measure: the domain decides, here its words become faults of the body.

use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::body::{Target, TargetBody};
use super::comparators::Comparators;
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
            comparator: self.comparator.clone(),
            comparator_statistic: self.comparator_statistic,
            comparator_margin: number(self.comparator_margin),
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
/// `validation_failed` with every fault, `unknown_reference` without the comparator.
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
    let terms = body.terms();
    let mut found = TargetRule::new(&terms, polarity, accumulation, unit).err().unwrap_or_default();
    let comparators = Comparators::read(connection, terms.comparator.as_ref()).await?;
    found.extend(comparators.misfit(&terms));
    if !found.is_empty() {
        return Err(Problem::of_faults(problems::VALIDATION_FAILED, faults::of_fields(found)));
    }
    let unknown = comparators.unknown(&terms);
    unknown.map_or(Ok(()), |fault| Err(Problem::of_faults(problems::UNKNOWN_REFERENCE, faults::of_fields(vec![fault]))))
}

/// Why a target stays: approved figures of its year were judged by it.
pub fn judged(target: &Target) -> Problem {
    let detail = format!(
        "Approved figures of {} in {} were judged by this target. To judge by none from now on, replace it: PUT with the kind `none`, citing the decision.",
        target.measure, target.year
    );
    Problem::new(problems::STILL_IN_USE, detail)
}
