//! The content of an import on its way in: its form by the media type, its first bytes, and the rest as it arrives.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_LENGTH;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use futures_util::StreamExt;
use sha2::{Digest, Sha256};

use super::charset::Detector;
use super::split::unreadable;
use super::{BYTES, BYTES_AT_ONCE};
use crate::domain::import::{Charset, ContentForm};
use crate::http::body::{self, BodyHash};
use crate::http::problem::Problem;
use crate::http::{media, problems};

/// Media types, each with the form that it says.
const FORMS: &[(&str, ContentForm)] = &[
    ("application/json", ContentForm::Json),
    ("application/x-ndjson", ContentForm::Ndjson),
    ("application/ndjson", ContentForm::Ndjson),
    ("application/jsonl", ContentForm::Ndjson),
    ("text/csv", ContentForm::Csv),
];

/// A content that is arriving.
pub struct Incoming {
    /// Its form.
    pub form: ContentForm,
    /// What has arrived and was not taken.
    begun: Vec<u8>,
    bytes: u64,
    detector: Detector,
    hasher: Sha256,
    /// What is still to come; none once all is there.
    payload: Option<Payload>,
    request: HttpRequest,
}

impl Incoming {
    /// All of it, if it has arrived.
    pub fn whole(&self) -> Option<&[u8]> {
        self.payload.is_none().then_some(self.begun.as_slice())
    }

    /// How much of it has arrived.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// SHA-256 of what has arrived.
    pub fn hash(&self) -> [u8; 32] {
        self.hasher.clone().finalize().into()
    }

    /// How it writes characters, as far as it has arrived.
    ///
    /// # Errors
    /// `import_unreadable` for UTF-16, and for what is UTF-8 in part.
    pub fn charset(&self) -> Result<Charset, Problem> {
        if self.detector.is_wide() {
            let detail = "The content is UTF-16, or no text at all: save it as UTF-8.";
            return Err(unreadable("wrong_charset", detail));
        }
        let ended = self.payload.is_none();
        match self.detector.mixed(ended) {
            Some(detail) => Err(unreadable("wrong_charset", detail)),
            None => Ok(self.detector.charset(ended)),
        }
    }

    /// The next part of it, of any length; none after the last.
    ///
    /// # Errors
    /// `body_too_large`, `request_timeout`, `bad_request`.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, Problem> {
        if self.begun.is_empty() {
            self.arrive().await?;
        }
        Ok(Some(std::mem::take(&mut self.begun)).filter(|part| !part.is_empty()))
    }

    /// Lets the next bytes arrive.
    async fn arrive(&mut self) -> Result<(), Problem> {
        let Some(payload) = &mut self.payload else { return Ok(()) };
        match payload.next().await.transpose().map_err(body::broken)? {
            Some(bytes) => self.take(&bytes),
            None => {
                self.payload = None;
                self.request.extensions_mut().insert(BodyHash(self.hash()));
                Ok(())
            }
        }
    }

    fn take(&mut self, bytes: &Bytes) -> Result<(), Problem> {
        self.bytes += bytes.len() as u64;
        bounded(self.bytes)?;
        self.detector.feed(bytes);
        self.hasher.update(bytes);
        self.begun.extend_from_slice(bytes);
        Ok(())
    }
}

/// Refuses a content of so many bytes, or one that says it will have them.
fn bounded(bytes: u64) -> Result<(), Problem> {
    if bytes <= BYTES {
        return Ok(());
    }
    let detail = format!("The content is larger than {BYTES} bytes: send it in several.");
    Err(Problem::new(problems::BODY_TOO_LARGE, detail))
}

/// How many bytes a request says that it has.
fn announced(request: &HttpRequest) -> u64 {
    let length = request.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    length.and_then(|length| length.parse().ok()).unwrap_or(0)
}

fn form(request: &HttpRequest) -> Result<ContentForm, Problem> {
    let essence = media::essence(request);
    let found = FORMS.iter().find(|(media_type, _)| *media_type == essence);
    let form = found.map(|(_, form)| *form);
    form.ok_or_else(|| media::other(&essence, "application/json, application/x-ndjson or text/csv"))
}

impl FromRequest for Incoming {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            media::check_unpacked(&request)?;
            bounded(announced(&request))?;
            let mut incoming = Self {
                form: form(&request)?,
                begun: Vec::new(),
                bytes: 0,
                detector: Detector::default(),
                hasher: Sha256::new(),
                payload: Some(payload),
                request,
            };
            while incoming.payload.is_some() && incoming.begun.len() <= BYTES_AT_ONCE {
                incoming.arrive().await?;
            }
            Ok(incoming)
        })
    }
}
