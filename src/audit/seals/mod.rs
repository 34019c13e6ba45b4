//! The chain of seals over the change log, by which an alteration is found and located.
//!
//! `chain` says what a seal covers and how hashes are made, `verdict` compares seals with changes, `names` the register with its
//! commitments; none of them knows a database. `store`
//! reads and appends seals, `sealer` does so while the service runs, `verify` asks a database, `rows` compares the tables with the
//! log, and `export` writes a file that is verified without one.

pub mod body;
pub mod chain;
pub mod export;
pub mod handlers;
pub mod names;
pub mod rows;
pub mod sealer;
pub mod store;
pub mod verdict;
pub mod verify;
