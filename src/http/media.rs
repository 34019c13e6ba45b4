//! Which bodies are read at all: by their media type, and not packed.

use actix_web::HttpRequest;
use actix_web::http::Method;
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_TYPE};

use super::problem::Problem;
use super::problems;

/// Refuses a body that is not plain JSON.
///
/// # Errors
/// `unsupported_media_type`.
pub fn check(request: &HttpRequest) -> Result<(), Problem> {
    let essence = essence(request);
    let fits = essence == "application/json"
        || (essence == "application/merge-patch+json" && request.method() == Method::PATCH);
    if fits { check_unpacked(request) } else { Err(other(&essence, "application/json")) }
}

/// The media type of a body, without its parameters.
pub fn essence(request: &HttpRequest) -> String {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// `unsupported_media_type`, saying what came and what would be right.
pub fn other(essence: &str, wanted: &str) -> Problem {
    let told = if essence.is_empty() { "no media type".to_owned() } else { format!("`{essence}`") };
    Problem::new(problems::UNSUPPORTED_MEDIA_TYPE, format!("The body came with {told}; send {wanted}."))
}

/// Refuses a packed body: nothing is unpacked, so that nothing small can become something large.
///
/// # Errors
/// `unsupported_media_type`.
pub fn check_unpacked(request: &HttpRequest) -> Result<(), Problem> {
    match request.headers().get(CONTENT_ENCODING).map(|value| value.to_str().unwrap_or("unreadable")) {
        None | Some("identity") => Ok(()),
        Some(coding) => Err(Problem::new(
            problems::UNSUPPORTED_MEDIA_TYPE,
            format!("The body came in the coding `{coding}`; send it as it is, without Content-Encoding."),
        )),
    }
}
