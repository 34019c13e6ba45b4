//! Cursors of the change log: a place in it, as callers keep it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::store::Place;
use crate::http::problem::Problem;
use crate::http::problems;

/// The cursor from which what comes after this place is read.
pub fn write(place: Place) -> String {
    URL_SAFE_NO_PAD.encode(format!("{}.{}", place.transaction_number, place.sequence))
}

/// The place that a cursor stands for.
///
/// # Errors
/// `invalid_cursor`.
pub fn read(cursor: &str) -> Result<Place, Problem> {
    let text = URL_SAFE_NO_PAD.decode(cursor).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let parts = text
        .as_deref()
        .and_then(|text| text.split_once('.'))
        .and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
    let (transaction_number, sequence) = parts
        .ok_or_else(|| Problem::new(problems::INVALID_CURSOR, "The cursor was not given out by the change log."))?;
    Ok(Place { transaction_number, sequence })
}
