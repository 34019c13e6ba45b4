//! What callers may ask of the service at most: how often, how many at a time, how large; and where that can be read.

pub mod body;
pub mod gate;
pub mod handlers;
pub mod quota;
pub mod rate;

use std::sync::Arc;
use std::time::Duration;

use actix_web::web::Data;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::config::traffic::Traffic;
use crate::http::problem::Problem;
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
    /// Feeds that are being written, which go on after their handler has answered.
    pub exports: Arc<Semaphore>,
}

impl Limits {
    /// As configured, with nothing used.
    pub fn new(traffic: &Traffic) -> Self {
        Self {
            traffic: traffic.clone(),
            quotas: Quotas::new(traffic),
            gate: Gate::new(traffic),
            exports: Arc::new(Semaphore::new(traffic.exports)),
        }
    }
}

impl Limits {
    /// A place among the feeds that are being written, kept until it is dropped.
    ///
    /// # Errors
    /// `overloaded` when all are taken.
    pub fn export(&self) -> Result<OwnedSemaphorePermit, Problem> {
        let place = Arc::clone(&self.exports).try_acquire_owned();
        place.map_err(|_| gate::overloaded("whole feeds", self.traffic.exports))
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
