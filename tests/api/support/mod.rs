//! What every test stands on: a database and a running service of its own, callers, builders, and the common contract.

pub mod app;
pub mod audit;
pub mod client;
pub mod cluster;
pub mod collecting;
pub mod contract;
pub mod db;
pub mod document;
pub mod issuer;
pub mod log;
pub mod make;
pub mod problem;
pub mod raw;
pub mod receiver;
pub mod sql;

pub use app::App;
pub use client::{Answer, Client};
pub use db::Role;
