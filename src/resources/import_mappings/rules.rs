//! What a mapping must be: of measures that there are, each with a column for its figure.

use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::body::ImportMappingBody;
use crate::db::DbError;
use crate::db::functions::has_table_privilege;
use crate::db::schema::measures;
use crate::http::problem::{Fault, Problem};
use crate::http::problems;

/// Refuses a mapping that names no figure, or a measure that is not there.
///
/// # Errors
/// `validation_failed`, `unknown_reference`.
pub async fn check(connection: &mut AsyncPgConnection, body: &ImportMappingBody) -> Result<(), Problem> {
    let without = body
        .measures
        .0
        .iter()
        .enumerate()
        .filter(|(_, one)| one.value.is_none() && (one.numerator.is_none() || one.denominator.is_none()));
    let faults: Vec<Fault> = without
        .map(|(at, one)| {
            let detail = format!(
                "The figure of {} stands in no column: name that of its value, or those of numerator and denominator.",
                one.measure
            );
            Fault::new(format!("/measures/{at}"), "figure_missing", detail)
        })
        .collect();
    if !faults.is_empty() {
        return Err(Problem::of_faults(problems::VALIDATION_FAILED, faults));
    }
    // Whoever may write no mapping is told that, and not which measures there are.
    if !diesel::select(has_table_privilege("import_mappings", "INSERT"))
        .get_result(connection)
        .await
        .map_err(DbError::from)?
    {
        return Ok(());
    }
    let codes: Vec<&str> = body.measures.0.iter().map(|one| one.measure.as_str()).collect();
    let query = measures::table.filter(measures::code.eq_any(&codes)).select(measures::code);
    let there: Vec<String> = query.load(connection).await.map_err(DbError::from)?;
    let unknown = codes.iter().enumerate().filter(|(_, code)| !there.iter().any(|one| one == *code));
    let faults: Vec<Fault> = unknown
        .map(|(at, code)| {
            let detail = format!("There is no measure `{code}`. Create it first, or correct the code.");
            Fault::new(format!("/measures/{at}/measure"), problems::UNKNOWN_REFERENCE.code, detail)
        })
        .collect();
    if faults.is_empty() { Ok(()) } else { Err(Problem::of_faults(problems::UNKNOWN_REFERENCE, faults)) }
}
