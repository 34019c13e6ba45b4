//! Deliveries: what an endpoint is sent, every attempt, and how one is sent again.

pub mod body;
pub mod handlers;
pub mod store;
