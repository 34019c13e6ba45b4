//! State changes of quarterly submissions: the domain says what is allowed, here it is stored with who and when.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::history::{self, Looked};
use super::row::Submission;
use super::rules::{Asking, Judging};
use super::{disclosure, store};
use crate::clock;
use crate::db::DbError;
use crate::db::schema::quarterly_submissions::{self, dsl};
use crate::domain::terms::{SubmissionAction, SubmissionState};
use crate::domain::{cycle, workflow};
use crate::http::problem::Problem;
use crate::http::problems;
use crate::resources::{faults, steps};

/// The turn of one submission: what its figure is judged by, and until when it can be pushed.
#[derive(Clone, Debug)]
pub struct Turn {
    /// What must be known of the measure.
    pub measure: Judging,
    /// What must be known of its framework.
    pub framework: Arc<Asking>,
    /// Day from which the quarter is locked; null without a collection cycle.
    pub locks_on: Option<NaiveDate>,
}

impl Turn {
    /// Whether this revision may be made, changed or handed in today.
    ///
    /// # Errors
    /// `cycle_locked`, saying since when and what can be done instead.
    pub fn allow_push(&self, revision: i32) -> Result<(), Problem> {
        // Only what was approved is revised.
        cycle::may_push(self.locks_on, revision > 1, clock::today()).map_err(|locked| {
            Problem::new(problems::CYCLE_LOCKED, locked.to_string()).with("locks_on", locked.since.to_string())
        })
    }
}

/// What a state change stores: the state, and who did it when, or why.
#[derive(AsChangeset)]
#[diesel(table_name = quarterly_submissions)]
struct Step<'a> {
    state: SubmissionState,
    submitted_by: Option<&'a str>,
    submitted_at: Option<DateTime<Utc>>,
    approved_by: Option<&'a str>,
    approved_at: Option<DateTime<Utc>>,
    approval_note: Option<&'a str>,
    published_by: Option<&'a str>,
    published_at: Option<DateTime<Utc>>,
    return_reason: Option<&'a str>,
}

impl Step<'_> {
    fn to(state: SubmissionState) -> Self {
        Self {
            state,
            submitted_by: None,
            submitted_at: None,
            approved_by: None,
            approved_at: None,
            approval_note: None,
            published_by: None,
            published_at: None,
            return_reason: None,
        }
    }
}

/// The state to which an action leads.
///
/// # Errors
/// `transition_not_allowed`, naming the state and what is allowed in it.
pub fn allow(current: &Submission, action: SubmissionAction) -> Result<SubmissionState, Problem> {
    steps::allowed(workflow::apply(current.state, action))
}

/// Whether the content of a revision may be changed or deleted.
///
/// # Errors
/// `transition_not_allowed`, saying what can be done instead.
pub fn allow_edit(current: &Submission) -> Result<(), Problem> {
    if workflow::editable(current.state) {
        return Ok(());
    }
    let actions = workflow::actions(current.state);
    let allowed: Vec<&str> = actions.iter().map(AsRef::as_ref).collect();
    let detail = format!(
        "Revision {} is {}, and only a draft or returned one can be changed or deleted. Possible now: {}.",
        current.revision,
        current.state,
        allowed.join(", ")
    );
    Err(Problem::new(problems::TRANSITION_NOT_ALLOWED, detail)
        .with("state", current.state.as_ref())
        .with("allowed", allowed))
}

/// Hands the revision in.
///
/// # Errors
/// `transition_not_allowed`, `cycle_locked`, `figure_missing`.
pub async fn submit(
    connection: &mut AsyncPgConnection,
    turn: &Turn,
    current: &Submission,
    by: &str,
    at: DateTime<Utc>,
) -> Result<Submission, Problem> {
    let state = allow(current, SubmissionAction::Submit)?;
    turn.allow_push(current.revision)?;
    save(connection, current, Step { submitted_by: Some(by), submitted_at: Some(at), ..Step::to(state) }).await
}

