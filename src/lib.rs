//! The system of record for a council's performance framework.
//!
//! `domain` holds the rules, free of input and output. `http` and `db` are machinery and name no resource. The features
//! stand on these three: `access`, `accounts`, `audit`, `retry`, `resources`, `reports`, `webhooks`, `meta`. `docs/ARCHITECTURE.md` walks through
//! one request of each kind.

pub mod access;
pub mod accounts;
pub mod app;
pub mod audit;
pub mod bi;
pub mod bulk;
pub mod clock;
pub mod commands;
pub mod config;
pub mod db;
pub mod demo;
pub mod domain;
pub mod http;
pub mod limits;
pub mod listing;
pub mod meta;
pub mod odata;
pub mod openapi;
pub mod refusal;
pub mod reports;
pub mod resources;
pub mod retry;
pub mod server;
pub mod tls;
pub mod webhooks;
