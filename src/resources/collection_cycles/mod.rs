//! Collection cycles: when the figures of a framework are asked for, due and locked in a quarter, and which committee
//! receives them.

pub mod body;
pub mod generation;
pub mod handlers;
pub mod rules;
pub mod store;

use utoipa_actix_web::service_config::ServiceConfig;

use super::Registration;
use crate::refusal::{Link, Refusal};

/// This resource in THE list.
pub const REGISTRATION: Registration =
    Registration { name: "collection-cycles", routes, refusals: REFUSALS, links: LINKS };

const REFUSALS: &[Refusal] = &[
    Refusal::taken(
        "collection_cycles_pkey",
        "The framework has a collection cycle for this quarter already. Use PUT at its address to replace it.",
    ),
    Refusal::rule("collection_cycles_quarter_form", "/quarter", "A quarter is such as 2024-25-Q2."),
    Refusal::rule(
        "collection_cycles_due_not_before_opening",
        "/due_on",
        "Figures cannot be due before they are asked for: `due_on` is on `opens_on` or later.",
    ),
    Refusal::rule(
        "collection_cycles_lock_not_before_due",
        "/locks_on",
        "A quarter is not locked before its figures are due: `locks_on` is on `due_on` or later.",
    ),
    Refusal::rule(
        "collection_cycles_committee_not_before_lock",
        "/committee_on",
        "The committee sees locked figures: `committee_on` is on `locks_on` or later.",
    ),
    Refusal::rule(
        "collection_cycles_due_after_first_day",
        "/due_on",
        "Figures are due after the first day of their quarter.",
    ),
    Refusal::rule(
        "collection_cycles_near_the_quarter",
        "/opens_on",
        "The dates lie at most a year before the first day of the quarter, and three years after it.",
    ),
];

const LINKS: &[Link] = &[Link {
    constraint: "collection_cycles_framework_fkey",
    pointer: "/framework",
    unknown: "There is no framework with this code. Create it first, or correct `framework`.",
    in_use: "The framework has collection cycles. Delete them first, or close the framework: PATCH {\"status\": \"closed\"}.",
}];

fn routes(config: &mut ServiceConfig) {
    config
        .service(handlers::list)
        .service(handlers::create)
        .service(handlers::get)
        .service(handlers::put)
        .service(handlers::patch)
        .service(handlers::delete)
        .service(generation::generate);
}
