//! Webhook endpoints: addresses that are called when something happens, and what they were sent.
//!
//! Who calls them is `crate::webhooks`; here they are kept and shown.

pub mod actions;
pub mod body;
pub mod deliveries;
pub mod handlers;
pub mod secrets;
pub mod standing;
pub mod store;
pub mod url;

use utoipa_actix_web::service_config::ServiceConfig;

use super::Registration;
use crate::refusal::{Link, Refusal};

/// This resource in THE list.
pub const REGISTRATION: Registration =
    Registration { name: "webhook-endpoints", routes, refusals: REFUSALS, links: LINKS };

const REFUSALS: &[Refusal] = &[
    Refusal::taken(
        "webhook_endpoints_pkey",
        "A webhook endpoint with this code exists already. Use PUT at its address to replace it.",
    ),
    Refusal::rule(
        "webhook_endpoints_code_form",
        "/code",
        "A code is capital letters, digits and dashes, such as COMMITTEE-PAPERS.",
    ),
    Refusal::rule("webhook_endpoints_events_known", "/events", "One of the events does not exist."),
    Refusal::rule(
        "webhook_endpoints_disabled_with_reason",
        "/enabled",
        "What the service gave up has a reason and is not enabled; the action `enable` begins anew.",
    ),
];

const LINKS: &[Link] = &[
    Link {
        constraint: "webhook_endpoints_framework_fkey",
        pointer: "/framework",
        unknown: "There is no framework with this code. Create it first, or correct `framework`.",
        in_use: "A webhook endpoint is told of the framework alone. Delete the endpoint or change its `framework` first.",
    },
    Link {
        constraint: "webhook_endpoints_measure_fkey",
        pointer: "/measure",
        unknown: "There is no measure with this code. Create it first, or correct `measure`.",
        in_use: "A webhook endpoint is told of the measure alone. Delete the endpoint or change its `measure` first.",
    },
];

fn routes(config: &mut ServiceConfig) {
    config
        .service(handlers::list)
        .service(handlers::create)
        .service(handlers::get)
        .service(handlers::put)
        .service(handlers::patch)
        .service(handlers::delete)
        .service(actions::test)
        .service(actions::enable)
        .service(actions::rotate)
        .service(standing::get)
        .service(deliveries::handlers::replay_all)
        .service(deliveries::handlers::list)
        .service(deliveries::handlers::get)
        .service(deliveries::handlers::replay);
}
