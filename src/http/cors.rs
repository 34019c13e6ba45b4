//! Cross-origin requests from browsers: refused unless the page's origin is configured, letter by letter. Keys come in a header
//! that the page sets itself, so no answer ever allows cookies or other credentials of the browser's.

use std::rc::Rc;

use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpResponse};

use super::edge::Accompany;

/// Methods that a page may use.
const METHODS: &str = "GET, HEAD, POST, PUT, PATCH, DELETE";
/// Headers that a page may send.
const SENT: &str = "authorization, content-type, accept, if-match, if-none-match, idempotency-key, prefer, odata-version, \
                    odata-maxversion, x-request-id";
/// Headers of answers that a page may read.
const SHOWN: &str = "etag, location, link, retry-after, ratelimit, ratelimit-policy, x-request-id, www-authenticate, \
                     idempotent-replayed, memento-datetime, as-of, deprecation, sunset, odata-version, preference-applied";
/// Seconds for which a browser may keep what it was allowed.
const KEPT: &str = "600";

/// The origins that are let in, as configured; shared by the requests of a worker.
#[derive(Clone, Debug)]
pub struct Origins(pub Rc<[String]>);

/// Middleware: see the module.
///
/// # Errors
/// Those of the service behind it.
pub async fn cors<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    let origins = request.app_data::<Origins>().map(|origins| Rc::clone(&origins.0)).filter(|all| !all.is_empty());
    let Some(origins) = origins else {
        return Ok(next.call(request).await?.map_into_left_body());
    };
    // Also without an origin: a cache must not give one page the answer that was meant for another.
    Accompany::add(&mut request.extensions_mut(), header::VARY, HeaderValue::from_static("Origin"));
    let origin = request.headers().get(header::ORIGIN).filter(|sent| origins.iter().any(|known| *sent == known));
    let Some(origin) = origin.cloned() else {
        return Ok(next.call(request).await?.map_into_left_body());
    };
    let tell = |name: HeaderName, value: HeaderValue| Accompany::add(&mut request.extensions_mut(), name, value);
    tell(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    tell(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin"));
    let asks_first =
        request.method() == Method::OPTIONS && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    if !asks_first {
        tell(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(SHOWN));
        return Ok(next.call(request).await?.map_into_left_body());
    }
    tell(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(METHODS));
    tell(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static(SENT));
    tell(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static(KEPT));
    Ok(request.into_response(HttpResponse::NoContent().finish()).map_into_right_body())
}
