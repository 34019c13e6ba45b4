//! Benchmarks: published values of other areas, and of groups of areas, that a figure is compared with.

pub mod body;
pub mod handlers;
pub mod rules;
pub mod store;

use utoipa_actix_web::service_config::ServiceConfig;

use super::Registration;
use crate::http::problems;
use crate::refusal::{Link, Refusal};

/// This resource in THE list.
pub const REGISTRATION: Registration = Registration { name: "benchmarks", routes, refusals: REFUSALS, links: LINKS };

const REFUSALS: &[Refusal] = &[
    Refusal::taken(
        "benchmarks_pkey",
        "The comparator has a benchmark for this measure and period already. Use PUT at its address to replace it.",
    ),
    Refusal {
        constraint: "benchmarks_one_comparator",
        kind: problems::UNKNOWN_REFERENCE,
        pointer: "/comparator",
        detail: "There is no area and no comparator group with this code. Create it first, or correct `comparator`.",
    },
    Refusal::rule(
        "benchmarks_value_or_symbol",
        "/value",
        "Give the value, or the symbol that says why it is missing: one of the two.",
    ),
    Refusal::rule(
        "benchmarks_value_range",
        "/value",
        "A number has at most 4 decimal places and is below 100,000,000,000,000.",
    ),
    Refusal::rule(
        "benchmarks_value_symbol_known",
        "/value_symbol",
        "A symbol is z (not applicable), x (not available), c (confidential), k (rounds to zero) or u (unreliable).",
    ),
    Refusal::rule("benchmarks_method_known", "/method", "A method is published, mean or median."),
    Refusal::rule("benchmarks_stage_known", "/stage", "A stage is provisional, final, revised or estimated."),
    Refusal::rule("benchmarks_contributors_range", "/contributors", "Contributors are from 0 to 100000."),
    Refusal::rule("benchmarks_members_range", "/members", "Members are from 0 to 100000."),
    Refusal::rule(
        "benchmarks_contributors_are_members",
        "/contributors",
        "Contributors cannot be more than the members.",
    ),
];

const LINKS: &[Link] = &[
    Link {
        constraint: "benchmarks_measure_fkey",
        pointer: "/measure",
        unknown: "There is no measure with this code. Create it first, or correct `measure`.",
        in_use: "The measure has benchmarks. Delete them first, or retire the measure: PATCH {\"status\": \"retired\"}.",
    },
    Link {
        constraint: "benchmarks_area_fkey",
        pointer: "/comparator",
        unknown: "There is no area with this code. Create it first, or correct `comparator`.",
        in_use: "The area has benchmarks. Say what became of it by `valid_to` and `successor` instead, or delete them first.",
    },
    Link {
        constraint: "benchmarks_group_fkey",
        pointer: "/comparator",
        unknown: "There is no comparator group with this code. Create it first, or correct `comparator`.",
        in_use: "The group has benchmarks. Delete them first.",
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
