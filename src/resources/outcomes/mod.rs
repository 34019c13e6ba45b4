//! Outcomes: what a framework works towards, each under a priority of the Council Plan.

pub mod body;
pub mod handlers;
pub mod store;

use utoipa_actix_web::service_config::ServiceConfig;

use super::Registration;
use crate::refusal::{Link, Refusal};

/// This resource in THE list.
pub const REGISTRATION: Registration = Registration { name: "outcomes", routes, refusals: REFUSALS, links: LINKS };

const REFUSALS: &[Refusal] = &[
    Refusal::taken("outcomes_pkey", "An outcome with this code exists already. Use PUT at its address to replace it."),
    Refusal::rule(
        "outcomes_code_form",
        "/code",
        "A code is capital letters, digits and dashes, such as BELONG-THRIVE.",
    ),
    Refusal::rule("outcomes_position_range", "/position", "A position is from 0 to 9999."),
    Refusal::rule(
        "outcomes_framework_kept",
        "/framework",
        "Members see measures of this outcome, and one of the frameworks is adopted or has a sealed report: the outcome stays where it is. \
         Move its measures one by one, each by its own change.",
    ),
    Refusal::rule("outcomes_status_known", "/status", "An outcome is active or retired."),
];

const LINKS: &[Link] = &[Link {
    constraint: "outcomes_framework_fkey",
    pointer: "/framework",
    unknown: "There is no framework with this code. Create it first, or correct `framework`.",
    in_use: "The framework has outcomes. Delete them first, or retire the framework: PATCH {\"status\": \"closed\"}.",
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
