//! Issues of concern: what a committee wants to be told more about, whom it asks, and what was answered.

pub mod actions;
pub mod body;
pub mod handlers;
pub mod row;
pub mod rules;
pub mod store;
pub mod transitions;

use utoipa_actix_web::service_config::ServiceConfig;

use super::Registration;
use crate::refusal::{Link, Refusal};

/// This resource in THE list.
pub const REGISTRATION: Registration =
    Registration { name: "issues-of-concern", routes, refusals: REFUSALS, links: LINKS };

const STATE_PARTS: &str = "A state comes with who, when and what; state changes are actions.";

const REFUSALS: &[Refusal] = &[
    Refusal::taken(
        "issues_of_concern_pkey",
        "An issue of concern with this code exists already. Use PUT at its address to replace it.",
    ),
    Refusal::rule(
        "issues_of_concern_code_form",
        "/code",
        "A code is capital letters, digits and dashes, such as FP-2025-06-16-EHC.",
    ),
    Refusal::rule(
        "issues_of_concern_clause_of_decision",
        "/clause",
        "A clause is one of a decision: name the `decision` as well, or leave `clause` out.",
    ),
    Refusal::rule("issues_of_concern_measures_list", "/measures", "Measures are a list of 1 to 50 codes."),
    Refusal::rule("issue_measures_pkey", "/measures", "A measure is named twice: name each once."),
    Refusal::rule(
        "issues_of_concern_report_wanted_by_range",
        "/report_wanted_by",
        "A report is wanted by a day from 1990-01-01 to 2099-12-31. Correct the year.",
    ),
    Refusal::rule(
        "issues_of_concern_report_on_range",
        "/report_on",
        "A report is scheduled for a day from 1990-01-01 to 2099-12-31. Correct the year.",
    ),
    Refusal::rule("issues_of_concern_state_known", "/state", STATE_PARTS),
    Refusal::rule("issues_of_concern_accepted_signed", "/accepted_by", STATE_PARTS),
    Refusal::rule("issues_of_concern_declined_signed", "/declined_by", STATE_PARTS),
    Refusal::rule("issues_of_concern_scheduled_signed", "/scheduled_by", STATE_PARTS),
    Refusal::rule("issues_of_concern_reported_signed", "/reported_by", STATE_PARTS),
    Refusal::rule("issues_of_concern_closed_signed", "/closed_by", STATE_PARTS),
    Refusal::rule("issues_of_concern_reopened_signed", "/reopened_by", STATE_PARTS),
];

const LINKS: &[Link] = &[
    Link {
        constraint: "issues_of_concern_framework_fkey",
        pointer: "/framework",
        unknown: "There is no framework with this code. Create it first, or correct `framework`.",
        in_use: "The framework has issues of concern. Retire the framework instead: PATCH {\"status\": \"closed\"}.",
    },
    Link {
        constraint: "issues_of_concern_raised_at_fkey",
        pointer: "/raised_at",
        unknown: "There is no meeting with this code. Create it first, or correct `raised_at`.",
        in_use: "An issue of concern was raised at the meeting, so it stays.",
    },
    Link {
        constraint: "issues_of_concern_report_to_fkey",
        pointer: "/report_to",
        unknown: "There is no meeting with this code. Create it first, or correct `report_to`.",
        in_use: "A report on an issue of concern is to go to the meeting. Name another `report_to` there first.",
    },
    Link {
        constraint: "issues_of_concern_decision_fkey",
        pointer: "/decision",
        unknown: "There is no decision with this code. Record it first, or correct `decision`.",
        in_use: "An issue of concern cites the decision, so it stays.",
    },
    Link {
        constraint: "issue_measures_measure_fkey",
        pointer: "/measures",
        unknown: "One of the measures does not exist. Create it first, or correct `measures`.",
        in_use: "The measure has issues of concern. Retire the measure instead: PATCH {\"status\": \"retired\"}.",
    },
    Link {
        constraint: "issue_measures_issue_fkey",
        pointer: "/code",
        unknown: "There is no issue of concern with this code.",
        in_use: "The issue of concern has measures.",
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
        .service(actions::accept)
        .service(actions::decline)
        .service(actions::schedule)
        .service(actions::report)
        .service(actions::close)
        .service(actions::reopen);
}
