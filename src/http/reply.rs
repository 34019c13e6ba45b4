//! Good answers: one shape for every resource, ready to be sent or to be stored for a repeated request.

use std::cell::RefCell;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, Responder};
use serde::Serialize;

use super::problem::Problem;
use super::version::{Conditions, Version};

thread_local! {
    /// Where a worker writes its answers before they are copied out at their size: what grew once need not grow again.
    static DRAFT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// What every handler returns.
pub type Answer = Result<Reply, Problem>;

/// A resource that can be answered: it has an address and a version.
pub trait Resource: Serialize {
    /// Its address below the public URL, such as `/api/v1/measures/EDU-01`.
    fn address(&self) -> String;
    /// Its version, sent as the ETag.
    fn version(&self) -> Version;
}

/// A good answer: status, the headers that belong to its content, and its bytes.
#[derive(Clone, Debug)]
pub struct Reply {
    /// HTTP status.
    pub status: StatusCode,
    /// Headers that belong to the content.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// Body.
    pub body: Vec<u8>,
}

impl Reply {
    /// `200` with a JSON body.
    ///
    /// # Errors
    /// `internal_error` if the value cannot be written as JSON.
    pub fn json(value: &impl Serialize) -> Answer {
        let body = DRAFT.with_borrow_mut(|draft| {
            draft.clear();
            serde_json::to_writer(&mut *draft, value).map(|()| draft.as_slice().to_vec())
        });
        let body = body.map_err(Problem::internal)?;
        Ok(Self::bytes("application/json", body))
    }

    /// `200` with bytes of a media type.
    pub fn bytes(media_type: &'static str, body: Vec<u8>) -> Self {
        Self {
            status: StatusCode::OK,
            headers: vec![(header::CONTENT_TYPE, HeaderValue::from_static(media_type))],
            body,
        }
    }

    /// `204`, nothing to say.
    pub fn nothing() -> Self {
        Self { status: StatusCode::NO_CONTENT, headers: Vec::new(), body: Vec::new() }
    }

    /// `200` with a resource and its ETag.
    ///
    /// # Errors
    /// As [`Reply::json`].
    pub fn resource(resource: &impl Resource) -> Answer {
        Ok(Self::json(resource)?.with(resource.version().header()))
    }

    /// The resource, or `304` when the caller has this version already.
    ///
    /// # Errors
    /// As [`Reply::json`].
    pub fn unless_known(resource: &impl Resource, conditions: &Conditions) -> Answer {
        if conditions.unchanged(resource.version()) {
            let unchanged = Self { status: StatusCode::NOT_MODIFIED, headers: Vec::new(), body: Vec::new() };
            return Ok(unchanged.with(resource.version().header()));
        }
        Self::resource(resource)
    }

    /// `201` with the resource, its ETag and its `Location`.
    ///
    /// # Errors
    /// As [`Reply::json`].
    pub fn created(resource: &impl Resource) -> Answer {
        let mut reply = Self::resource(resource)?;
        reply.status = StatusCode::CREATED;
        let location = HeaderValue::from_str(&resource.address()).map_err(Problem::internal)?;
        Ok(reply.with((header::LOCATION, location)))
    }

    /// The same with one more header.
    #[must_use]
    pub fn with(mut self, header: (HeaderName, HeaderValue)) -> Self {
        self.headers.push(header);
        self
    }
}

/// Puts a header into an answer: there can be several links, and of each other one the last counts.
pub fn append(response: &mut HttpResponseBuilder, header: (HeaderName, HeaderValue)) {
    if header.0 == header::LINK {
        response.append_header(header);
    } else {
        response.insert_header(header);
    }
}

impl Responder for Reply {
    type Body = actix_web::body::BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let mut response = HttpResponse::build(self.status);
        for header in self.headers {
            append(&mut response, header);
        }
        response.body(self.body)
    }
}
