//! `/api/v1/changes`: the append-only log of every write, in an order that never skips a late commit.

pub mod body;
pub mod handlers;
pub mod store;

use utoipa_actix_web::service_config::ServiceConfig;

/// Routes of the change log.
pub fn routes(config: &mut ServiceConfig) {
    config.service(handlers::list);
}
