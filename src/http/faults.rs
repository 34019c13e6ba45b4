//! What validator finds wrong with a body, as faults by JSON Pointer.

use validator::{ValidationError, ValidationErrors, ValidationErrorsKind};

use super::problem::Fault;

/// All of them, in the order of their places.
pub fn of(errors: &ValidationErrors) -> Vec<Fault> {
    let mut faults = Vec::new();
    gather(String::new(), errors, &mut faults);
    faults.sort_by(|a, b| a.pointer.cmp(&b.pointer));
    faults
}

/// Faults of what stands at this place, and of what stands in it.
fn gather(place: String, errors: &ValidationErrors, faults: &mut Vec<Fault>) {
    for (field, kind) in errors.errors() {
        // validator files faults across fields under this name; the message says which fields.
        let pointer = if field == "__all__" { place.clone() } else { format!("{place}/{field}") };
        match kind {
            ValidationErrorsKind::Field(found) => {
                let fault =
                    |error: &ValidationError| Fault::new(pointer.clone(), error.code.clone(), error.to_string());
                faults.extend(found.iter().map(fault));
            }
            ValidationErrorsKind::Struct(inner) => gather(pointer, inner, faults),
            ValidationErrorsKind::List(rows) => {
                rows.iter().for_each(|(at, inner)| gather(format!("{pointer}/{at}"), inner, faults));
            }
        }
    }
}
