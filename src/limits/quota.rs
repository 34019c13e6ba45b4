//! Quotas: how often each caller may read and write, and how often each address may come with credentials that do not work.
//! What answers say of them follows draft-ietf-httpapi-ratelimit-headers-10.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage};

use super::Limits;
use super::rate::{Meter, Rate, Verdict};
use crate::access::caller::{self, Standing};
use crate::config::traffic::Traffic;
use crate::http::edge::Accompany;
use crate::http::problem::Problem;
use crate::http::{peer, problems};

const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// Seconds of the window of reads and writes: what a second has is given as so much more at once.
const WINDOW: u32 = 10;

/// Reads or writes, of callers by their name and of strangers by their address.
struct Flow {
    callers: Meter<String>,
    strangers: Meter<IpAddr>,
}

impl Flow {
    fn new(name: &'static str, a_second: u32) -> Option<Self> {
        let rate = Rate::new(name, a_second.saturating_mul(WINDOW), WINDOW)?;
        Some(Self { callers: Meter::new(rate)?, strangers: Meter::new(rate)? })
    }
}

/// Every quota; none where there is no limit.
pub struct Quotas {
    reads: Option<Flow>,
    writes: Option<Flow>,
    failures: Option<Meter<IpAddr>>,
}

impl Quotas {
    /// As configured, with nothing used.
    pub fn new(traffic: &Traffic) -> Self {
        Self {
            reads: Flow::new("reads", traffic.reads),
            writes: Flow::new("writes", traffic.writes),
            failures: Rate::new("failures", traffic.failures, 60).and_then(Meter::new),
        }
    }

    /// The rates in force: of reads, writes and failures.
    pub fn rates(&self) -> [Option<&Rate>; 3] {
        [
            self.reads.as_ref().map(|flow| flow.callers.rate()),
            self.writes.as_ref().map(|flow| flow.callers.rate()),
            self.failures.as_ref().map(Meter::rate),
        ]
    }

    /// Forgets who has the whole quota again.
    pub fn forget_the_idle(&self) {
        for flow in [&self.reads, &self.writes].into_iter().flatten() {
            flow.callers.forget_the_idle();
            flow.strangers.forget_the_idle();
        }
        self.failures.iter().for_each(Meter::forget_the_idle);
    }
}

/// Middleware: see the module. Health is asked as often as anybody likes.
///
/// # Errors
/// Those of the service behind it.
pub async fn within_quota<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    match judge(&request) {
        Ok(()) => Ok(next.call(request).await?.map_into_left_body()),
        Err(problem) => Ok(request.error_response(problem).map_into_right_body()),
    }
}

fn judge(request: &ServiceRequest) -> Result<(), Problem> {
    if request.path().starts_with("/health/") {
        return Ok(());
    }
    let limits = request.app_data::<Data<Limits>>().ok_or_else(|| Problem::internal("no limits"))?;
    let reads = [Method::GET, Method::HEAD, Method::OPTIONS].contains(request.method());
    let flow = if reads { &limits.quotas.reads } else { &limits.quotas.writes };
    let address = || place(peer::of(request));
    let counted = caller::standing(request, |standing| match standing {
        Standing::Known(name) => Ok(flow.as_ref().map(|flow| (flow.callers.rate(), flow.callers.count(name)))),
        Standing::Stranger => Ok(flow.as_ref().map(|flow| (flow.strangers.rate(), flow.strangers.count(&address())))),
        Standing::Refused => Err(()),
    });
    let counted = counted
        .unwrap_or_else(|()| limits.quotas.failures.as_ref().map(|meter| (meter.rate(), meter.count(&address()))));
    counted.map_or(Ok(()), |(rate, verdict)| tell(request, rate, verdict))
}

/// What of an address counts: of IPv6 the network, for one host has as many addresses as it likes there.
fn place(address: Option<IpAddr>) -> IpAddr {
    match address {
        Some(IpAddr::V6(address)) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
        Some(address) => address,
        None => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
    }
}

/// Says in the answer how much is left, or refuses.
fn tell(request: &ServiceRequest, rate: &Rate, verdict: Verdict) -> Result<(), Problem> {
    let (left, seconds) = match verdict {
        Verdict::Within { left, seconds } => (left, seconds),
        Verdict::Beyond { wait } => (0, wait),
    };
    let now = format!("\"{}\";r={left};t={seconds}", rate.name);
    for (name, told) in [(RATE_LIMIT_POLICY, rate.policy()), (RATE_LIMIT, now)] {
        let value = HeaderValue::try_from(told).map_err(Problem::internal)?;
        Accompany::add(&mut request.extensions_mut(), name, value);
    }
    match verdict {
        Verdict::Within { .. } => Ok(()),
        Verdict::Beyond { wait } => {
            let detail =
                format!("The quota of {} {} in {} seconds is used up.", rate.requests, rate.name, rate.seconds);
            Err(Problem::new(problems::TOO_MANY_REQUESTS, detail).header(header::RETRY_AFTER, &wait.to_string()))
        }
    }
}
