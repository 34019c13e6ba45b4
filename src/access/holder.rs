//! Who calls: the holder of a key, or a person who signed in with the council's own accounts.

use chrono::{DateTime, Utc};
use strum::{AsRefStr, Display};
use uuid::Uuid;

use super::authority::Authority;

/// What somebody proved to be by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AsRefStr, Display)]
#[strum(serialize_all = "snake_case")]
pub enum Proof {
    /// An API key, by its id.
    Key(Uuid),
    /// A token of the configured issuer.
    Token,
}

/// A caller who proved who it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Name of the caller, as the change log and four eyes know it.
    pub name: String,
    /// What it may do.
    pub authority: Authority,
    /// By what it proved who it is.
    pub proof: Proof,
    /// First instant at which that no longer holds; none for never.
    pub until: Option<DateTime<Utc>>,
}
