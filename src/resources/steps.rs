//! Actions: one state change of a resource, in one transaction, by a step that the domain allows.

use std::fmt::Display;

use diesel_async::AsyncPgConnection;
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use crate::db::{Author, Db};
use crate::domain::steps::NotAllowed;
use crate::domain::text::Prose;
use crate::http::body::Body;
use crate::http::problem::Problem;
use crate::http::problems;
use crate::http::reply::{Answer, Reply};
use crate::http::version::Conditions;
use crate::resources::crud::{self, Stored};
use crate::retry::Retry;

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

/// One action: the resource is locked, its conditions hold, `change` stores the step, and the outcome is answered.
///
/// # Errors
/// `not_found`, `precondition_failed`, and those of `change`.
pub async fn act<R, W>(db: &Db, author: &Author, key: &R::Key, when: &Conditions, retry: Retry, change: W) -> Answer
where
    R: Stored,
    W: AsyncFnOnce(&mut AsyncPgConnection, &R) -> Result<R, Problem>,
{
    retry
        .write(db, author, async |connection| {
            let current = R::lock(connection, key).await?.ok_or_else(|| crud::missing::<R>(key))?;
            when.allow_write(Some(current.version()))?;
            Reply::resource(&change(connection, &current).await?)
        })
        .await
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
