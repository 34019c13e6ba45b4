//! The scorecard: every active outcome and committee measure of a framework in a quarter, coloured and explained.
//!
//! `store` reads it in one statement, `build` applies the rules, `body` is the answer and `csv` its flat form.

pub mod body;
mod build;
mod csv;
pub mod handlers;
mod past;
pub(super) mod quarter;
mod store;
mod target;

pub(crate) use build::card;
pub(crate) use store::{COLUMNS, OutcomeColumns, Row, RowSql};
