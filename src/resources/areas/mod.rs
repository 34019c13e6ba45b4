//! Areas: authorities, regions and countries, each under an official code for as long as that code is valid.

pub mod body;
pub mod handlers;
pub mod store;

use utoipa_actix_web::service_config::ServiceConfig;

use super::Registration;
use crate::refusal::{Link, Refusal};

/// This resource in THE list.
pub const REGISTRATION: Registration = Registration { name: "areas", routes, refusals: REFUSALS, links: LINKS };

const REFUSALS: &[Refusal] = &[
    Refusal::taken("areas_pkey", "An area with this code exists already. Use PUT at its address to replace it."),
    Refusal::taken(
        "comparator_codes_apart",
        "Areas and comparator groups share one line of codes, because a benchmark names either: an area or a group has this code already. Choose another.",
    ),
    Refusal::rule("areas_code_form", "/code", "A code is capital letters, digits and dashes, such as E08000019."),
    Refusal::rule("areas_kind_known", "/kind", "An area is a local_authority, a region or a country."),
    Refusal::rule("areas_validity_in_order", "/valid_to", "`valid_to` must not be before `valid_from`."),
    Refusal::rule("areas_successor_is_another", "/successor", "An area cannot be its own successor."),
];

const LINKS: &[Link] = &[Link {
    constraint: "areas_successor_fkey",
    pointer: "/successor",
    unknown: "There is no area with this code. Create it first, or correct `successor`.",
    in_use: "The area is the successor of another. Clear `successor` there first.",
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
