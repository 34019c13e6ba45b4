//! What the service says of itself: health, problem documentation and the OpenAPI document. No key is needed here.

pub mod health;
pub mod problem_pages;

use utoipa_actix_web::service_config::ServiceConfig;

/// Routes outside `/api/v1`.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(health::live)
        .service(health::ready)
        .service(problem_pages::list)
        .service(problem_pages::get)
        .service(problem_pages::openapi);
}
