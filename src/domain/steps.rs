//! State changes as tables: which action leads from which state to which, and what to say where there is no such step.

use std::fmt::Display;

use thiserror::Error;

use super::workflow::possible;

/// One step: from a state, by an action, to a state.
pub type Step<S, A> = (S, A, S);

/// An action that the state does not allow.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{action}` is not possible while the {what} is `{state}`: {}", possible(.allowed))]
pub struct NotAllowed<S: Display, A: Display> {
    /// What it is that has the state, such as "plan".
    pub what: &'static str,
    /// Where it stands.
    pub state: S,
    /// What was asked.
    pub action: A,
    /// What is possible instead.
    pub allowed: Vec<A>,
}

/// The state to which `action` leads from `state`; `what` names whose state it is.
///
/// # Errors
/// The state, the action, and what is possible instead.
pub fn apply<S, A>(table: &[Step<S, A>], what: &'static str, state: S, action: A) -> Result<S, NotAllowed<S, A>>
where
    S: Copy + PartialEq + Display,
    A: Copy + PartialEq + Display,
{
    let found = table.iter().find(|(from, by, _)| (*from, *by) == (state, action));
    found.map(|(.., to)| *to).ok_or_else(|| NotAllowed { what, state, action, allowed: actions(table, state) })
}

/// What can be done in a state.
pub fn actions<S: Copy + PartialEq, A: Copy>(table: &[Step<S, A>], state: S) -> Vec<A> {
    table.iter().filter(|(from, ..)| *from == state).map(|(_, by, _)| *by).collect()
}
