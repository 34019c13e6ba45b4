//! Memberships of comparator groups, dated: the neighbours of one year are not those of the next.

pub mod body;
pub mod handlers;
pub mod store;

use utoipa_actix_web::service_config::ServiceConfig;

use super::Registration;
use crate::refusal::{Link, Refusal};

/// This resource in THE list.
pub const REGISTRATION: Registration =
    Registration { name: "comparator-memberships", routes, refusals: REFUSALS, links: LINKS };

const REFUSALS: &[Refusal] = &[
    Refusal::taken(
        "comparator_memberships_pkey",
        "The membership from this day exists already. Use PUT at its address to replace it.",
    ),
    Refusal::rule(
        "comparator_memberships_validity_in_order",
        "/valid_to",
        "`valid_to` must not be before `valid_from`.",
    ),
    Refusal::rule(
        "comparator_memberships_once_at_a_time",
        "/valid_from",
        "The area is a member of the group already on a day of this membership. End that membership by `valid_to`, or begin this one later.",
    ),
];

const LINKS: &[Link] = &[
    Link {
        constraint: "comparator_memberships_group_fkey",
        pointer: "/group",
        unknown: "There is no comparator group with this code. Create it first, or correct `group`.",
        in_use: "The group has members, which past comparisons stand on. End their memberships by `valid_to` instead, or delete them first.",
    },
    Link {
        constraint: "comparator_memberships_area_fkey",
        pointer: "/area",
        unknown: "There is no area with this code. Create it first, or correct `area`.",
        in_use: "The area is or was a member of a comparator group. Say what became of it by `valid_to` and `successor` instead.",
    },
];

fn routes(config: &mut ServiceConfig) {
    config
        .service(handlers::list)
        .service(handlers::create)
        .service(handlers::get)
        .service(handlers::put)
        .service(handlers::patch)
        .service(handlers::delete);
}
