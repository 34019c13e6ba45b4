//! What is computed over many resources.

pub mod annual_review;
pub mod chase_list;
pub mod comparators;
pub mod deadlines;
pub mod pushed;
pub mod quarterly;
pub mod scorecard;

use utoipa_actix_web::service_config::ServiceConfig;

/// Routes of the reports.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(scorecard::handlers::get)
        .service(chase_list::handlers::get)
        .service(deadlines::handlers::get)
        .service(comparators::handlers::get)
        .service(quarterly::handlers::get)
        .service(quarterly::handlers::read_version)
        .service(quarterly::handlers::read_content)
        .service(quarterly::handlers::version_content)
        .service(quarterly::handlers::ready)
        .service(quarterly::handlers::verify)
        .service(quarterly::sealing::exempt)
        .service(quarterly::sealing::sign_off)
        .service(quarterly::sealing::publish)
        .service(annual_review::handlers::fill)
        .service(annual_review::handlers::get_evidence)
        .service(annual_review::handlers::get_effect);
}
