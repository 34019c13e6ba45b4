//! Measures: what is measured, how it is counted, which direction is good and where it started.

pub mod body;
pub mod consumers;
pub mod handlers;
pub mod retirement;
pub mod rules;
pub mod store;
pub mod versions;

use utoipa_actix_web::service_config::ServiceConfig;

use super::Registration;
use crate::http::problems;
use crate::refusal::{Link, Refusal};

/// This resource in THE list.
pub const REGISTRATION: Registration = Registration { name: "measures", routes, refusals: REFUSALS, links: LINKS };

const REFUSALS: &[Refusal] = &[
    Refusal::taken("measures_pkey", "A measure with this code exists already. Use PUT at its address to replace it."),
    Refusal::rule("measures_code_form", "/code", "A code is capital letters, digits and dashes, such as EDU-01."),
    Refusal::rule("measures_level_known", "/level", "A level is outcome, committee or service."),
    Refusal::rule("measures_unit_known", "/unit", "A unit is percent, rate, count, score, days, currency or ratio."),
    Refusal::rule("measures_rate_base_positive", "/rate_base", "A rate is per 1 or more, such as 10000."),
    Refusal::rule(
        "measures_rate_base_for_rates",
        "/rate_base",
        "A rate says what population it is per, such as 10000; other units have no `rate_base`.",
    ),
    Refusal::rule("measures_decimal_places_range", "/decimal_places", "Decimal places are from 0 to 4."),
    Refusal::rule("measures_polarity_known", "/polarity", "Polarity is high, low, band or neutral."),
    Refusal::rule("measures_kind_known", "/kind", "A measure is a kpi or an activity."),
    Refusal::rule("measures_frequency_known", "/frequency", "Frequency is monthly, quarterly, termly or annual."),
    Refusal::rule(
        "measures_calendar_known",
        "/calendar",
        "A calendar is financial, academic, calendar, september or january_census.",
    ),
    Refusal::rule(
        "measures_accumulation_known",
        "/accumulation",
        "Accumulation is snapshot, in_period, cumulative or rolling_12_months.",
    ),
    Refusal::rule("measures_expected_lag_range", "/expected_lag_days", "The lag is from 0 to 1000 days."),
    Refusal::rule(
        "measures_disclosure_policy_known",
        "/disclosure_policy",
        "A policy is cin_1_5, cla_la_unrounded_pct_0dp, round5_suppress_1_7 or none.",
    ),
    Refusal::rule("measures_expected_lower_range", "/expected_lower", "A number is below 100,000,000,000,000."),
    Refusal::rule("measures_expected_upper_range", "/expected_upper", "A number is below 100,000,000,000,000."),
    Refusal::rule("measures_baseline_value_range", "/baseline_value", "A number is below 100,000,000,000,000."),
    Refusal::rule(
        "measures_stable_band_range",
        "/stable_band",
        "The stable band is 0 or more, and below 100,000,000,000,000.",
    ),
    Refusal::rule(
        "measures_expected_range_in_order",
        "/expected_upper",
        "`expected_lower` must not be above `expected_upper`.",
    ),
    Refusal::rule(
        "measures_baseline_whole",
        "/baseline_value",
        "A baseline has a period and a value, and may have a reason.",
    ),
    Refusal::decision(
        "measures_decision_cited",
        "In an adopted framework a measure at outcome or committee level is added, retired, moved or redefined by a decision: cite it in \
         `decision`, with the quarter from which the change holds in `effective_from`, both as they were not before.",
    ),
    Refusal::rule(
        "measures_effective_in_order",
        "/effective_from",
        "A new version says from which quarter it is in force, and not from one before the version that it follows.",
    ),
    Refusal::rule("measures_effective_from_form", "/effective_from", "A quarter is written 2025-26-Q1."),
    Refusal::rule(
        "measures_change_explained",
        "/change_reason",
        "A new version of a definition says why: give `change_reason`.",
    ),
    Refusal::rule(
        "measures_series_in_order",
        "/series",
        "`series` is as it was, or one more with a new version, whose `effective_from` or `decision` is not the present one.",
    ),
    Refusal::rule(
        "measures_series_needed",
        "/series",
        "The measure has figures or benchmarks, and this change would put unlike figures into one series: give the next number as `series`, with the \
         quarter in which it begins as `effective_from`, and a `change_reason`.",
    ),
    Refusal {
        constraint: "measures_quarter_sealed",
        kind: problems::QUARTER_SEALED,
        pointer: "/effective_from",
        detail: "The report of {framework} for {sealed} is signed off, and what it and those before were judged by stays. Let the change take \
                 effect from {free} on, in `effective_from`; or correct the report first (POST …/correct), which opens its quarter again.",
    },
    Refusal {
        constraint: "measures_decided_kept",
        kind: problems::STILL_IN_USE,
        pointer: "",
        detail: "Members see this measure: it is retired by a decision, never deleted. PATCH {\"status\": \"retired\"}, citing the decision.",
    },
    Refusal::rule("measures_series_positive", "/series", "Series are numbered from 1."),
    Refusal::rule("measures_version_positive", "", "Versions are numbered from 1."),
    Refusal::rule("measures_status_known", "/status", "A measure is proposed, active, suspended or retired."),
];

const LINKS: &[Link] = &[
    Link {
        constraint: "measures_outcome_fkey",
        pointer: "/outcome",
        unknown: "There is no outcome with this code. Create it first, or correct `outcome`.",
        in_use: "The outcome has measures. Move or delete them first, or retire the outcome: PATCH {\"status\": \"retired\"}.",
    },
    Link {
        constraint: "measure_versions_outcome_fkey",
        pointer: "/outcome",
        unknown: "There is no outcome with this code. Create it first, or correct `outcome`.",
        in_use: "Earlier versions of measures belong to the outcome. Retire it instead: PATCH {\"status\": \"retired\"}.",
    },
    Link::to_decision("measures_decision_fkey"),
    Link::to_decision("measure_versions_decision_fkey"),
];

fn routes(config: &mut ServiceConfig) {
    config
        .service(handlers::list)
        .service(handlers::create)
        .service(handlers::get)
        .service(handlers::put)
        .service(handlers::patch)
        .service(handlers::delete)
        .service(handlers::list_versions)
        .service(handlers::list_consumers);
}
