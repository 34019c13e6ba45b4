//! Frameworks: what a committee agreed to measure, over which years, and which narrative it asks for.

pub mod body;
pub mod handlers;
pub mod sections;
pub mod store;

use utoipa_actix_web::service_config::ServiceConfig;

use super::Registration;
use crate::http::problems;
use crate::refusal::{Link, Refusal};

/// This resource in THE list.
pub const REGISTRATION: Registration = Registration { name: "frameworks", routes, refusals: REFUSALS, links: LINKS };

const REFUSALS: &[Refusal] = &[
    Refusal::taken(
        "frameworks_pkey",
        "A framework with this code exists already. Use PUT at its address to replace it.",
    ),
    Refusal::rule(
        "frameworks_code_form",
        "/code",
        "A code is capital letters, digits and dashes, such as CSPF-2024-28.",
    ),
    Refusal::rule(
        "frameworks_first_year_form",
        "/first_year",
        "A financial year is two consecutive years, such as 2024-25.",
    ),
    Refusal::rule(
        "frameworks_last_year_form",
        "/last_year",
        "A financial year is two consecutive years, such as 2024-25.",
    ),
    Refusal::rule("frameworks_narrative_sections_list", "/narrative_sections", "Narrative sections are a list."),
    Refusal::rule("frameworks_status_known", "/status", "A framework is draft, adopted or closed."),
    Refusal::rule("frameworks_years_in_order", "/last_year", "The last year must not be before the first."),
    Refusal {
        constraint: "frameworks_adoption_decided",
        kind: problems::DECISION_REQUIRED,
        pointer: "/adopted_by",
        detail: "A framework is adopted by a decision: name it in `adopted_by`, or leave the framework a draft.",
    },
    Refusal::rule(
        "frameworks_adoption_kept",
        "/status",
        "The framework was adopted: it can be closed, but is never a draft again, and keeps the decision that adopted it.",
    ),
];

const LINKS: &[Link] = &[Link {
    constraint: "frameworks_adopted_by_fkey",
    pointer: "/adopted_by",
    unknown: "There is no decision with this code. Record it first, or correct `adopted_by`.",
    in_use: "The decision adopted a framework. It stays; PATCH it to put its words right.",
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
