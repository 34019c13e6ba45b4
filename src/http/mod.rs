//! The machinery of HTTP: reading requests strictly, answering alike everywhere. It names no resource.

pub mod body;
pub mod canonical;
pub mod cors;
pub mod date;
pub mod edge;
pub(crate) mod faults;
pub mod incoming;
pub mod json;
pub mod logged;
pub mod media;
pub mod moment;
pub mod odata;
pub mod optional;
pub mod page;
pub mod params;
pub mod peer;
pub mod problem;
pub mod problems;
pub mod reply;
pub mod routing;
pub mod safety;
pub mod schema;
pub mod secrets;
pub mod slot;
pub mod spreadsheet;
pub mod version;
