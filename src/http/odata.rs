//! What every answer below `/odata/` has, errors too: the version of the standard, and in a problem the error object of OData's
//! own, which is all that its clients read.

use actix_web::HttpResponse;
use actix_web::http::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use serde_json::{Value, json};

use super::problem::Problem;

/// The header that tells the version.
pub const VERSION: HeaderName = HeaderName::from_static("odata-version");

/// The version, whatever newer one a client announces.
pub const SPOKEN: &str = "4.0";

/// Address of the service below the public URL.
pub const ROOT: &str = "/odata/v1";

/// Address of its description.
pub const METADATA: &str = "/odata/v1/$metadata";

/// Most characters of a `$filter`.
pub const FILTER_CHARACTERS: usize = 16_384;

/// Most levels of parentheses in it, so that nobody exhausts the stack.
pub const FILTER_LEVELS: usize = 40;

/// Whether an address is one of OData.
pub fn below(path: &str) -> bool {
    path == "/odata" || path.starts_with("/odata/")
}

/// The problem with the error object, the same code and words, and with the version, also where the answer is lost on its way.
pub fn with_error(problem: Problem) -> Problem {
    let details: Vec<Value> = problem
        .faults()
        .iter()
        .map(|fault| json!({"code": fault.code, "target": fault.pointer, "message": fault.detail}))
        .collect();
    let error = json!({"code": problem.kind().code, "message": problem.detail(), "details": details});
    problem.with("error", error).header(VERSION, SPOKEN)
}

/// Gives an answer that is a problem the media type that the client asks for: those that ask for `application/json` read no other.
pub fn as_asked(response: &mut HttpResponse, asked: &HeaderMap) {
    let json = asked
        .get_all(ACCEPT)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|text| text.split(','))
        .any(|range| range.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json"));
    if json {
        response
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static("application/json;odata.metadata=minimal"));
    }
}
