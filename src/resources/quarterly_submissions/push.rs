//! What a push comes to: the one set of rules for a single figure and for every row of an import.

use super::body::SubmissionBody;
use super::row::Submission;
use super::rules;
use super::transitions::{self, Turn};
use crate::domain::import::ApprovedRows;
use crate::domain::period::Quarter;
use crate::domain::terms::{SubmissionAction, SubmissionState};
use crate::http::problem::Problem;

/// What is to be written of a push.
#[derive(Clone, Copy, Debug)]
pub enum Push<'a> {
    /// A first revision.
    Create,
    /// Nothing: this revision says the same.
    Unchanged(&'a Submission),
    /// Other content in this revision, which is a draft or was returned.
    Replace(&'a Submission),
    /// The next revision after this one, which is approved or published and stays.
    Propose(&'a Submission),
}

/// Judges a push by the newest revision that is there, and completes the body's value from its parts. An approved figure is never
/// overwritten: the push is refused, or becomes the proposal of a revision, as the caller chose.
///
/// # Errors
/// What the rules refuse; `transition_not_allowed`; `cycle_locked`.
pub fn judge<'a>(
    body: &mut SubmissionBody,
    quarter: Quarter,
    turn: &Turn,
    current: Option<&'a Submission>,
    approved: ApprovedRows,
) -> Result<Push<'a>, Problem> {
    rules::check(body, quarter, &turn.measure, &turn.framework)?;
    let Some(current) = current else {
        turn.allow_push(1)?;
        return Ok(Push::Create);
    };
    if current.says(body) {
        return Ok(Push::Unchanged(current));
    }
    let counts = matches!(current.state, SubmissionState::Approved | SubmissionState::Published);
    if counts && approved == ApprovedRows::Revise {
        transitions::allow(current, SubmissionAction::Revise)?;
        turn.allow_push(current.revision + 1)?;
        return Ok(Push::Propose(current));
    }
    transitions::allow_edit(current)?;
    turn.allow_push(current.revision)?;
    Ok(Push::Replace(current))
}
