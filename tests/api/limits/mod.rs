//! What callers may ask at most: how often, how many at a time, how large, how slowly; each tried at the limit and beyond it.

mod at_once;
mod published;
mod rates;
mod secrets;
mod slow;
mod smuggling;
