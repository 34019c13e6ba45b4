//! Whose eyes figures are shown to.

use serde::Serialize;
use strum::{AsRefStr, Display};
use utoipa::ToSchema;

/// Whose eyes figures are shown to. So far every role works with the true values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema, AsRefStr, Display)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Audience {
    /// Those who work with the figures: the true values.
    Internal,
}
