//! What a quarterly report says: built from the scorecard and all around it, checked, sealed, and proved afterwards.
//!
//! `store` reads all of it as at one instant, `build` makes the content, to members and the public without what `withheld` takes out,
//! `readiness` finds what blocks the sign-off, `sealing` seals, `reading` answers each audience with its own, and `verify` says what
//! has changed since.

mod build;
pub mod content;
mod drafting;
pub mod handlers;
mod readiness;
mod reading;
pub mod sealing;
mod store;
mod undertaken;
pub(in crate::reports) mod verify;
mod withheld;
