//! Who may do what: keys and people, roles and grants, and the proof of permission that every handler asks for by its type.

pub mod audience;
mod authenticate;
pub mod authority;
pub mod body;
pub mod cache;
pub mod caller;
pub mod credential;
pub mod grant;
pub mod granted;
pub mod handlers;
pub mod holder;
pub mod known_key;
pub mod me;
pub mod objects;
pub mod oidc;
pub mod readings;
pub mod role;
pub mod rotation;
pub mod scope;
pub mod store;

use utoipa_actix_web::service_config::ServiceConfig;

/// Routes of the keys, and of the caller's own.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(handlers::list)
        .service(handlers::create)
        .service(handlers::get)
        .service(handlers::revoke)
        .service(rotation::rotate)
        .service(me::get);
}
