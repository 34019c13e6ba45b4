//! Faults that the domain finds, as faults of a request body.

use crate::domain::fault;
use crate::domain::period_rule::PeriodKindMismatch;
use crate::http::problem::{Fault, Problem};
use crate::http::problems;

/// Each with the JSON Pointer of its field.
pub fn of_fields(found: Vec<fault::Fault>) -> Vec<Fault> {
    found.into_iter().map(|fault| Fault::new(format!("/{}", fault.field), fault.code, fault.detail)).collect()
}

/// The problem of a data period that is not of the measure's kind.
pub fn period_kind_mismatch(mismatch: &PeriodKindMismatch) -> Problem {
    let fault = Fault::new("/data_period", problems::PERIOD_KIND_MISMATCH.code, mismatch.to_string());
    Problem::of_faults(problems::PERIOD_KIND_MISMATCH, vec![fault])
}
