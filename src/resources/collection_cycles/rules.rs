//! Whether a cycle makes sense for its framework and quarter: the domain decides, here its words become faults of the body.

use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::body::CycleBody;
use crate::db::DbError;
use crate::db::schema::frameworks;
use crate::domain::period::FinancialYear;
use crate::http::problem::{Fault, Problem};
use crate::http::problems;
use crate::resources::faults;

/// Refuses dates that contradict one another or their quarter, and a quarter that the framework does not report.
///
/// # Errors
/// `validation_failed` with every fault.
pub async fn check(connection: &mut AsyncPgConnection, body: &CycleBody) -> Result<(), Problem> {
    let Some(quarter) = body.quarter.get().copied() else {
        return Err(Problem::internal("a cycle was to be checked before its key was filled"));
    };
    let years: Option<(FinancialYear, FinancialYear)> = frameworks::table
        .filter(frameworks::code.nullable().eq(body.framework.get()))
        .select((frameworks::first_year, frameworks::last_year))
        .first(connection)
        .await
        .optional()
        .map_err(DbError::from)?;
    let mut found = faults::of_fields(body.dates().check(quarter));
    // Without the framework the foreign key refuses, in its own words.
    found.extend(years.and_then(|years| outside("/quarter", quarter.year(), years)));
    if found.is_empty() { Ok(()) } else { Err(Problem::of_faults(problems::VALIDATION_FAILED, found)) }
}

/// The fault of a year in which the framework does not report.
pub fn outside(pointer: &str, year: FinancialYear, (first, last): (FinancialYear, FinancialYear)) -> Option<Fault> {
    let told = || format!("The framework reports from {first} to {last}, and not in {year}.");
    (year < first || year > last).then(|| Fault::new(pointer, "outside_framework", told()))
}
