//! Comparator groups: areas that figures are compared with together, such as statistical neighbours.

pub mod body;
pub mod handlers;
pub mod store;

use utoipa_actix_web::service_config::ServiceConfig;

use super::Registration;
use crate::refusal::{Link, Refusal};

/// This resource in THE list.
pub const REGISTRATION: Registration =
    Registration { name: "comparator-groups", routes, refusals: REFUSALS, links: LINKS };

const REFUSALS: &[Refusal] = &[
    Refusal::taken(
        "comparator_groups_pkey",
        "A comparator group with this code exists already. Use PUT at its address to replace it.",
    ),
    Refusal::rule(
        "comparator_groups_code_form",
        "/code",
        "A code is capital letters, digits and dashes, such as SN-SHEFFIELD.",
    ),
    Refusal::rule("comparator_groups_kind_known", "/kind", "A group is statistical_neighbours, core_cities or other."),
];

const LINKS: &[Link] = &[Link {
    constraint: "comparator_groups_home_area_fkey",
    pointer: "/home_area",
    unknown: "There is no area with this code. Create it first, or correct `home_area`.",
    in_use: "The area is the home of a comparator group. Give the group another `home_area`, or none, first.",
}];

fn routes(config: &mut ServiceConfig) {
    config
        .service(handlers::list)
        .service(handlers::create)
        .service(handlers::get)
        .service(handlers::put)
        .service(handlers::patch)
        .service(handlers::delete);
}
