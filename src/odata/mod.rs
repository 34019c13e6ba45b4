//! `/odata/v1`: the flat feed and the tables beside it as OData 4.0, read only, for the clients that speak nothing else.
//!
//! `options` reads a request, `filter` and `sort` what it asks; `read` reads by the feed's own statement; `write` and `metadata`
//! answer, and `desk` tells whether anything is new. Columns, rows and conditions are the feed's: nothing here knows a column by name.

pub mod desk;
#[cfg(test)]
mod dice;
pub mod document;
pub mod filter;
pub mod form;
pub mod handlers;
pub mod key;
pub mod metadata;
pub mod model;
pub mod options;
pub mod read;
pub mod sort;
pub mod write;

use utoipa_actix_web::service_config::ServiceConfig;

/// Routes below `/odata/v1`.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(handlers::service)
        .service(handlers::types)
        .service(handlers::observations)
        .service(handlers::count_observations)
        .service(handlers::observation)
        .service(handlers::frameworks)
        .service(handlers::count_frameworks)
        .service(handlers::framework)
        .service(handlers::outcomes)
        .service(handlers::count_outcomes)
        .service(handlers::outcome)
        .service(handlers::measures)
        .service(handlers::count_measures)
        .service(handlers::measure)
        .service(handlers::periods)
        .service(handlers::count_periods)
        .service(handlers::period)
        .service(handlers::comparators)
        .service(handlers::count_comparators)
        .service(handlers::comparator);
}
