//! Quarterly submissions: a measure's figure and narrative for a reporting quarter, revision by revision.

pub mod actions;
pub mod batch;
pub mod body;
pub mod disclosure;
pub mod handlers;
pub mod history;
pub mod push;
pub mod row;
pub mod rules;
pub mod store;
pub mod transitions;

use utoipa_actix_web::service_config::ServiceConfig;

use super::Registration;
use crate::http::problems;
use crate::refusal::{Link, Refusal};

/// This resource in THE list.
pub const REGISTRATION: Registration =
    Registration { name: "quarterly-submissions", routes, refusals: REFUSALS, links: LINKS };

const SYMBOLS: &str =
    "A symbol is z (not applicable), x (not available), c (confidential), k (rounds to zero) or u (unreliable).";
const RANGE: &str = "A number has at most 4 decimal places and is below 100,000,000,000,000.";
const EITHER: &str = "Give the number or the symbol that says why it is missing, not both.";
const IN_HAND: &str = "Another request has just begun a revision of this submission. Read it again.";
const STATE_PARTS: &str = "A state comes with who and when; state changes are actions.";

const REFUSALS: &[Refusal] = &[
    Refusal::taken(
        "quarterly_submissions_pkey",
        "The measure has a submission for this quarter already. Use PUT at its address to change a draft, or POST …/revise to correct an approved figure.",
    ),
    Refusal::taken("quarterly_submissions_one_in_hand", IN_HAND),
    Refusal::taken("quarterly_submissions_one_approved", IN_HAND),
    Refusal::taken("quarterly_submissions_one_published", IN_HAND),
    Refusal::rule("quarterly_submissions_quarter_form", "/quarter", "A quarter is such as 2024-25-Q2."),
    Refusal::rule("quarterly_submissions_revision_positive", "/revision", "Revisions count from 1."),
    Refusal::rule("quarterly_submissions_value_range", "/value", RANGE),
    Refusal::rule("quarterly_submissions_numerator_range", "/numerator", RANGE),
    Refusal::rule("quarterly_submissions_denominator_range", "/denominator", RANGE),
    Refusal::rule("quarterly_submissions_value_symbol_known", "/value_symbol", SYMBOLS),
    Refusal::rule("quarterly_submissions_numerator_symbol_known", "/numerator_symbol", SYMBOLS),
    Refusal::rule("quarterly_submissions_denominator_symbol_known", "/denominator_symbol", SYMBOLS),
    Refusal::rule("quarterly_submissions_value_or_symbol", "/value_symbol", EITHER),
    Refusal::rule("quarterly_submissions_numerator_or_symbol", "/numerator_symbol", EITHER),
    Refusal::rule("quarterly_submissions_denominator_or_symbol", "/denominator_symbol", EITHER),
    Refusal::rule(
        "quarterly_submissions_stage_known",
        "/stage",
        "A stage is provisional, final, revised or estimated.",
    ),
    Refusal::rule("quarterly_submissions_narrative_object", "/narrative", "A narrative is texts by section."),
    Refusal::rule("quarterly_submissions_breakdowns_list", "/breakdowns", "Breakdowns are a list of parts."),
    Refusal::rule("quarterly_submissions_state_known", "/state", STATE_PARTS),
    Refusal::rule("quarterly_submissions_revision_explained", "/revision_reason", "A correction says why."),
    Refusal::rule("quarterly_submissions_return_explained", "/return_reason", "A return says why."),
    Refusal::rule("quarterly_submissions_submitter_known", "/submitted_by", STATE_PARTS),
    Refusal::rule("quarterly_submissions_approver_known", "/approved_by", STATE_PARTS),
    Refusal::rule("quarterly_submissions_note_of_approval", "/approval_note", STATE_PARTS),
    Refusal::rule("quarterly_submissions_publisher_known", "/published_by", STATE_PARTS),
    Refusal {
        constraint: "quarterly_submissions_four_eyes",
        kind: problems::FOUR_EYES,
        pointer: "",
        detail: "Nobody approves what they submitted: have another caller approve it.",
    },
    Refusal {
        constraint: "quarterly_submissions_approved_definition",
        kind: problems::TRANSITION_NOT_ALLOWED,
        pointer: "",
        detail: "How the measure counts was defined anew after this figure was approved: revise it, and have it approved by the new definition.",
    },
    Refusal {
        constraint: "quarterly_submissions_policy_four_eyes",
        kind: problems::FOUR_EYES,
        pointer: "",
        detail: "The measure has another disclosure policy than its last published figure, and you chose it: have another caller publish this one.",
    },
    Refusal {
        constraint: "quarterly_submissions_definition_four_eyes",
        kind: problems::FOUR_EYES,
        pointer: "",
        detail: "You defined the measure so that more is shown of its figures (by `unit` or `accumulation`): have another caller publish one first.",
    },
    Refusal {
        constraint: "quarterly_submissions_figure_before_submit",
        kind: problems::FIGURE_MISSING,
        pointer: "/value",
        detail: "Give `value`, or `value_symbol` to say why there is none, before submitting.",
    },
    Refusal {
        constraint: "quarterly_submissions_approved_kept",
        kind: problems::TRANSITION_NOT_ALLOWED,
        pointer: "",
        detail: "An approved or published figure is never edited or deleted. Begin a correction with POST …/revise and a reason.",
    },
];

const LINKS: &[Link] = &[Link {
    constraint: "quarterly_submissions_measure_fkey",
    pointer: "/measure",
    unknown: "There is no measure with this code. Create it first, or correct `measure`.",
    in_use: "The measure has quarterly submissions, which are kept. Retire the measure instead: PATCH {\"status\": \"retired\"}.",
}];

fn routes(config: &mut ServiceConfig) {
    config
        .service(handlers::list)
        .service(handlers::create)
        .service(handlers::get)
        .service(handlers::put)
        .service(handlers::patch)
        .service(handlers::delete)
        .service(handlers::revisions)
        .service(handlers::revision)
        .service(handlers::shown)
        .service(actions::submit)
        .service(actions::approve)
        .service(actions::publish)
        .service(actions::send_back)
        .service(actions::revise);
}
