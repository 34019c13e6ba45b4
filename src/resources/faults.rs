//! Faults that the domain finds, as faults of a request body.

use crate::domain::fault;
use crate::http::problem::Fault;

/// Each with the JSON Pointer of its field.
pub fn of_fields(found: Vec<fault::Fault>) -> Vec<Fault> {
    found.into_iter().map(|fault| Fault::new(format!("/{}", fault.field), fault.code, fault.detail)).collect()
}
