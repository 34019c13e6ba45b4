//! The deadlines of a framework as a calendar that people subscribe to.
//!
//! `events` says what happens on which day, `icalendar` writes it down as RFC 5545 asks.

mod events;
pub mod handlers;
mod icalendar;
