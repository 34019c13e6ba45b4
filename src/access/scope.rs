//! Scopes: what a key may do. Each is a word in the database and a type in the signature of a handler.

use serde::{Deserialize, Serialize};
use strum::{AsRefStr, EnumString, VariantArray};
use utoipa::ToSchema;

/// What a key may do.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    ToSchema,
    AsRefStr,
    EnumString,
    VariantArray,
    clap::ValueEnum,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Scope {
    /// Read everything but the keys.
    Read,
    /// Push figures and narrative, and hand them in.
    Submit,
    /// Approve, return and publish what others handed in.
    Approve,
    /// Change frameworks, outcomes, measures, targets and reviews.
    Configure,
    /// Make and revoke keys; includes every other scope.
    Admin,
}

/// A permission that a handler asks for.
pub trait Permission: 'static {
    /// The scope that grants it.
    const SCOPE: Scope;
}

macro_rules! permissions {
    ($($name:ident),+) => {$(
        #[doc = concat!("Proof of the scope `", stringify!($name), "`.")]
        #[derive(Debug)]
        pub struct $name;
        impl Permission for $name {
            const SCOPE: Scope = Scope::$name;
        }
    )+};
}

permissions!(Read, Submit, Approve, Configure, Admin);
