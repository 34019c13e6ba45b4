//! Bodies that may be left out, of requests that say all there is to say by their address.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use super::body::{self, Body};
use super::problem::Problem;
use super::{json, media};

/// A body that has passed every check that needs no database; none where nothing was sent.
#[derive(Debug)]
pub struct Optional<T>(pub Option<T>);

impl<T: Body> FromRequest for Optional<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let bytes = body::whole(&request, payload).await?;
            if bytes.is_empty() {
                return Ok(Self(None));
            }
            media::check(&request)?;
            body::check(json::read(&bytes)?).map(|body| Self(Some(body)))
        })
    }
}