/// Approves what another caller handed in; an approved earlier revision gives way. Whoever approves an unlikely figure says in a note
/// why it is right.
///
/// # Errors
/// `transition_not_allowed`, `four_eyes`, `note_required`.
pub async fn approve(
    connection: &mut AsyncPgConnection,
    turn: &Turn,
    current: &Submission,
    note: Option<&str>,
    by: &str,
    at: DateTime<Utc>,
) -> Result<Submission, Problem> {
    let state = allow(current, SubmissionAction::Approve)?;
    if let Some(submitter) = &current.submitted_by {
        workflow::may_approve(submitter, by)
            .map_err(|refused| Problem::new(problems::FOUR_EYES, refused.to_string()))?;
    }
    if note.is_none() {
        certain(connection, turn, current).await?;
    }
    supersede(connection, current, SubmissionState::Approved).await?;
    let step = Step { approved_by: Some(by), approved_at: Some(at), approval_note: note, ..Step::to(state) };
    save(connection, current, step).await
}

/// Refuses a figure that is unlikely beside those that count already.
async fn certain(connection: &AsyncPgConnection, turn: &Turn, current: &Submission) -> Result<(), Problem> {
    let looked = Looked {
        measure: &current.measure,
        quarter: current.quarter,
        period: current.data_period,
        figure: current.figure(),
        judging: &turn.measure,
    };
    let doubts = history::doubts(connection, &[looked]).await?.concat();
    if doubts.is_empty() {
        return Ok(());
    }
    let told: Vec<&str> = doubts.iter().map(|doubt| doubt.detail.as_str()).collect();
    let detail = format!(
        "The figure is unlikely: {}. Approve it with a `note` that says why it is right, or return it.",
        told.join("; ")
    );
    Err(Problem::of_faults(problems::NOTE_REQUIRED, faults::of_fields(doubts)).because(detail))
}

/// Makes the revision public, and decides what members and the public see of it; a published earlier one gives way.
///
/// # Errors
/// `transition_not_allowed`.
pub async fn publish(
    connection: &mut AsyncPgConnection,
    current: &Submission,
    by: &str,
    at: DateTime<Utc>,
) -> Result<Submission, Problem> {
    let state = allow(current, SubmissionAction::Publish)?;
    supersede(connection, current, SubmissionState::Published).await?;
    disclosure::decide(connection, current).await?;
    save(connection, current, Step { published_by: Some(by), published_at: Some(at), ..Step::to(state) }).await
}

/// Sends the revision back with a reason.
///
/// # Errors
/// `transition_not_allowed`.
pub async fn send_back(
    connection: &mut AsyncPgConnection,
    current: &Submission,
    reason: &str,
) -> Result<Submission, Problem> {
    let state = allow(current, SubmissionAction::Return)?;
    save(connection, current, Step { return_reason: Some(reason), ..Step::to(state) }).await
}

/// Begins a correction: a draft of the next revision with the same content.
///
/// # Errors
/// `transition_not_allowed`.
pub async fn revise(
    connection: &mut AsyncPgConnection,
    current: &Submission,
    reason: &str,
) -> Result<Submission, Problem> {
    allow(current, SubmissionAction::Revise)?;
    Ok(store::insert(connection, current.revision + 1, Some(reason), &current.content()?).await?)
}

async fn save(connection: &mut AsyncPgConnection, current: &Submission, step: Step<'_>) -> Result<Submission, Problem> {
    let row = dsl::quarterly_submissions.find((&current.measure, current.quarter, current.revision));
    let update = diesel::update(row).set(step).returning(Submission::as_returning());
    Ok(update.get_result(connection).await.map_err(DbError::from)?)
}

async fn supersede(
    connection: &mut AsyncPgConnection,
    current: &Submission,
    state: SubmissionState,
) -> Result<(), DbError> {
    let earlier = dsl::quarterly_submissions
        .filter(dsl::measure.eq(&current.measure))
        .filter(dsl::quarter.eq(current.quarter))
        .filter(dsl::revision.lt(current.revision))
        .filter(dsl::state.eq(state));
    diesel::update(earlier).set(dsl::state.eq(SubmissionState::Superseded)).execute(connection).await?;
    Ok(())
}
