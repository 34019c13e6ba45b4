//! Meetings of committees: where and when decisions are taken.

pub mod body;
pub mod handlers;
pub mod store;

use utoipa_actix_web::service_config::ServiceConfig;

use super::Registration;
use crate::refusal::Refusal;

/// This resource in THE list.
pub const REGISTRATION: Registration = Registration { name: "meetings", routes, refusals: REFUSALS, links: &[] };

const REFUSALS: &[Refusal] = &[
    Refusal::taken("meetings_pkey", "A meeting with this code exists already. Use PUT at its address to replace it."),
    Refusal::rule(
        "meetings_code_form",
        "/code",
        "A code is capital letters, digits and dashes, such as FP-2025-06-16.",
    ),
    Refusal::rule(
        "meetings_held_on_range",
        "/held_on",
        "A meeting is held from 1990-01-01 to 2099-12-31. Correct the year.",
    ),
    Refusal::rule("meetings_kind_known", "/kind", "A meeting is ordinary, annual, extraordinary or urgent."),
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
