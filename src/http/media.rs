//! Which bodies are read at all: JSON by its media type, and not packed.

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
    let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let fits = essence == "application/json"
        || (essence == "application/merge-patch+json" && request.method() == Method::PATCH);
    if !fits {
        let told = if essence.is_empty() { "no media type".to_owned() } else { format!("`{essence}`") };
        return Err(Problem::new(
            problems::UNSUPPORTED_MEDIA_TYPE,
            format!("The body came with {told}; send application/json."),
        ));
    }
    // Nothing is unpacked, so that nothing small can become something large.
    match request.headers().get(CONTENT_ENCODING).map(|value| value.to_str().unwrap_or("unreadable")) {
        None | Some("identity") => Ok(()),
        Some(coding) => Err(Problem::new(
            problems::UNSUPPORTED_MEDIA_TYPE,
            format!("The body came in the coding `{coding}`; send it as it is, without Content-Encoding."),
        )),
    }
}
