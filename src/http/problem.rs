//! The one body of every error: RFC 9457 problem details. What the client is told and what the log keeps are separate.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::problems::{self, ProblemType};

/// Media type of every error.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// One fault in a request body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Fault {
    /// JSON Pointer to the faulty place; empty for the whole body.
    #[schema(example = "/value")]
    pub pointer: String,
    /// Stable `snake_case` code of the fault.
    #[schema(example = "out_of_range")]
    pub code: String,
    /// What is wrong, with which value, and what would be right.
    pub detail: String,
}

impl Fault {
    /// A fault at the pointer given.
    pub fn new(pointer: impl Into<String>, code: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), code: code.into(), detail: detail.into() }
    }
}

/// An error answer on its way out.
#[derive(Clone, Debug)]
pub struct Problem(Box<Inner>);

#[derive(Clone, Debug)]
struct Inner {
    kind: &'static ProblemType,
    detail: String,
    faults: Vec<Fault>,
    members: Map<String, Value>,
    headers: Vec<(HeaderName, HeaderValue)>,
    cause: Option<String>,
    instance: String,
    request_id: String,
}

/// Problem details as they are sent (RFC 9457), with the members that this service adds.
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody<'a> {
    /// Address of the documentation of this kind of problem.
    #[serde(rename = "type")]
    #[schema(example = "/problems/not_found")]
    kind: String,
    /// Short summary of the kind of problem.
    #[schema(example = "There is nothing at this address")]
    title: &'a str,
    /// HTTP status.
    #[schema(example = 404, minimum = 400, maximum = 599)]
    status: u16,
    /// What happened here, and what would be right.
    detail: &'a str,
    /// Address of the request.
    #[schema(example = "/api/v1/measures/EDU-99")]
    instance: &'a str,
    /// Stable code of the kind of problem.
    #[schema(example = "not_found")]
    code: &'a str,
    /// Request id, as in the `X-Request-Id` header and in the log.
    request_id: &'a str,
    /// Every fault found in the body; empty where the problem is not one of content.
    errors: &'a [Fault],
    /// Further members that the kind of problem documents, such as `state` and `allowed`.
    #[serde(flatten)]
    #[schema(ignore)]
    members: &'a Map<String, Value>,
}

impl Problem {
    /// A problem of this kind, with what happened here.
    pub fn new(kind: &'static ProblemType, detail: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            detail: detail.into(),
            faults: Vec::new(),
            members: Map::new(),
            headers: Vec::new(),
            cause: None,
            instance: String::new(),
            request_id: String::new(),
        }))
    }

    /// Nothing at the address: `what` names it, such as "measure `EDU-99`".
    pub fn not_found(what: impl std::fmt::Display) -> Self {
        Self::new(problems::NOT_FOUND, format!("There is no {what}."))
    }

    /// An error of our own; `cause` goes to the log only.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        Self::new(problems::INTERNAL, "The request could not be answered. Nothing was stored.").caused_by(cause)
    }

    /// Faults in the content of a body. Says how many there are.
    pub fn of_faults(kind: &'static ProblemType, faults: Vec<Fault>) -> Self {
        let detail = match faults.as_slice() {
            [only] => only.detail.clone(),
            many => format!("{} faults were found; see `errors`.", many.len()),
        };
        let mut problem = Self::new(kind, detail);
        problem.0.faults = faults;
        problem
    }

    /// The same problem, told in these words.
    #[must_use]
    pub fn because(mut self, detail: impl Into<String>) -> Self {
        self.0.detail = detail.into();
        self
    }

    /// Every fault in the content.
    pub fn faults(&self) -> &[Fault] {
        &self.0.faults
    }

    /// The same problem of a part of a larger whole: its faults lie below `pointer`. One without faults becomes the fault.
    #[must_use]
    pub fn under(mut self, pointer: &str) -> Self {
        if self.0.faults.is_empty() {
            self.0.faults.push(Fault::new("", self.0.kind.code, self.0.detail.clone()));
        }
        for fault in &mut self.0.faults {
            fault.pointer.insert_str(0, pointer);
        }
        self
    }

    /// Adds a member to the body.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.members.insert(name.to_owned(), value.into());
        self
    }

    /// Adds a header to the answer; a value that is no header value is left out.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.0.headers.push((name, value));
        }
        self
    }

    /// Adds what the log keeps and the client is not told.
    #[must_use]
    pub fn caused_by(mut self, cause: impl std::fmt::Display) -> Self {
        self.0.cause = Some(cause.to_string());
        self
    }

    /// The kind of problem.
    pub fn kind(&self) -> &'static ProblemType {
        self.0.kind
    }

    /// What the client is told of this occurrence.
    pub fn detail(&self) -> &str {
        &self.0.detail
    }

    /// What the log keeps.
    pub fn cause(&self) -> Option<&str> {
        self.0.cause.as_deref()
    }

    /// The answer to the request at `instance` with the id `request_id`.
    pub fn answer(&self, instance: &str, request_id: &str) -> HttpResponse {
        let inner = &self.0;
        let body = ProblemBody {
            kind: format!("/problems/{}", inner.kind.code),
            title: inner.kind.title,
            status: inner.kind.status,
            detail: &inner.detail,
            instance,
            code: inner.kind.code,
            request_id,
            errors: &inner.faults,
            members: &inner.members,
        };
        let mut response = HttpResponse::build(self.status_code());
        response.insert_header((header::CONTENT_TYPE, MEDIA_TYPE));
        for (name, value) in &inner.headers {
            // Appended: there can be several challenges.
            response.append_header((name.clone(), value.clone()));
        }
        response.body(serde_json::to_vec(&body).unwrap_or_default())
    }

    /// The same problem, told at which address and to which request it happened.
    #[must_use]
    pub fn at(mut self, instance: &str, request_id: &str) -> Self {
        self.0.instance = instance.to_owned();
        self.0.request_id = request_id.to_owned();
        self
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.0.kind.code, self.0.detail)
    }
}

impl std::error::Error for Problem {}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.0.kind.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        self.answer(&self.0.instance, &self.0.request_id)
    }
}
