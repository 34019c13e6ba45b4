//! Whether what grants are limited to is there: a key for a measure that somebody mistyped sees nothing, and one day, when a measure
//! of that code comes, what nobody meant. Whoever makes one on the command line is warned.

use std::collections::HashSet;

use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::grant::{Grant, Limit};
use crate::db::DbError;
use crate::db::schema::{frameworks, measures, outcomes};
use crate::domain::code::Code;
use crate::http::problem::Fault;
use crate::http::problems;

/// What grants are limited to and does not exist, each with its place.
///
/// # Errors
/// [`DbError`] when the database cannot be reached.
pub async fn unknown(mut connection: &AsyncPgConnection, grants: &[Grant]) -> Result<Vec<Fault>, DbError> {
    let of = |pick: fn(&Grant) -> Option<&Code>| grants.iter().filter_map(pick).collect::<Vec<&Code>>();
    let (framework, outcome, measure) =
        (of(|grant| grant.framework.as_ref()), of(|grant| grant.outcome.as_ref()), of(|grant| grant.measure.as_ref()));
    let known = frameworks::table.select(frameworks::code).filter(frameworks::code.eq_any(framework));
    let known_frameworks: HashSet<Code> = all(known.load(&mut connection).await)?;
    let known = outcomes::table.select(outcomes::code).filter(outcomes::code.eq_any(outcome));
    let known_outcomes: HashSet<Code> = all(known.load(&mut connection).await)?;
    let known = measures::table.select(measures::code).filter(measures::code.eq_any(measure));
    let known_measures: HashSet<Code> = all(known.load(&mut connection).await)?;
    let faults = grants.iter().enumerate().filter_map(|(place, grant)| {
        let (kind, code, known) = match grant.limit() {
            Limit::Everywhere => return None,
            Limit::Framework(code) => ("framework", code, &known_frameworks),
            Limit::Outcome(code) => ("outcome", code, &known_outcomes),
            Limit::Measure(code) => ("measure", code, &known_measures),
        };
        let told = || format!("There is no {kind} `{code}`.");
        (!known.contains(code))
            .then(|| Fault::new(format!("/grants/{place}/{kind}"), problems::UNKNOWN_REFERENCE.code, told()))
    });
    Ok(faults.collect())
}

fn all(found: QueryResult<Vec<Code>>) -> Result<HashSet<Code>, DbError> {
    Ok(found?.into_iter().collect())
}
