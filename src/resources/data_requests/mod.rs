//! Data requests: what is asked of whoever supplies a measure's figure for a quarter, computed from the collection cycle,
//! the measure and its submission. Only waivers are stored.

pub mod actions;
pub mod body;
pub mod handlers;
pub mod store;

use utoipa_actix_web::service_config::ServiceConfig;

use super::Registration;
use crate::http::problems;
use crate::refusal::{Link, Refusal};

/// This resource in THE list.
pub const REGISTRATION: Registration = Registration { name: "data-requests", routes, refusals: REFUSALS, links: LINKS };

const REFUSALS: &[Refusal] = &[
    Refusal {
        constraint: "data_request_waivers_pkey",
        kind: problems::TRANSITION_NOT_ALLOWED,
        pointer: "",
        detail: "The data request was waived just now by somebody else. Read it again.",
    },
    Refusal::rule("data_request_waivers_quarter_form", "/quarter", "A quarter is such as 2024-25-Q2."),
];

const LINKS: &[Link] = &[Link {
    constraint: "data_request_waivers_measure_fkey",
    pointer: "/measure",
    unknown: "There is no measure with this code.",
    in_use: "Data requests of the measure were waived. Reinstate them first, or retire the measure: PATCH {\"status\": \"retired\"}.",
}];

fn routes(config: &mut ServiceConfig) {
    config.service(handlers::list).service(handlers::get).service(actions::waive).service(actions::reinstate);
}
