//! Comparators: a measure's value for an area beside those of its nation, region, neighbours and all other authorities.
//!
//! `subject` finds out for which measure and area, `store` reads what is there for any number of measures and periods at
//! once, `build` applies the rules, `body` is the answer. `target` resolves targets that are relative to a comparator.

pub mod body;
pub mod build;
pub mod handlers;
pub mod store;
mod subject;
pub mod target;
