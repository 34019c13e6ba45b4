//! An answer of the feed: whole, or written while it is read.

use std::pin::Pin;

use actix_web::body::{BodyStream, BoxBody, MessageBody};
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderName, HeaderValue};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, Responder};
use futures_util::{Stream, StreamExt};

use crate::bi::feed::Cells;
use crate::bi::form::Form;
use crate::bi::forms::Writer;
use crate::db::DbError;
use crate::http::problem::Problem;
use crate::http::reply::append;

/// Rows as they come.
pub type Rows = Pin<Box<dyn Stream<Item = Result<Vec<Cells>, DbError>>>>;

/// An answer.
pub struct FeedAnswer {
    status: StatusCode,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: BoxBody,
}

impl FeedAnswer {
    /// `200` with these bytes.
    pub fn whole(form: Form, bytes: Bytes) -> Self {
        Self { status: StatusCode::OK, headers: described(form), body: bytes.boxed() }
    }

    /// `304`: the caller has it already.
    pub fn unchanged() -> Self {
        Self { status: StatusCode::NOT_MODIFIED, headers: Vec::new(), body: BoxBody::new(()) }
    }

    /// Rows in a form. The first of them are read before anything is answered, so that what fails at once is told as a problem;
    /// what fails later breaks the answer off.
    ///
    /// # Errors
    /// Those of reading the first rows.
    pub async fn streamed(form: Form, mut writer: Box<dyn Writer>, rows: Rows) -> Result<Self, Problem> {
        // Where there are no rows at all, their end is met twice.
        let mut rows = rows.fuse();
        let first = rows.next().await.transpose()?;
        let mut begun = writer.begin()?;
        begun.extend(first.map(|rows| writer.rows(&rows)).transpose()?.unwrap_or_default());
        let begun = futures_util::stream::once(async { Ok(Bytes::from(begun)) });
        let rest = futures_util::stream::unfold(Some((writer, rows)), |left| async {
            let (mut writer, mut rows) = left?;
            Some(match rows.next().await {
                Some(Ok(read)) => (writer.rows(&read).map(Bytes::from), Some((writer, rows))),
                Some(Err(error)) => (Err(Problem::from(error)), None),
                None => (writer.end().map(Bytes::from), None),
            })
        });
        // An empty piece would end the body.
        let pieces = begun.chain(rest).filter(|piece| {
            let something = piece.as_ref().map_or(true, |bytes| !bytes.is_empty());
            async move { something }
        });
        let body = BoxBody::new(BodyStream::new(Box::pin(pieces.fuse())));
        Ok(Self { status: StatusCode::OK, headers: described(form), body })
    }

    /// The same with more headers.
    #[must_use]
    pub fn with(mut self, more: impl IntoIterator<Item = (HeaderName, HeaderValue)>) -> Self {
        self.headers.extend(more);
        self
    }
}

/// What a form says of itself.
fn described(form: Form) -> Vec<(HeaderName, HeaderValue)> {
    let kind = (CONTENT_TYPE, HeaderValue::from_static(form.media_type()));
    let file = form.file().and_then(|name| HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")).ok());
    [kind].into_iter().chain(file.map(|file| (CONTENT_DISPOSITION, file))).collect()
}

impl Responder for FeedAnswer {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let mut response = HttpResponse::build(self.status);
        for header in self.headers {
            append(&mut response, header);
        }
        response.body(self.body)
    }
}
