//! What a quarterly report says: built from the scorecard and all around it, checked, sealed, and proved afterwards.
//!
//! `store` reads all of it as at one instant, `build` makes the content, `readiness` finds what blocks the sign-off, and `verify`
//! says what has changed since.

mod build;
pub mod content;
pub mod handlers;
mod readiness;
mod store;
pub(in crate::reports) mod verify;
