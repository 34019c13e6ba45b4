//! Import mappings: how a published file in the Department for Education's tidy form becomes figures of ours.

pub mod body;
pub mod handlers;
pub mod rules;
pub mod store;

use utoipa_actix_web::service_config::ServiceConfig;

use super::Registration;
use crate::refusal::Refusal;

/// This resource in THE list.
pub const REGISTRATION: Registration = Registration { name: "import-mappings", routes, refusals: REFUSALS, links: &[] };

const REFUSALS: &[Refusal] = &[
    Refusal::taken(
        "import_mappings_pkey",
        "An import mapping with this code exists already. Use PUT at its address to replace it.",
    ),
    Refusal::rule(
        "import_mappings_code_form",
        "/code",
        "A code is capital letters, digits and dashes, such as EES-REFERRALS.",
    ),
    Refusal::rule("import_mappings_stage_known", "/stage", "A stage is provisional, final, revised or estimated."),
    Refusal::rule("import_mappings_decimal_places_range", "/decimal_places", "Numbers have 0 to 4 decimal places."),
    Refusal::rule("import_mappings_filters_object", "/filters", "Filters are texts by column."),
    Refusal::rule("import_mappings_measures_list", "/measures", "Measures are a list of mapped measures."),
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
