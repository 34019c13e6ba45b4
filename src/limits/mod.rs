//! What callers may ask of the service at most: how often, how many at a time, how large; and where that can be read.

pub mod body;
pub mod exports;
pub mod gate;
pub mod handlers;
pub mod quota;
pub mod rate;

use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::web::Data;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::config::traffic::Traffic;
use crate::http::problem::Problem;
use exports::{Export, Exports, Full};
use gate::{Gate, Place};
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
    pub exports: Exports,
}

impl Limits {
    /// As configured, with nothing used.
    pub fn new(traffic: &Traffic) -> Self {
        Self {
            traffic: traffic.clone(),
            quotas: Quotas::new(traffic),
            gate: Gate::new(traffic),
            exports: Exports::new(traffic.exports),
        }
    }
}

impl Limits {
    /// Those of the service that has this request.
    ///
    /// # Errors
    /// An internal problem where a service was made without limits.
    pub fn of(request: &HttpRequest) -> Result<&Self, Problem> {
        request.app_data::<Data<Self>>().map(Data::get_ref).ok_or_else(|| Problem::internal("no limits"))
    }

    /// A place for this caller among the feeds that are being written, kept until it is dropped.
    ///
    /// # Errors
    /// `overloaded` when all are taken, or all that one caller may have.
    pub fn export(&self, caller: &str) -> Result<Export, Problem> {
        self.exports.take(caller).map_err(|full| match full {
            Full::All(most) => gate::overloaded("whole feeds", most),
            Full::Own(most) => gate::overloaded("whole feeds of yours", most),
        })
    }

    /// A place among the reports for a page that is read from the database, kept until it is dropped. A page from memory needs none.
    ///
    /// # Errors
    /// `overloaded` when all are taken.
    pub fn page(&self) -> Result<Place, Problem> {
        self.gate.report().ok_or_else(|| gate::overloaded("reports and pages", self.traffic.reports))
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
