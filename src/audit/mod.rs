//! `/api/v1/changes`: the append-only log of every write, in an order that never skips a late commit; and the seals that prove it.

pub mod body;
pub mod cursor;
pub mod handlers;
mod names;
pub mod seals;
pub mod store;
pub mod waiting;

use utoipa_actix_web::service_config::ServiceConfig;

/// Routes of the change log.
pub fn routes(config: &mut ServiceConfig) {
    config.service(handlers::list).service(seals::handlers::list).service(seals::handlers::get);
}
