//! The outermost layer of every request: request id, panic guard, problem bodies, security headers and the access log.

use std::panic::AssertUnwindSafe;
use std::time::Instant;

use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{Extensions, ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage};
use futures_util::FutureExt;
use uuid::Uuid;

use super::page::PublicUrl;
use super::problem::{MEDIA_TYPE, Problem};
use super::{logged, odata, peer, problems, safety, secrets};

/// Header that carries the request id both ways.
pub const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Id of a request: the caller's own where it sent a usable one, else a new one.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// Who made a request, left by the permission check for the access log.
#[derive(Clone, Debug)]
pub struct Reader {
    /// Name of the caller.
    pub name: String,
    /// For whose eyes the answer is.
    pub audience: &'static str,
}

/// Headers that layers behind this one give the answer, whatever that turns out to be.
#[derive(Default)]
pub struct Accompany(Vec<(HeaderName, HeaderValue)>);

impl Accompany {
    /// Adds one to the answer of the request that has these extensions.
    pub fn add(extensions: &mut Extensions, name: HeaderName, value: HeaderValue) {
        if !extensions.contains::<Self>() {
            extensions.insert(Self::default());
        }
        if let Some(Self(headers)) = extensions.get_mut::<Self>() {
            headers.push((name, value));
        }
    }
}

/// Left on a request whose key or token proved nothing. For whoever slows such callers down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FailedAuthentication;

impl RequestId {
    /// Ids are 1 to 64 letters, digits, dots, dashes or underscores, so that they are safe in logs and in SQL settings;
    /// none is a key or a token, which would be logged.
    fn of(headers: &HeaderMap) -> Self {
        let usable = |id: &&str| {
            (1..=64).contains(&id.len())
                && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
                && secrets::first(id, 0).is_none()
        };
        let sent = headers.get(X_REQUEST_ID).and_then(|value| value.to_str().ok()).filter(usable);
        Self(sent.map_or_else(|| Uuid::now_v7().to_string(), str::to_owned))
    }
}

/// Middleware: see the module.
///
/// # Errors
/// A panic in a handler, and an error that never became a response, leave as a [`Problem`].
pub async fn edge<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    let began = Instant::now();
    let id = RequestId::of(request.headers());
    let path = request.path().to_owned();
    let line = logged::safe(&format!("{} {}", request.method(), secrets::shown(request.uri()))).into_owned();
    let from = peer::of(&request);
    let encrypted = request.app_data::<PublicUrl>().is_some_and(|url| url.0.starts_with("https://"));
    request.extensions_mut().insert(id.clone());
    // HEAD is GET without the body, which the server itself leaves out.
    if request.method() == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
    let outcome = AssertUnwindSafe(next.call(request)).catch_unwind().await;
    let mut response = match outcome {
        Ok(Ok(response)) => as_problem(response, &path, &id.0),
        Ok(Err(error)) => return Err(lost(problem_of(&error), &line, &path, &id.0)),
        Err(_panic) => return Err(lost(Problem::internal("a handler panicked"), &line, &path, &id.0)),
    };
    add_headers(&mut response, &path, &id, encrypted);
    log::info!(target: "access", "{line} {} from={} request={}", told_of(&response, began), logged::address(from), id.0);
    Ok(response)
}

/// What the access log says of an answer: who was told what, and how long it took.
fn told_of<B>(response: &ServiceResponse<B>, began: Instant) -> String {
    let extensions = response.request().extensions();
    let (name, audience) =
        extensions.get::<Reader>().map_or(("-".into(), "-"), |reader| (logged::field(&reader.name), reader.audience));
    let milliseconds = began.elapsed().as_secs_f64() * 1000.0;
    format!("{} {milliseconds:.1}ms caller={name} audience={audience}", response.status().as_u16())
}

/// Every error response becomes a problem that knows its request; the cause goes to the log.
fn as_problem<B: MessageBody>(
    response: ServiceResponse<B>,
    path: &str,
    id: &str,
) -> ServiceResponse<EitherBody<B, BoxBody>> {
    let status = response.status();
    let ready = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == MEDIA_TYPE);
    let problem = match response.response().error() {
        Some(error) => problem_of_logged(error, id),
        None if status.is_client_error() || status.is_server_error() => {
            if ready {
                return response.map_into_left_body();
            }
            let kind = problems::for_status(status.as_u16());
            Problem::new(kind, kind.meaning)
        }
        None => return response.map_into_left_body(),
    };
    let mut answer = told(problem, path).answer(path, id);
    if odata::below(path) {
        odata::as_asked(&mut answer, response.request().headers());
    }
    response.into_response(answer).map_into_right_body()
}

/// The problem in the form that callers of this address read.
fn told(problem: Problem, path: &str) -> Problem {
    if odata::below(path) { odata::with_error(problem) } else { problem }
}

fn problem_of_logged(error: &Error, id: &str) -> Problem {
    let problem = problem_of(error);
    if let Some(cause) = problem.cause() {
        let level = if problem.kind().status >= 500 { log::Level::Error } else { log::Level::Debug };
        log::log!(level, "request={id} {}: {cause}", problem.kind().code);
    }
    problem
}

/// Our own problems pass; any other error is told by its status alone.
fn problem_of(error: &Error) -> Problem {
    if let Some(problem) = error.as_error::<Problem>() {
        return problem.clone();
    }
    let kind = problems::for_status(error.as_response_error().status_code().as_u16());
    let problem = Problem::new(kind, kind.meaning);
    if kind.status >= 500 { problem.caused_by(error) } else { problem }
}

fn lost(problem: Problem, line: &str, path: &str, id: &str) -> Error {
    log::error!("request={id} {line}: {} ({})", problem, problem.cause().unwrap_or("no cause given"));
    told(problem, path).at(path, id).header(X_REQUEST_ID, id).into()
}

fn add_headers<B>(response: &mut ServiceResponse<B>, path: &str, id: &RequestId, encrypted: bool) {
    let accompany = response.request().extensions_mut().remove::<Accompany>().unwrap_or_default();
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(&id.0) {
        headers.insert(X_REQUEST_ID, value);
    }
    safety::add(headers, path, encrypted);
    if odata::below(path) {
        headers.insert(odata::VERSION, HeaderValue::from_static(odata::SPOKEN));
    }
    for (name, value) in accompany.0 {
        if name == header::VARY { headers.append(name, value) } else { drop(headers.insert(name, value)) }
    }
}
