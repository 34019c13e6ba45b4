//! What callers may ask of the service at most: how often, how many at a time, how large; and where that can be read.

pub mod body;
pub mod gate;
pub mod handlers;
pub mod quota;
pub mod rate;

use std::time::Duration;

use actix_web::web::Data;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::config::traffic::Traffic;
use gate::Gate;
use quota::Quotas;

/// Routes of the limits.
pub fn routes(config: &mut ServiceConfig) {
    config.service(handlers::get);
}

/// The limits in force and how far they are used; shared by all workers.
pub struct Limits {
    /// As configured.
    pub traffic: Traffic,
    /// How often.
    pub quotas: Quotas,
    /// How many at a time.
    pub gate: Gate,
}

impl Limits {
    /// As configured, with nothing used.
    pub fn new(traffic: &Traffic) -> Self {
        Self { traffic: traffic.clone(), quotas: Quotas::new(traffic), gate: Gate::new(traffic) }
    }
}

/// How often callers are forgotten who have their whole quota again.
const FORGET_EVERY: Duration = Duration::from_secs(30);

/// Forgets them again and again, so that addresses that came once cannot fill memory. Does not end.
pub async fn forget_the_idle(limits: Data<Limits>) {
    loop {
        tokio::time::sleep(FORGET_EVERY).await;
        limits.quotas.forget_the_idle();
    }
}
