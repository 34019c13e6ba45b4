//! One thing wrong with what was sent, so that every rule can report all of its faults at once.

use std::fmt;

/// What is wrong with one field. The interface turns `field` into a JSON Pointer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Name of the field, in `snake_case`, relative to the value that was checked.
    pub field: &'static str,
    /// Stable `snake_case` code that programs may rely on.
    pub code: &'static str,
    /// What is wrong, with which value, and what would be right.
    pub detail: String,
}

impl Fault {
    /// A fault of `field`.
    pub fn new(field: &'static str, code: &'static str, detail: impl Into<String>) -> Self {
        Self { field, code, detail: detail.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.detail)
    }
}
