//! Decisions: what a committee resolved on one item of a meeting, clause by clause. Changes cite them as their authority.

pub mod body;
pub mod clause;
pub mod handlers;
pub mod rules;
pub mod store;

use utoipa_actix_web::service_config::ServiceConfig;

use super::Registration;
use crate::http::problems;
use crate::refusal::{Link, Refusal};

/// This resource in THE list.
pub const REGISTRATION: Registration = Registration { name: "decisions", routes, refusals: REFUSALS, links: LINKS };

const REFUSALS: &[Refusal] = &[
    Refusal::taken("decisions_pkey", "A decision with this code exists already. Use PUT at its address to replace it."),
    Refusal::rule(
        "decisions_code_form",
        "/code",
        "A code is capital letters, digits and dashes, such as FP-2025-06-16-OUTCOMES.",
    ),
    Refusal::rule("decisions_clauses_list", "/clauses", "Clauses are a list with at least one entry."),
    Refusal::rule(
        "decisions_called_in_where_subject",
        "/called_in",
        "Only a decision that is subject to call-in can be called in.",
    ),
    Refusal {
        constraint: "decisions_cited_clauses_kept",
        kind: problems::CLAUSE_CITED,
        pointer: "/clauses",
        detail: "Clause {clauses} is cited by {citing}: it stays under its label. Its words may be put right.",
    },
];

const LINKS: &[Link] = &[Link {
    constraint: "decisions_meeting_fkey",
    pointer: "/meeting",
    unknown: "There is no meeting with this code. Create it first, or correct `meeting`.",
    in_use: "Decisions were taken at the meeting, so it stays. If they were recorded by mistake, delete them first.",
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
