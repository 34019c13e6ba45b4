//! The machinery of HTTP: reading requests strictly, answering alike everywhere. It names no resource.

pub mod body;
pub mod canonical;
pub mod edge;
pub mod json;
pub mod moment;
pub mod page;
pub mod params;
pub mod problem;
pub mod problems;
pub mod reply;
pub mod routing;
pub mod schema;
pub mod version;
