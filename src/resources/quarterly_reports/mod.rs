//! Quarterly reports: what a committee is told of a quarter, written, checked, sealed, published and considered. What is
//! sealed is made in `reports::quarterly`, where the scorecard is; here is the report as a record, with its states.

pub mod actions;
pub mod body;
pub mod exempt;
pub mod handlers;
pub mod row;
pub mod rules;
pub mod store;

use utoipa_actix_web::service_config::ServiceConfig;

use super::Registration;
use crate::http::problems;
use crate::refusal::{Link, Refusal};

/// This resource in THE list.
pub const REGISTRATION: Registration =
    Registration { name: "quarterly-reports", routes, refusals: REFUSALS, links: LINKS };

const SEALED: &str = "The report is signed off: what it says is frozen. Correct it by a new version: POST …/correct.";

const REFUSALS: &[Refusal] = &[
    Refusal::taken(
        "quarterly_reports_pkey",
        "The framework has a report for this quarter already. Use PUT at its address to replace a draft.",
    ),
    Refusal::rule("quarterly_reports_quarter_form", "/quarter", "A quarter is written 2024-25-Q4."),
    Refusal::rule("quarterly_reports_version_positive", "", "Versions are numbered from 1."),
    Refusal::rule("quarterly_reports_kind_known", "/kind", "A report is baseline, quarterly or annual."),
    Refusal::rule(
        "quarterly_reports_state_known",
        "/state",
        "A report is drafting, in_review, signed_off, published or considered.",
    ),
    Refusal::rule("quarterly_reports_correction_explained", "/reason", "A correction says why."),
    Refusal::rule(
        "quarterly_reports_sealed_whole",
        "",
        "A report is sealed whole, by its being signed off, or not at all.",
    ),
    Refusal::rule("quarterly_reports_publisher_known", "", "A published report says who published it."),
    Refusal::rule(
        "quarterly_reports_considered_decided",
        "/decision",
        "A considered report has the committee's decision.",
    ),
    Refusal::rule("quarterly_reports_exempt_parts_list", "/parts", "Exempt parts are a list."),
    Refusal::rule("quarterly_reports_exempt_paragraph", "/parts", "Part 1 of Schedule 12A has the paragraphs 1 to 7."),
    Refusal::rule("quarterly_reports_unpublished_list", "", "Measures whose figure is not published are a list."),
    Refusal::rule(
        "quarterly_reports_disclosed_whole",
        "",
        "What members and the public read is sealed together, when the report is published.",
    ),
    Refusal {
        constraint: "quarterly_reports_one_in_hand",
        kind: problems::ALREADY_EXISTS,
        pointer: "",
        detail: "The quarter has a version that is still being written. Sign that off first.",
    },
    Refusal::rule(
        "quarterly_reports_one_baseline",
        "/kind",
        "The framework has its baseline report: the first one. Further reports are quarterly or annual.",
    ),
    Refusal { constraint: "quarterly_reports_sealed_kept", kind: problems::STILL_IN_USE, pointer: "", detail: SEALED },
    Refusal {
        constraint: "quarterly_reports_correction_needed",
        kind: problems::QUARTER_SEALED,
        pointer: "",
        detail: "While this correction was written, what its quarter is judged by was changed. Sign the correction off, so that members are told.",
    },
    Refusal { constraint: "report_contents_kept", kind: problems::STILL_IN_USE, pointer: "", detail: SEALED },
];

const LINKS: &[Link] = &[
    Link {
        constraint: "quarterly_reports_framework_fkey",
        pointer: "/framework",
        unknown: "There is no framework with this code. Create it first, or correct `framework`.",
        in_use: "The framework has quarterly reports. Retire the framework instead: PATCH {\"status\": \"closed\"}.",
    },
    Link {
        constraint: "quarterly_reports_meeting_fkey",
        pointer: "/meeting",
        unknown: "There is no meeting with this code. Record it first, or correct `meeting`.",
        in_use: "Reports were made for the meeting. It stays; PATCH it to put its words right.",
    },
    Link::to_decision("quarterly_reports_decision_fkey"),
];

fn routes(config: &mut ServiceConfig) {
    config
        .service(handlers::list)
        .service(handlers::create)
        .service(handlers::put)
        .service(handlers::patch)
        .service(handlers::delete)
        .service(handlers::versions)
        .service(actions::review)
        .service(actions::send_back)
        .service(actions::consider)
        .service(actions::correct);
}
