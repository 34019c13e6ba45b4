//! `/api/v1/data-requests`.

mod get;
mod list;
mod reinstate;
mod waive;
