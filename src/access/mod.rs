//! Who may do what: API keys with scopes, and the proof of permission that every handler asks for by its type.

pub mod body;
pub mod cache;
pub mod caller;
pub mod handlers;
pub mod scope;
pub mod store;

use utoipa_actix_web::service_config::ServiceConfig;

/// Routes of the keys.
pub fn routes(config: &mut ServiceConfig) {
    config.service(handlers::list).service(handlers::create).service(handlers::get).service(handlers::revoke);
}
