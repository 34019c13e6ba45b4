//! `$filter`: read by a grammar, checked against the properties there are, and turned into a condition whose values are all
//! bound. No text of the caller's reaches SQL.

pub mod ast;
mod function;
mod grammar;
mod resolve;
mod token;
mod value;

pub use function::Function;
pub use grammar::parse;
pub use resolve::condition;
pub(super) use token::text;

use crate::http::problem::Problem;
use crate::http::problems;

/// Why a filter cannot be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Column of the place; the first is 1.
    pub column: usize,
    /// What is wrong there, and what would be right.
    pub told: String,
    /// Whether it is right by the standard, and merely not supported here.
    pub not_here: bool,
}

impl Fault {
    fn malformed(column: usize, told: impl Into<String>) -> Self {
        Self { column, told: told.into(), not_here: false }
    }

    /// `what` is named, such as "the operator `add`".
    fn not_here(column: usize, what: impl std::fmt::Display) -> Self {
        Self { column, told: format!("{what} is not supported"), not_here: true }
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        let kind = if fault.not_here { problems::NOT_SUPPORTED } else { problems::INVALID_PARAMETER };
        Self::new(kind, format!("`$filter`, column {}: {}.", fault.column, fault.told))
    }
}

#[cfg(test)]
mod tests;
