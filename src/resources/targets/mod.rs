//! Targets: what a measure is to reach in a financial year, how far off is still amber, and who decided it.

pub mod body;
pub mod comparators;
pub mod handlers;
pub mod rules;
pub mod store;
pub mod versions;

use utoipa_actix_web::service_config::ServiceConfig;

use super::Registration;
use crate::http::problems;
use crate::refusal::{Link, Refusal};

/// This resource in THE list.
pub const REGISTRATION: Registration = Registration { name: "targets", routes, refusals: REFUSALS, links: LINKS };

const REFUSALS: &[Refusal] = &[
    Refusal::taken(
        "targets_pkey",
        "The measure has a target for this year already. Use PUT at its address to replace it.",
    ),
    Refusal::rule("targets_year_form", "/year", "A financial year is two consecutive years, such as 2024-25."),
    Refusal::rule("targets_kind_known", "/kind", "A kind is at_least, at_most, above, below, band or none."),
    Refusal::rule(
        "targets_tolerance_kind_known",
        "/tolerance_kind",
        "A tolerance is relative, absolute, asymmetric or floor.",
    ),
    Refusal::rule("targets_source_known", "/source", "A source is decision or illustrative."),
    Refusal::rule("targets_tolerance_below_sign", "/tolerance_below", "A tolerance is 0 or more."),
    Refusal::rule("targets_tolerance_above_sign", "/tolerance_above", "A tolerance is 0 or more."),
    Refusal::rule(
        "targets_value_for_points",
        "/value",
        "at_least, at_most, above and below need `value` or `comparator`, one of the two; band and none have neither.",
    ),
    Refusal {
        constraint: "targets_one_comparator",
        kind: problems::UNKNOWN_REFERENCE,
        pointer: "/comparator",
        detail: "There is no comparator group, region or country with this code. Create it first, or correct `comparator`.",
    },
    Refusal::rule(
        "targets_comparator_whole",
        "/comparator",
        "`comparator` and `comparator_statistic` go together; `comparator_margin` needs both.",
    ),
    Refusal::rule(
        "targets_comparator_statistic_known",
        "/comparator_statistic",
        "A statistic is published, mean or median.",
    ),
    Refusal::rule(
        "targets_comparator_margin_range",
        "/comparator_margin",
        "A number has at most 4 decimal places and is below 100,000,000,000,000.",
    ),
    Refusal::rule(
        "targets_area_as_published",
        "/comparator_statistic",
        "A region or country is one area and has neither mean nor median: give `published`.",
    ),
    Refusal::rule(
        "targets_nothing_fixed_beside_comparator",
        "/comparator",
        "A target relative to a comparator moves, so it takes neither a floor nor a profile.",
    ),
    Refusal::rule("targets_band_edges", "/lower", "A band needs `lower` and `upper`; other kinds do not have them."),
    Refusal::rule("targets_band_in_order", "/upper", "`lower` must be below `upper`."),
    Refusal::rule(
        "targets_no_relative_tolerance_on_zero",
        "/tolerance_kind",
        "A percentage of 0 is 0: give an absolute tolerance.",
    ),
    Refusal::rule("targets_profile_whole", "/profile_q1", "A profile has all four quarters, or none."),
    Refusal::rule(
        "targets_source_cited",
        "/decision",
        "A target with the source `decision` cites it: its code in `decision`, or its minute in `decision_reference`.",
    ),
    Refusal::decision(
        "targets_decision_cited",
        "In an adopted framework a target at outcome or committee level is set by a decision and changed by another: the `source` is \
         `decision`, `decision` names it, and a change says from which quarter it holds in `effective_from`.",
    ),
    Refusal::rule(
        "targets_effective_in_order",
        "/effective_from",
        "A new version says from which quarter of the year it judges, and not from one before the version that it follows.",
    ),
    Refusal::rule(
        "targets_effective_from_in_year",
        "/effective_from",
        "`effective_from` is a quarter of the target's own year, such as 2025-26-Q3 for 2025-26.",
    ),
    Refusal::rule(
        "targets_change_explained",
        "/change_reason",
        "A new version of a target says why: give `change_reason`.",
    ),
    Refusal {
        constraint: "targets_quarter_sealed",
        kind: problems::QUARTER_SEALED,
        pointer: "/effective_from",
        detail: "The report of {framework} for {sealed} is signed off, and what it and those before were judged by stays. Let the target judge \
                 from {free} on, in `effective_from`; or correct the report first (POST …/correct), which opens its quarter again.",
    },
    Refusal::rule("targets_version_positive", "", "Versions are numbered from 1."),
    Refusal {
        constraint: "targets_decided_kept",
        kind: problems::STILL_IN_USE,
        pointer: "",
        detail: "A committee decided this target. To judge by none from now on, replace it: PUT with the kind `none`, citing the decision.",
    },
];

const LINKS: &[Link] = &[
    Link::to_decision("targets_decision_fkey"),
    Link::to_decision("target_versions_decision_fkey"),
    Link {
        constraint: "targets_measure_fkey",
        pointer: "/measure",
        unknown: "There is no measure with this code. Create it first, or correct `measure`.",
        in_use: "The measure has targets. Delete them first, or retire the measure: PATCH {\"status\": \"retired\"}.",
    },
    to_area("targets_comparator_area_fkey"),
    to_area("target_versions_comparator_area_fkey"),
    to_group("targets_comparator_group_fkey"),
    to_group("target_versions_comparator_group_fkey"),
];

const fn to_area(constraint: &'static str) -> Link {
    Link {
        constraint,
        pointer: "/comparator",
        unknown: "There is no area with this code. Create it first, or correct `comparator`.",
        in_use: "Targets are, or were, relative to the area. Say what became of it by `valid_to` and `successor` instead.",
    }
}

const fn to_group(constraint: &'static str) -> Link {
    Link {
        constraint,
        pointer: "/comparator",
        unknown: "There is no comparator group with this code. Create it first, or correct `comparator`.",
        in_use: "Targets are, or were, relative to the group: it stays, so that they can still be explained.",
    }
}

fn routes(config: &mut ServiceConfig) {
    config
        .service(handlers::list)
        .service(handlers::create)
        .service(handlers::get)
        .service(handlers::put)
        .service(handlers::patch)
        .service(handlers::delete)
        .service(handlers::list_versions);
}
