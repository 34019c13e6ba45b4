//! Scopes: what a caller may do. Each is a word in the database and a type in the signature of a handler.

use serde::{Deserialize, Serialize};
use strum::{AsRefStr, EnumString, VariantArray};
use utoipa::ToSchema;

/// What a caller may do.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
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
    /// Change frameworks, outcomes, measures, targets and reviews; includes `decide`.
    Configure,
    /// Record what committees do: meetings, decisions, issues of concern, and that a report was considered.
    Decide,
    /// Read keys and webhook endpoints, and the changes made to them; no key or secret can be read.
    Audit,
    /// Make, rotate and revoke keys, and set up webhook endpoints; includes every other scope.
    Admin,
}

impl Scope {
    /// Whether who has this scope may do what needs the other.
    pub fn includes(self, other: Self) -> bool {
        self == other || self == Self::Admin || (self, other) == (Self::Configure, Self::Decide)
    }
}

/// A permission that a handler asks for.
pub trait Permission: 'static {
    /// The scopes of which one is needed; none where it is enough to be known.
    const SCOPES: &'static [Scope];
}

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident: $($scope:ident)|*;)+) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name;
        impl Permission for $name {
            const SCOPES: &'static [Scope] = &[$(Scope::$scope),*];
        }
    )+};
}

permissions! {
    /// Proof that the caller is known.
    Known: ;
    /// Proof of the scope `read`.
    Read: Read;
    /// Proof of the scope `submit`.
    Submit: Submit;
    /// Proof of the scope `approve`.
    Approve: Approve;
    /// Proof of the scope `configure`.
    Configure: Configure;
    /// Proof of the scope `decide`.
    Decide: Decide;
    /// Proof that the caller may record what a committee concluded: `decide`, or `approve`, which could before `decide` was there.
    Conclude: Decide | Approve;
    /// Proof of the scope `audit`.
    Audit: Audit;
    /// Proof of the scope `admin`.
    Admin: Admin;
}
