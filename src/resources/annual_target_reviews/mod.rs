//! Annual target reviews: at least once a year a committee looks at its measures and targets again.

pub mod body;
pub mod handlers;
pub mod proposal;
pub mod rules;
pub mod store;

use utoipa_actix_web::service_config::ServiceConfig;

use super::Registration;
use crate::refusal::{Link, Refusal};

/// This resource in THE list.
pub const REGISTRATION: Registration =
    Registration { name: "annual-target-reviews", routes, refusals: REFUSALS, links: LINKS };

const REFUSALS: &[Refusal] = &[
    Refusal::taken(
        "annual_target_reviews_pkey",
        "The framework has a review for this year already. Use PUT at its address to replace it.",
    ),
    Refusal::rule(
        "annual_target_reviews_year_form",
        "/year",
        "A financial year is two consecutive years, such as 2025-26.",
    ),
    Refusal::rule(
        "annual_target_reviews_status_known",
        "/status",
        "A review is open, proposals_in, submitted, decided or applied.",
    ),
    Refusal::rule("annual_target_reviews_proposals_list", "/proposals", "Proposals are a list."),
];

const LINKS: &[Link] = &[Link {
    constraint: "annual_target_reviews_framework_fkey",
    pointer: "/framework",
    unknown: "There is no framework with this code. Create it first, or correct `framework`.",
    in_use: "The framework has annual target reviews. Retire the framework instead: PATCH {\"status\": \"closed\"}.",
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
