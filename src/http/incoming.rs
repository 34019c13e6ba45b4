//! The body of a request on its way in: it arrives in time or not at all, and nobody reads what nobody wants.

use std::cell::RefCell;
use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use actix_web::body::{BodySize, BoxBody, EitherBody, MessageBody};
use actix_web::dev::{Payload, RequestHead, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::http::{ConnectionType, Version, header};
use actix_web::middleware::Next;
use actix_web::web::Bytes;
use actix_web::{Error, HttpMessage};
use futures_util::Stream;
use tokio::time::{Sleep, sleep};

use super::problem::Problem;
use super::problems;

/// How long the body of a request may take to arrive, as configured.
#[derive(Clone, Copy, Debug)]
pub struct BodyTime(pub Duration);

/// Whether another reader could see the end of the request elsewhere than this server does: a length beside chunks, or chunks in
/// a version of HTTP that has none.
fn ambiguous(head: &RequestHead) -> bool {
    head.headers().contains_key(header::TRANSFER_ENCODING)
        && (head.headers().contains_key(header::CONTENT_LENGTH) || head.version < Version::HTTP_11)
}

/// Middleware: refuses a request that could end in two places.
///
/// # Errors
/// Those of the service behind it.
pub async fn ends_once<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    if ambiguous(request.head()) {
        let detail =
            "`Transfer-Encoding` stands beside `Content-Length`, or in HTTP/1.0; send one of them, by HTTP/1.1.";
        return Ok(request.error_response(Problem::new(problems::BAD_REQUEST, detail)).map_into_right_body());
    }
    Ok(next.call(request).await?.map_into_left_body())
}

/// Middleware: see the module. A part of the body that is still to come when the answer goes out closes the connection; without
/// this the server would read a chunked body to its end, which need not come.
///
/// # Errors
/// Those of the service behind it.
pub async fn in_time<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    if ambiguous(request.head()) {
        let mut response = next.call(request).await?;
        response.response_mut().head_mut().set_connection_type(ConnectionType::Close);
        return Ok(response.map_into_left_body());
    }
    let time = request.app_data::<BodyTime>().copied();
    let (Some(BodyTime(time)), payload @ Payload::H1 { .. }) = (time, request.take_payload()) else {
        return Ok(next.call(request).await?.map_into_left_body());
    };
    let arriving = Rc::new(RefCell::new(payload));
    request.set_payload(Payload::from(Box::pin(Arriving { from: Rc::clone(&arriving), time, end: None }) as Chunks));
    let response = next.call(request).await?;
    Ok(response
        .map_body(|_, body| EitherBody::right(BoxBody::new(Answered { body: Box::pin(body), _unread: arriving }))))
}

type Chunks = Pin<Box<dyn Stream<Item = Result<Bytes, PayloadError>>>>;

/// A body that has until the end of its time.
struct Arriving {
    from: Rc<RefCell<Payload>>,
    time: Duration,
    end: Option<Pin<Box<Sleep>>>,
}

impl Stream for Arriving {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = Pin::new(&mut *self.from.borrow_mut()).poll_next(context);
        if next.is_ready() {
            return next;
        }
        // Most bodies are there at once: the clock starts with the first wait.
        let time = self.time;
        ready!(self.end.get_or_insert_with(|| Box::pin(sleep(time))).as_mut().poll(context));
        Poll::Ready(Some(Err(PayloadError::Io(io::ErrorKind::TimedOut.into()))))
    }
}

/// An answer that holds on to the request's body: the server drains one that was let go, and closes on one that is still held.
struct Answered<B> {
    body: Pin<Box<B>>,
    _unread: Rc<RefCell<Payload>>,
}

impl<B: MessageBody> MessageBody for Answered<B> {
    type Error = B::Error;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, B::Error>>> {
        self.body.as_mut().poll_next(context)
    }
}
