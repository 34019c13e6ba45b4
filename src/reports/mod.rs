//! What is computed over many resources.

pub mod scorecard;

use utoipa_actix_web::service_config::ServiceConfig;

/// Routes of the reports.
pub fn routes(config: &mut ServiceConfig) {
    config.service(scorecard::handlers::get);
}
