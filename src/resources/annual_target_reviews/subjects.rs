//! What a review is about: the measures of its framework, each with its target of the year.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use crate::db::DbError;
use crate::db::functions::free_from;
use crate::db::schema::{measures, outcomes, targets};
use crate::domain::period::{FinancialYear, Quarter};
use crate::domain::terms::{Level, MeasureStatus};
use crate::resources::measures::body::Measure;
use crate::resources::targets::body::Target;

/// A measure with its target of the year under review.
#[derive(Clone, Debug)]
pub struct Subject {
    /// The measure as it is defined now.
    pub measure: Measure,
    /// The newest version of its target of the year.
    pub target: Option<Target>,
}

impl Subject {
    /// Whether the review must have a proposal for it: members see it.
    pub fn is_reviewed(&self) -> bool {
        self.measure.status == MeasureStatus::Active && self.measure.level != Level::Service
    }
}

/// Every measure of a framework, by code.
pub type Subjects = BTreeMap<String, Subject>;

/// Reads every measure of a framework with its target of the year.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn load(
    mut connection: &AsyncPgConnection,
    framework: &str,
    year: FinancialYear,
) -> Result<Subjects, DbError> {
    let its_outcomes = outcomes::table.filter(outcomes::framework.eq(framework)).select(outcomes::code);
    let its_measures = measures::table.filter(measures::outcome.eq_any(its_outcomes));
    let found: Vec<Measure> = its_measures.select(Measure::as_select()).load(&mut connection).await?;
    let of_the_year = targets::table
        .filter(targets::measure.eq_any(its_measures.select(measures::code)))
        .filter(targets::year.eq(year));
    let found_targets: Vec<Target> = of_the_year.select(Target::as_select()).load(&mut connection).await?;
    let mut targets: BTreeMap<String, Target> =
        found_targets.into_iter().map(|target| (target.measure.to_string(), target)).collect();
    let with_target = |measure: Measure| {
        let target = targets.remove(measure.code.as_str());
        (measure.code.to_string(), Subject { measure, target })
    };
    Ok(found.into_iter().map(with_target).collect())
}

/// Holds every measure of a framework, and their targets of a year, until the transaction ends.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn hold(connection: &mut AsyncPgConnection, framework: &str, year: FinancialYear) -> Result<(), DbError> {
    let its_outcomes = outcomes::table.filter(outcomes::framework.eq(framework)).select(outcomes::code);
    let its_measures = measures::table.filter(measures::outcome.eq_any(its_outcomes)).select(measures::code);
    let held = its_measures.order(measures::code).for_update();
    held.load::<String>(connection).await?;
    let of_the_year = targets::table.filter(targets::measure.eq_any(its_measures)).filter(targets::year.eq(year));
    of_the_year.select(targets::measure).order(targets::measure).for_update().load::<String>(connection).await?;
    Ok(())
}

/// The quarter of a year from which changes can hold: the first, or the first that no sealed report is about. Where all of them are
/// sealed it is the first, and the database refuses.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn free_quarter(
    connection: &mut AsyncPgConnection,
    framework: &str,
    year: FinancialYear,
) -> Result<Quarter, DbError> {
    let free: Option<Quarter> = diesel::select(free_from(framework)).get_result(connection).await?;
    Ok(free.filter(|free| free.year() == year).unwrap_or_else(|| year.first_quarter()))
}
