//! How many requests are answered at one time. Beyond that the answer is 503 at once: who waits in a queue gives up and asks
//! again, and the queue only grows.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use actix_web::Error;
use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::Next;
use actix_web::web::Data;

use super::Limits;
use crate::config::traffic::Traffic;
use crate::http::problem::Problem;
use crate::http::problems;
use crate::http::slot::Slot;

/// Last part of the addresses whose answers are computed from many rows: these have a smaller bound of their own.
pub const REPORTS: [&str; 9] = [
    "scorecard",
    "chase-list",
    "deadlines.ics",
    "comparators",
    "evidence",
    "effect",
    "readiness",
    "verify",
    "review-status",
];

/// Seconds after which a caller who was refused may try again.
const AGAIN: &str = "1";

/// So many at one time.
struct Bound {
    most: usize,
    taken: Arc<AtomicUsize>,
}

/// A place that is taken until this is dropped.
pub struct Place(Arc<AtomicUsize>);

impl Bound {
    fn new(most: usize) -> Self {
        Self { most, taken: Arc::default() }
    }

    /// A place, if there is one.
    fn take(&self) -> Option<Place> {
        let place = Place(self.taken.clone());
        (self.taken.fetch_add(1, Ordering::Relaxed) < self.most).then_some(place)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The bounds of all requests and of reports.
pub struct Gate {
    requests: Bound,
    reports: Bound,
}

impl Gate {
    /// As configured, and empty.
    pub fn new(traffic: &Traffic) -> Self {
        Self { requests: Bound::new(traffic.requests), reports: Bound::new(traffic.reports) }
    }

    /// A place among the reports, if there is one.
    pub fn report(&self) -> Option<Place> {
        self.reports.take()
    }
}

/// Middleware: see the module. Health is always answered.
///
/// # Errors
/// Those of the service behind it.
pub async fn bounded<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    let limits = request.app_data::<Data<Limits>>().cloned().ok_or_else(|| Problem::internal("no limits"))?;
    if request.path().starts_with("/health/") {
        return Ok(next.call(request).await?.map_into_left_body());
    }
    let report = request.path().rsplit('/').next().is_some_and(|last| REPORTS.contains(&last));
    let Some(place) = limits.gate.requests.take() else {
        return Ok(request.error_response(overloaded("requests", limits.traffic.requests)).map_into_right_body());
    };
    let among_reports = report.then(|| limits.gate.report());
    if let Some(None) = among_reports {
        return Ok(request.error_response(overloaded("reports", limits.traffic.reports)).map_into_right_body());
    }
    Slot::hold(request.request(), place);
    let response = next.call(request).await?;
    Slot::leave(response.request());
    Ok(response.map_into_left_body())
}

/// That as many of these are in hand as may be.
pub fn overloaded(what: &str, most: usize) -> Problem {
    let detail = format!("{most} {what} are being answered, as many as the service takes at one time.");
    Problem::new(problems::OVERLOADED, detail).header(header::RETRY_AFTER, AGAIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_free_again_when_it_is_left() {
        let bound = Bound::new(2);
        let (first, second) = (bound.take(), bound.take());
        assert!(first.is_some() && second.is_some() && bound.take().is_none());
        drop(first);
        assert!(bound.take().is_some());
        drop(second);
        assert_eq!(bound.taken.load(Ordering::Relaxed), 0);
    }
}
