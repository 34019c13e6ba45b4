//! State changes of issues of concern: the domain says what is allowed, here it is stored with who, when and why.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::row::{IssueOfConcern, IssueRecord};
use crate::db::DbError;
use crate::db::schema::issues_of_concern::{self, dsl};
use crate::domain::concern;
use crate::domain::terms::{ConcernAction, ConcernState};
use crate::http::problem::Problem;
use crate::resources::steps::allowed;

/// An action with what it takes.
#[derive(Clone, Copy, Debug)]
pub enum Move<'a> {
    /// Take it up.
    Accept,
    /// Leave it, for this reason.
    Decline(&'a str),
    /// Set the day of the report.
    Schedule(NaiveDate),
    /// Record the answer.
    Report(&'a str),
    /// End it, for this reason.
    Close(&'a str),
    /// Take it up again, for this reason.
    Reopen(&'a str),
}

impl Move<'_> {
    const fn action(&self) -> ConcernAction {
        match self {
            Self::Accept => ConcernAction::Accept,
            Self::Decline(_) => ConcernAction::Decline,
            Self::Schedule(_) => ConcernAction::Schedule,
            Self::Report(_) => ConcernAction::Report,
            Self::Close(_) => ConcernAction::Close,
            Self::Reopen(_) => ConcernAction::Reopen,
        }
    }
}

/// What a state change stores: the state, and who did it when, and why; the newest of its kind.
#[derive(AsChangeset)]
#[diesel(table_name = issues_of_concern)]
struct Step<'a> {
    state: ConcernState,
    accepted_by: Option<&'a str>,
    accepted_at: Option<DateTime<Utc>>,
    declined_by: Option<&'a str>,
    declined_at: Option<DateTime<Utc>>,
    decline_reason: Option<&'a str>,
    scheduled_by: Option<&'a str>,
    scheduled_at: Option<DateTime<Utc>>,
    report_on: Option<NaiveDate>,
    reported_by: Option<&'a str>,
    reported_at: Option<DateTime<Utc>>,
    answer: Option<&'a str>,
    closed_by: Option<&'a str>,
    closed_at: Option<DateTime<Utc>>,
    close_reason: Option<&'a str>,
    reopened_by: Option<&'a str>,
    reopened_at: Option<DateTime<Utc>>,
    reopen_reason: Option<&'a str>,
}

impl<'a> Step<'a> {
    fn of(state: ConcernState, taken: Move<'a>, by: &'a str, at: DateTime<Utc>) -> Self {
        let (by, at, none) = (Some(by), Some(at), Self::to(state));
        match taken {
            Move::Accept => Self { accepted_by: by, accepted_at: at, ..none },
            Move::Decline(why) => Self { declined_by: by, declined_at: at, decline_reason: Some(why), ..none },
            Move::Schedule(day) => Self { scheduled_by: by, scheduled_at: at, report_on: Some(day), ..none },
            Move::Report(answer) => Self { reported_by: by, reported_at: at, answer: Some(answer), ..none },
            Move::Close(why) => Self { closed_by: by, closed_at: at, close_reason: Some(why), ..none },
            Move::Reopen(why) => Self { reopened_by: by, reopened_at: at, reopen_reason: Some(why), ..none },
        }
    }

    fn to(state: ConcernState) -> Self {
        Self {
            state,
            accepted_by: None,
            accepted_at: None,
            declined_by: None,
            declined_at: None,
            decline_reason: None,
            scheduled_by: None,
            scheduled_at: None,
            report_on: None,
            reported_by: None,
            reported_at: None,
            answer: None,
            closed_by: None,
            closed_at: None,
            close_reason: None,
            reopened_by: None,
            reopened_at: None,
            reopen_reason: None,
        }
    }
}

/// Takes a step.
///
/// # Errors
/// `transition_not_allowed`.
pub async fn take(
    connection: &mut AsyncPgConnection,
    current: &IssueOfConcern,
    taken: Move<'_>,
    by: &str,
    at: DateTime<Utc>,
) -> Result<IssueOfConcern, Problem> {
    let state = allowed(concern::apply(current.kept.state, taken.action()))?;
    let update = diesel::update(dsl::issues_of_concern.find(&current.kept.code)).set(Step::of(state, taken, by, at));
    let update = update.returning(IssueRecord::as_returning());
    Ok(IssueOfConcern::today(update.get_result(connection).await.map_err(DbError::from)?))
}
