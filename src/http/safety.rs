//! Headers that keep answers from harm: in frames, in caches, on other sites' pages, and as what they are not.

use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};

/// For answers that are data: a browser that shows one runs and loads nothing.
const OF_DATA: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// For Swagger UI: its own files, the pictures that its style sheet carries, and calls of this service.
const OF_DOCUMENTATION: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                                frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// What every answer has.
const ALWAYS: [(HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Adds them to the answer of `path`; `encrypted` is whether callers reach the service by https.
pub fn add(headers: &mut HeaderMap, path: &str, encrypted: bool) {
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let policy = if path.starts_with("/docs") { OF_DOCUMENTATION } else { OF_DATA };
    unless_set(headers, header::CONTENT_SECURITY_POLICY, policy);
    // Figures about children stay in no cache; what is for everybody is asked for anew.
    let figures = path.starts_with("/api/") || super::odata::below(path);
    unless_set(headers, header::CACHE_CONTROL, if figures { "no-store" } else { "no-cache" });
    if encrypted {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
}

fn unless_set(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    if !headers.contains_key(&name) {
        headers.insert(name, HeaderValue::from_static(value));
    }
}
