//! The place that a request takes among those in hand, kept on the request so that one that only waits can leave it early.

use std::any::Any;

use actix_web::{HttpMessage, HttpRequest};

/// A place that is free again when this is dropped.
pub struct Slot(#[expect(dead_code, reason = "it is held, and dropped")] Box<dyn Any>);

impl Slot {
    /// Takes the place with the request, until the request has ended or left it.
    pub fn hold(request: &HttpRequest, place: impl Any) {
        request.extensions_mut().insert(Self(Box::new(place)));
    }

    /// Leaves the place.
    pub fn leave(request: &HttpRequest) {
        drop(request.extensions_mut().remove::<Self>());
    }
}
