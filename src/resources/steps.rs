//! Steps between states: why one is taken, and what is told where the domain does not allow it.

use std::fmt::Display;

use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use crate::domain::steps::NotAllowed;
use crate::domain::text::Prose;
use crate::http::body::Body;
use crate::http::problem::Problem;
use crate::http::problems;

/// Why a step is taken.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct StepReason {
    /// The reason, in plain English.
    #[schema(example = "The measure has met its target for two quarters.")]
    pub reason: Prose<2000>,
}

impl Body for StepReason {
    const KEY: &'static [&'static str] = &[];
}

/// The state to which a step leads, as the domain found it.
///
/// # Errors
/// `transition_not_allowed`, naming the state and what is allowed in it.
pub fn allowed<S: Display, A: Display>(found: Result<S, NotAllowed<S, A>>) -> Result<S, Problem> {
    found.map_err(|refused| not_now(&refused, &refused.state, &refused.allowed))
}

/// `transition_not_allowed`, with the state and what is allowed in it.
pub fn not_now<S: Display, A: Display>(told: &impl Display, state: &S, allowed: &[A]) -> Problem {
    let allowed: Vec<String> = allowed.iter().map(ToString::to_string).collect();
    Problem::new(problems::TRANSITION_NOT_ALLOWED, told.to_string())
        .with("state", state.to_string())
        .with("allowed", allowed)
}
