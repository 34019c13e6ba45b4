//! Webhooks: who has to be told of which change, and the calls that tell them.
//!
//! The change log is the outbox: it is written in the transaction of every change. `queueing` goes along it and makes deliveries,
//! `calling` makes one call, `outcome` records what came of it, and `deliverer` does all of it while the service runs. Endpoints and
//! their deliveries are kept and shown by `crate::resources::webhook_endpoints`.

pub mod calling;
pub mod deliverer;
pub mod outcome;
pub mod purge;
pub mod queueing;
pub mod resolving;
pub mod signature;
