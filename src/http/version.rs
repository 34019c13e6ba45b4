//! Row versions as ETags, and the conditions that requests put on them (RFC 9110, section 13).

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{FromRequest, HttpRequest};
use chrono::{DateTime, Utc};

use super::date;
use super::problem::Problem;
use super::problems;

/// Version of a row, from the database's own counter. Never a hash of the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version(pub i64);

impl Version {
    /// The strong ETag, quotes included.
    pub fn etag(self) -> String {
        format!("\"{}\"", self.0)
    }

    /// The ETag as a header value.
    pub fn header(self) -> (HeaderName, HeaderValue) {
        // Digits between quotes are always a header value.
        (header::ETAG, HeaderValue::from_str(&self.etag()).unwrap_or_else(|_| HeaderValue::from_static("\"\"")))
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Condition {
    Any,
    OneOf(Vec<String>),
}

impl Condition {
    fn read(request: &HttpRequest, name: HeaderName) -> Result<Option<Self>, Problem> {
        let Some(value) = request.headers().get(&name) else {
            return Ok(None);
        };
        let text = value.to_str().unwrap_or_default().trim();
        if text == "*" {
            return Ok(Some(Self::Any));
        }
        let tags: Vec<String> = text.split(',').map(|tag| tag.trim().to_owned()).collect();
        let formed = |tag: &String| {
            let bare = tag.strip_prefix("W/").unwrap_or(tag);
            bare.len() >= 2 && bare.starts_with('"') && bare.ends_with('"')
        };
        if tags.iter().all(formed) {
            return Ok(Some(Self::OneOf(tags)));
        }
        let detail = format!(
            "`{name}` must be `*` or entity tags in double quotes, such as \"123\", as the `ETag` header gave them."
        );
        Err(Problem::new(problems::INVALID_HEADER, detail))
    }
}

/// The conditions of one request.
#[derive(Clone, Debug)]
pub struct Conditions {
    if_match: Option<Condition>,
    if_none_match: Option<Condition>,
    if_modified_since: Option<DateTime<Utc>>,
}

impl Conditions {
    /// Whether a read may be answered `304`: the caller already has this version.
    pub fn unchanged(&self, version: Version) -> bool {
        self.knows(&version.etag())
    }

    /// Whether a read may be answered `304`: the caller already has what bears this tag, compared weakly.
    pub fn knows(&self, tag: &str) -> bool {
        fn bare(tag: &str) -> &str {
            tag.strip_prefix("W/").unwrap_or(tag)
        }
        match &self.if_none_match {
            Some(Condition::Any) => true,
            Some(Condition::OneOf(tags)) => tags.iter().any(|known| bare(known) == bare(tag)),
            None => false,
        }
    }

    /// Whether a read may be answered `304` because the caller names the very date that was told of this, which must be told of
    /// nothing else. A tag goes before, and another date, also a later one, tells nothing: clocks differ.
    pub fn known_by_date(&self, modified: Option<DateTime<Utc>>) -> bool {
        self.if_none_match.is_none() && modified.is_some() && self.if_modified_since == modified
    }

    /// Whether a write may go ahead on the resource as it is (`None`: there is none).
    ///
    /// # Errors
    /// `precondition_failed` when `If-Match` or `If-None-Match` does not hold.
    pub fn allow_write(&self, current: Option<Version>) -> Result<(), Problem> {
        let failed = |detail: String| {
            let problem = Problem::new(problems::PRECONDITION_FAILED, detail);
            Err(match current {
                Some(version) => problem.header(header::ETAG, &version.etag()),
                None => problem,
            })
        };
        match (&self.if_match, current) {
            (Some(_), None) => return failed("`If-Match` was sent, but the resource does not exist.".to_owned()),
            // If-Match compares strongly: a weak tag never matches.
            (Some(Condition::OneOf(tags)), Some(version)) if !tags.contains(&version.etag()) => {
                return failed(format!("The resource is at version {}, not at the one in `If-Match`.", version.etag()));
            }
            _ => {}
        }
        match current {
            Some(version) if self.unchanged(version) => {
                failed(format!("The resource exists already, at version {}.", version.etag()))
            }
            _ => Ok(()),
        }
    }
}

impl FromRequest for Conditions {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let read = || {
            Ok(Self {
                if_match: Condition::read(request, header::IF_MATCH)?,
                if_none_match: Condition::read(request, header::IF_NONE_MATCH)?,
                // What is no date is passed over (RFC 9110, section 13.1.3).
                if_modified_since: request.headers().get(header::IF_MODIFIED_SINCE).and_then(date::read),
            })
        };
        ready(read())
    }
}
