//! Whether a benchmark can be true of its measure and its comparator.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::body::BenchmarkBody;
use crate::db::DbError;
use crate::db::schema::{areas, comparator_groups, measures};
use crate::domain::code::Code;
use crate::domain::data_period::DataPeriod;
use crate::domain::fault::Fault;
use crate::domain::figure::{Figure, Scale};
use crate::domain::period_rule::PeriodRule;
use crate::domain::terms::{Accumulation, BenchmarkMethod, Calendar, Frequency, Unit};
use crate::http::problem::{self, Problem};
use crate::http::problems;
use crate::resources::faults;

/// What must be known of a measure to judge a value for it.
type Judging = (Unit, Calendar, Frequency, Accumulation);
/// The first and last day of an area's code, and what replaces it.
type Validity = (Option<NaiveDate>, Option<NaiveDate>, Option<Code>);

/// Refuses a value that cannot be one of its measure, or of an area that is not there in the period.
///
/// # Errors
/// `unknown_reference`, `period_kind_mismatch`, or `validation_failed` with every fault.
pub async fn check(connection: &mut AsyncPgConnection, body: &BenchmarkBody) -> Result<(), Problem> {
    let (Some(comparator), Some(period)) = (body.comparator.get(), body.data_period.get()) else { return Ok(()) };
    let measure = measures::table.filter(measures::code.nullable().eq(body.measure.get()));
    let measure = measure.select((measures::unit, measures::calendar, measures::frequency, measures::accumulation));
    let measure: Option<Judging> = measure.first(connection).await.optional().map_err(DbError::from)?;
    // Without the measure the foreign key refuses, in its own words.
    let Some((unit, calendar, frequency, accumulation)) = measure else { return Ok(()) };
    let rule = PeriodRule { calendar, frequency, accumulation };
    rule.accept(*period).map_err(|mismatch| faults::period_kind_mismatch(&mismatch))?;
    let mut found = value_faults(body, unit);
    match validity(connection, comparator).await? {
        Some(validity) => found.extend(not_valid(comparator, *period, &validity)),
        None => is_group(connection, comparator).await?,
    }
    if found.is_empty() {
        Ok(())
    } else {
        Err(Problem::of_faults(problems::VALIDATION_FAILED, faults::of_fields(found)))
    }
}

fn value_faults(body: &BenchmarkBody, unit: Unit) -> Vec<Fault> {
    let value = body.value.map(|quantity| quantity.0);
    let figure = Figure { value, value_symbol: body.value_symbol, ..Figure::default() };
    // The mean of several counts need not be whole; like days, it is only never negative.
    let averaged = unit == Unit::Count && body.method != BenchmarkMethod::Published;
    let scale = Scale { unit: if averaged { Unit::Days } else { unit }, rate_base: None, decimal_places: 0 };
    let mut found = figure.check(&scale, true);
    if body.value.is_none() && body.value_symbol.is_none() {
        let told = "there is neither: give the value, or `value_symbol` to say why there is none";
        found.push(Fault::new("value", "required", told));
    }
    if let (Some(contributors), Some(members)) = (body.contributors, body.members)
        && contributors > members
    {
        let told = format!("{contributors} contributors are more than the {members} members");
        found.push(Fault::new("contributors", "contributors_exceed_members", told));
    }
    found
}

async fn validity(connection: &mut AsyncPgConnection, code: &Code) -> Result<Option<Validity>, DbError> {
    let area = areas::table.find(code).select((areas::valid_from, areas::valid_to, areas::successor));
    Ok(area.first(connection).await.optional()?)
}

async fn is_group(connection: &mut AsyncPgConnection, code: &Code) -> Result<(), Problem> {
    let group = comparator_groups::table.find(code).select(comparator_groups::code);
    let group: Option<Code> = group.first(connection).await.optional().map_err(DbError::from)?;
    if group.is_some() {
        return Ok(());
    }
    let told = format!("There is no area and no comparator group `{code}`. Create it first, or correct `comparator`.");
    let fault = problem::Fault::new("/comparator", problems::UNKNOWN_REFERENCE.code, told);
    Err(Problem::of_faults(problems::UNKNOWN_REFERENCE, vec![fault]))
}

/// A code that was valid on no day of the period: published files change codes from one year to the next.
fn not_valid(code: &Code, period: DataPeriod, (from, to, successor): &Validity) -> Option<Fault> {
    let told = match (from, to) {
        (_, Some(to)) if *to < period.start() => {
            let instead = successor.as_ref().map_or_else(String::new, |next| format!("; its successor is `{next}`"));
            format!("the code `{code}` is valid to {to}, before {period} begins{instead}")
        }
        (Some(from), _) if *from > period.end() => {
            format!("the code `{code}` is valid from {from}, after {period} ends")
        }
        _ => return None,
    };
    Some(Fault::new("comparator", "area_not_valid", told))
}
