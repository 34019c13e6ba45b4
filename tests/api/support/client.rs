//! Requests over real HTTP, in the name of a role, and their answers.

use std::fmt;

use serde_json::Value;
use ureq::http::{HeaderMap, Request as HttpRequest, Response, request};
use ureq::{Agent, Body};

use super::app::PUBLIC_URL;
use super::document;

/// A caller of one service.
#[derive(Clone)]
pub struct Client {
    agent: Agent,
    base: String,
    key: Option<String>,
}

/// A request being written.
pub struct Request {
    agent: Agent,
    method: String,
    path: String,
    builder: request::Builder,
}

/// An answer, read whole.
#[derive(Clone)]
pub struct Answer {
    line: String,
    /// HTTP status.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: Vec<u8>,
}

impl Client {
    /// A caller of the service at `base`, with this key or none.
    pub fn new(base: &str, key: Option<&str>) -> Self {
        let config = Agent::config_builder().http_status_as_error(false).max_redirects(0).proxy(None);
        let agent = config.allow_non_standard_methods(true).build().into();
        Self { agent, base: base.to_owned(), key: key.map(str::to_owned) }
    }

    /// The same service called with another key.
    pub fn with_key(&self, key: &str) -> Self {
        Self { key: Some(key.to_owned()), ..self.clone() }
    }

    /// `GET`.
    pub fn get(&self, path: &str) -> Request {
        self.request("GET", path)
    }

    /// `POST`.
    pub fn post(&self, path: &str) -> Request {
        self.request("POST", path)
    }

    /// `PUT`.
    pub fn put(&self, path: &str) -> Request {
        self.request("PUT", path)
    }

    /// `PATCH`.
    pub fn patch(&self, path: &str) -> Request {
        self.request("PATCH", path)
    }

    /// `DELETE`.
    pub fn delete(&self, path: &str) -> Request {
        self.request("DELETE", path)
    }

    /// `GET` of an absolute address that an answer gave.
    pub fn follow(&self, address: &str) -> Request {
        let path = address.strip_prefix(PUBLIC_URL).unwrap_or_else(|| panic!("{address} is not below {PUBLIC_URL}"));
        self.get(path)
    }

    /// Any method. A path that begins with a slash is from the root, any other below `/api/v1/`.
    pub fn request(&self, method: &str, path: &str) -> Request {
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/api/v1/{path}") };
        let builder = HttpRequest::builder().method(method).uri(format!("{}{path}", self.base));
        let request = Request { agent: self.agent.clone(), method: method.to_owned(), path, builder };
        match &self.key {
            Some(key) => request.header("Authorization", &format!("Bearer {key}")),
            None => request,
        }
    }
}

impl Request {
    /// With a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.builder = self.builder.header(name, value);
        self
    }

    /// Only if the resource is at this version.
    pub fn if_match(self, etag: &str) -> Self {
        self.header("If-Match", etag)
    }

    /// Only if the resource is not at this version.
    pub fn if_none_match(self, etag: &str) -> Self {
        self.header("If-None-Match", etag)
    }

    /// Sent without a body.
    #[track_caller]
    pub fn call(self) -> Answer {
        let request = self.builder.body(()).expect("a request");
        Answer::read(&self.method, &self.path, self.agent.run(request))
    }

    /// Sent with JSON.
    #[track_caller]
    pub fn send(self, body: &Value) -> Answer {
        self.raw("application/json", body.to_string())
    }

    /// Sent with bytes of a media type.
    #[track_caller]
    pub fn raw(self, media_type: &str, body: impl Into<Vec<u8>>) -> Answer {
        let request = self.builder.header("Content-Type", media_type).body(body.into()).expect("a request");
        Answer::read(&self.method, &self.path, self.agent.run(request))
    }
}

impl Answer {
    /// Reads the answer whole and holds it against the OpenAPI document.
    #[track_caller]
    fn read(method: &str, path: &str, outcome: Result<Response<Body>, ureq::Error>) -> Self {
        let line = format!("{method} {path}");
        let mut response = outcome.unwrap_or_else(|error| panic!("{line}: {error}"));
        let body = response.body_mut().with_config().limit(u64::MAX).read_to_vec();
        let body = body.unwrap_or_else(|error| panic!("{line}: the body breaks off: {error}"));
        let answer = Self { line, status: response.status().as_u16(), headers: response.headers().clone(), body };
        document::foresees(method, path, &answer);
        answer
    }

    /// Stops the test unless it has this status.
    #[track_caller]
    pub fn must_be(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{self}");
        self
    }

    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{self}: {error}"))
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// A header, empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Every header of a name.
    pub fn all(&self, name: &str) -> Vec<String> {
        let texts = self.headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
        texts.map(str::to_owned).collect()
    }

    /// The version of the resource.
    #[track_caller]
    pub fn etag(&self) -> String {
        let etag = self.header("etag");
        assert!(etag.starts_with('"') && etag.len() > 2, "no ETag: {self}");
        etag.to_owned()
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} answered {}: {}", self.line, self.status, self.text())
    }
}
