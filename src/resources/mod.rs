//! THE list of resources. Adding one: its folder, its migration, its line here.

pub mod annual_target_reviews;
pub mod areas;
pub mod benchmarks;
pub mod collection_cycles;
pub mod columns;
pub mod comparator_groups;
pub mod comparator_memberships;
pub mod crud;
pub mod data_requests;
pub mod decisions;
pub mod faults;
pub mod frameworks;
pub mod import_mappings;
pub mod issues_of_concern;
pub mod key;
pub mod measures;
pub mod meetings;
pub mod outcomes;
pub mod quarterly_reports;
pub mod quarterly_submissions;
pub mod recovery_plans;
pub mod steps;
pub mod targets;
pub mod webhook_endpoints;

use utoipa_actix_web::service_config::ServiceConfig;

use crate::refusal::{Link, Refusal};

/// What the rest of the service must know of a resource.
#[derive(Debug)]
pub struct Registration {
    /// Name of its collection in addresses.
    pub name: &'static str,
    /// Mounts and documents its routes.
    pub routes: fn(&mut ServiceConfig),
    /// Its constraints, in words.
    pub refusals: &'static [Refusal],
    /// Its foreign keys, in words.
    pub links: &'static [Link],
}

/// Every resource.
pub const ALL: &[Registration] = &[
    frameworks::REGISTRATION,
    outcomes::REGISTRATION,
    measures::REGISTRATION,
    targets::REGISTRATION,
    quarterly_submissions::REGISTRATION,
    collection_cycles::REGISTRATION,
    data_requests::REGISTRATION,
    quarterly_reports::REGISTRATION,
    annual_target_reviews::REGISTRATION,
    meetings::REGISTRATION,
    decisions::REGISTRATION,
    areas::REGISTRATION,
    comparator_groups::REGISTRATION,
    comparator_memberships::REGISTRATION,
    benchmarks::REGISTRATION,
    recovery_plans::REGISTRATION,
    issues_of_concern::REGISTRATION,
    import_mappings::REGISTRATION,
    webhook_endpoints::REGISTRATION,
];

/// Constraints that stand below all resources.
const SHARED: &[Refusal] = &[
    Refusal {
        constraint: "accounts_own",
        kind: crate::http::problems::ACCOUNT_IN_USE,
        pointer: "",
        detail: "This is your own account: erasing it would write your name again. Have another administrator do it.",
    },
    Refusal {
        constraint: "accounts_key_not_revoked",
        kind: crate::http::problems::ACCOUNT_IN_USE,
        pointer: "",
        detail: "Keys of the account are not revoked, or were a moment ago: {keys}. Revoke them, also those that have expired, and \
                 erase the account two seconds later.",
    },
    Refusal {
        constraint: "accounts_figure_waits",
        kind: crate::http::problems::ACCOUNT_IN_USE,
        pointer: "",
        detail: "What the account handed in waits for approval: {figures}. Approve or return it first, so that nobody approves \
                 their own figure under a new account.",
    },
    Refusal {
        constraint: "accounts_import_in_hand",
        kind: crate::http::problems::ACCOUNT_IN_USE,
        pointer: "",
        detail: "Imports of the account are in hand: {imports}. Wait until they end, or cancel them.",
    },
    Refusal {
        constraint: "code_register_pkey",
        kind: crate::http::problems::CODE_USED_BEFORE,
        pointer: "/code",
        detail: "This code was given before, to something since deleted. Codes are never used again: choose a new one.",
    },
    Refusal {
        constraint: "as_of_in_future",
        kind: crate::http::problems::AS_OF_IN_FUTURE,
        pointer: "",
        detail: "`as_of` is later than now. Ask for an instant that has passed, or leave it out for what is known now.",
    },
];

/// Every constraint that has words.
pub fn refusals() -> impl Iterator<Item = &'static Refusal> {
    ALL.iter().flat_map(|resource| resource.refusals).chain(SHARED)
}

/// Every foreign key that has words.
pub fn links() -> impl Iterator<Item = &'static Link> {
    ALL.iter().flat_map(|resource| resource.links)
}

/// Routes of every resource.
pub fn routes(config: &mut ServiceConfig) {
    for resource in ALL {
        (resource.routes)(config);
    }
}
