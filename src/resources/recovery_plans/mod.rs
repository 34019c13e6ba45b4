//! Recovery plans: how a measure that is off target is to recover, quarter by quarter, and whether it did.

pub mod actions;
pub mod body;
pub mod handlers;
pub mod parts;
pub mod progress;
pub mod rules;
pub mod store;
pub mod transitions;

use utoipa_actix_web::service_config::ServiceConfig;

use super::Registration;
use crate::http::problems;
use crate::refusal::{Link, Refusal};

/// This resource in THE list.
pub const REGISTRATION: Registration =
    Registration { name: "recovery-plans", routes, refusals: REFUSALS, links: LINKS };

const STATE_PARTS: &str = "A state comes with who and when; state changes are actions.";

const REFUSALS: &[Refusal] = &[
    Refusal::taken(
        "recovery_plans_pkey",
        "A recovery plan with this code exists already. Use PUT at its address to replace it while it is drafted.",
    ),
    Refusal::taken(
        "recovery_plans_one_open",
        "The measure has a recovery plan that is not closed already: GET /api/v1/recovery-plans?measure=… shows it. Close it with POST …/close, or delete it while it is drafted.",
    ),
    Refusal::rule(
        "recovery_plans_code_form",
        "/code",
        "A code is capital letters, digits and dashes, such as EDU-01-2025-03.",
    ),
    Refusal::rule("recovery_plans_interventions_list", "/interventions", "Interventions are a list."),
    Refusal::rule(
        "recovery_plans_trajectory_form",
        "/trajectory",
        "A trajectory is a list of quarters, each once and the earliest first, with the value expected.",
    ),
    Refusal::rule(
        "recovery_plans_result_form",
        "",
        "A result has an assessment (no_effect, partial or achieved) and the quarter whose figure shows it.",
    ),
    Refusal::rule("recovery_plans_state_known", "/state", STATE_PARTS),
    Refusal::rule("recovery_plans_agreed_signed", "/agreed_by", STATE_PARTS),
    Refusal::rule("recovery_plans_started_signed", "/started_by", STATE_PARTS),
    Refusal::rule("recovery_plans_assessed_signed", "/assessed_by", STATE_PARTS),
    Refusal::rule("recovery_plans_closed_signed", "/closed_by", STATE_PARTS),
    Refusal {
        constraint: "recovery_plans_whole_once_agreed",
        kind: problems::PLAN_INCOMPLETE,
        pointer: "",
        detail: "Give at least one intervention and one quarter of the trajectory before the plan is agreed.",
    },
    Refusal {
        constraint: "recovery_plans_agreed_kept",
        kind: problems::TRANSITION_NOT_ALLOWED,
        pointer: "",
        detail: "An agreed plan stays as it was agreed, but for its owner and how delivery stands; and it is never deleted.",
    },
];

const LINKS: &[Link] = &[
    Link {
        constraint: "recovery_plans_measure_fkey",
        pointer: "/measure",
        unknown: "There is no measure with this code. Create it first, or correct `measure`.",
        in_use: "The measure has recovery plans, which are kept. Retire the measure instead: PATCH {\"status\": \"retired\"}.",
    },
    Link {
        constraint: "recovery_plans_decision_fkey",
        pointer: "/decision",
        unknown: "There is no decision with this code. Record it first, or correct `decision`.",
        in_use: "A recovery plan cites the decision, so it stays.",
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
        .service(handlers::progress_of)
        .service(actions::agree)
        .service(actions::start)
        .service(actions::assess)
        .service(actions::close);
}
