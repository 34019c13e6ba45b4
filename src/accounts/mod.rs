//! `/api/v1/accounts`: whose names stand in the records, everything held of one of them, and its erasure.
//!
//! The database has the rules: `accounts` is the register, `held_of_account` finds every place, and `erase_account` erases.

pub mod body;
pub mod handlers;
pub mod store;

use utoipa_actix_web::service_config::ServiceConfig;

/// Routes of the accounts.
pub fn routes(config: &mut ServiceConfig) {
    config.service(handlers::list).service(handlers::get).service(handlers::export).service(handlers::erase);
}
