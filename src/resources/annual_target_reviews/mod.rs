//! Annual target reviews: at least once a year a committee looks at its measures and targets again.

pub mod actions;
pub mod applying;
pub mod body;
pub mod changes;
pub mod completeness;
pub mod definition;
pub mod handlers;
pub mod outcome;
pub mod plan;
pub mod proposal;
pub mod rules;
pub mod status;
pub mod store;
pub mod subjects;
pub mod transitions;

use utoipa_actix_web::service_config::ServiceConfig;

use super::Registration;
use crate::http::problems;
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
    Refusal::rule("annual_target_reviews_outcomes_list", "/outcomes", "Outcomes are a list."),
    Refusal::rule("annual_target_reviews_changes_list", "", "Changes are a list."),
    Refusal::rule("annual_target_reviews_begins_open", "/status", "A review begins open, and goes one step at a time."),
    refused(
        "annual_target_reviews_step_in_order",
        "A review goes forward, one step at a time: open, proposals_in, submitted, decided, applied.",
    ),
    refused(
        "annual_target_reviews_proposals_settled",
        "What was put to the committee is not changed any more: the proposals of a submitted review stay.",
    ),
    refused(
        "annual_target_reviews_record_kept",
        "What a committee decided on a review, and what was made of it, stay as they are.",
    ),
    refused("annual_target_reviews_decided_whole", "A review is decided by POST …/decide, which cites the decision."),
    refused("annual_target_reviews_applied_whole", "A review is applied by POST …/apply, which records what it made."),
];

/// The state that the review is in refuses it.
const fn refused(constraint: &'static str, detail: &'static str) -> Refusal {
    Refusal { constraint, kind: problems::TRANSITION_NOT_ALLOWED, pointer: "", detail }
}

const LINKS: &[Link] = &[
    Link {
        constraint: "annual_target_reviews_framework_fkey",
        pointer: "/framework",
        unknown: "There is no framework with this code. Create it first, or correct `framework`.",
        in_use: "The framework has annual target reviews. Retire the framework instead: PATCH {\"status\": \"closed\"}.",
    },
    Link::to_decision("annual_target_reviews_decision_fkey"),
];

fn routes(config: &mut ServiceConfig) {
    config
        .service(handlers::list)
        .service(handlers::create)
        .service(handlers::get)
        .service(handlers::put)
        .service(handlers::patch)
        .service(handlers::delete)
        .service(actions::decide)
        .service(actions::apply)
        .service(actions::list_changes)
        .service(status::get);
}
