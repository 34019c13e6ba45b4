//! Roles: who people are in a council's performance framework, and which scopes that gives them.

use serde::{Deserialize, Serialize};
use strum::{AsRefStr, Display, EnumString, VariantArray};
use utoipa::ToSchema;

use super::audience::Audience;
use super::scope::Scope;

/// Who somebody is in the framework.
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
    Display,
    EnumString,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Role {
    /// Pushes the figures of the measures that it provides.
    Provider,
    /// Answers for measures: pushes, and approves what others pushed.
    MeasureOwner,
    /// Runs the framework: collects, approves, publishes, configures, and records what committees decide.
    PerformanceOfficer,
    /// Approves figures, signs reports off, and decides on service level measures.
    Director,
    /// Records what committees do: meetings, decisions, issues of concern, and that a report was considered.
    DemocraticServices,
    /// Sits on a committee: reads what was published, as it may be shown, and what is done about it.
    Member,
    /// Anybody: reads what was published, as it may be shown.
    Public,
    /// Reads everything, the keys' metadata and the changes to them included, and changes nothing.
    Auditor,
    /// Does everything, and makes the keys.
    Administrator,
}

impl Role {
    /// THE table: the scopes of each role.
    pub const fn scopes(self) -> &'static [Scope] {
        use Scope::{Admin, Approve, Audit, Configure, Decide, Read, Submit};
        match self {
            Self::Provider => &[Read, Submit],
            Self::MeasureOwner => &[Read, Submit, Approve],
            Self::PerformanceOfficer => &[Read, Submit, Approve, Configure],
            Self::Director => &[Read, Approve],
            Self::DemocraticServices => &[Read, Decide],
            Self::Member | Self::Public => &[Read],
            Self::Auditor => &[Read, Audit],
            Self::Administrator => &[Admin],
        }
    }

    /// Whose eyes somebody in the role has.
    pub const fn audience(self) -> Audience {
        match self {
            Self::Provider
            | Self::MeasureOwner
            | Self::PerformanceOfficer
            | Self::Director
            | Self::DemocraticServices
            | Self::Auditor
            | Self::Administrator => Audience::Internal,
            Self::Member => Audience::Members,
            Self::Public => Audience::Public,
        }
    }

    /// Whether a grant of the role can be limited: keys and the change log belong to no measure, and what was published is for all.
    pub const fn can_be_limited(self) -> bool {
        !matches!(self, Self::Member | Self::Public | Self::Auditor | Self::Administrator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What domain and issue ask for, as a reviewer reads it: role by scope.
    #[test]
    fn every_role_may_do_its_own_work_and_no_other() {
        let may = |role: Role| -> Vec<&str> {
            let includes = |scope: &&Scope| role.scopes().iter().any(|held| held.includes(**scope));
            Scope::VARIANTS.iter().filter(includes).map(AsRef::as_ref).collect()
        };
        for (role, scopes) in [
            (Role::Provider, vec!["read", "submit"]),
            (Role::MeasureOwner, vec!["read", "submit", "approve"]),
            (Role::PerformanceOfficer, vec!["read", "submit", "approve", "configure", "decide"]),
            (Role::Director, vec!["read", "approve"]),
            (Role::DemocraticServices, vec!["read", "decide"]),
            (Role::Member, vec!["read"]),
            (Role::Public, vec!["read"]),
            (Role::Auditor, vec!["read", "audit"]),
            (Role::Administrator, vec!["read", "submit", "approve", "configure", "decide", "audit", "admin"]),
        ] {
            assert_eq!(may(role), scopes, "{role}");
        }
    }
}
