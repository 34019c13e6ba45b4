//! What is asked of whoever supplies a measure's figure for a quarter: where the request stands, how late it is, and what
//! excuses it.

use chrono::NaiveDate;
use thiserror::Error;

use super::cycle::CycleDates;
use super::due::Expected;
use super::period::Quarter;
use super::period_rule::PeriodRule;
use super::terms::SubmissionState;
use super::words::words;

mod explain;
#[cfg(test)]
mod tests;

words! {
    /// Where a data request stands.
    DataRequestState {
        /// The collection has not opened.
        Scheduled,
        /// A figure is asked for, and in time.
        Open,
        /// Handed in; awaits approval.
        Submitted,
        /// A figure was approved or published.
        Accepted,
        /// Sent back; to be handed in again.
        Returned,
        /// No figure was handed in, and the day by which it was due has passed.
        Overdue,
        /// Nothing can be asked for: the source has not been published, or nothing falls due in the quarter.
        NotDue,
        /// No figure is asked for, by decision of an officer.
        Waived,
    }

    /// What excuses whoever has not handed a figure in.
    ExcuseKind {
        /// The source has not been published.
        SourceNotPublished,
        /// Nothing of the measure falls due in the quarter.
        NothingFallsDue,
        /// An officer waived the request.
        Waiver,
    }

    /// What can be done to a data request.
    DataRequestAction {
        /// Ask for no figure.
        Waive,
        /// Ask for the figure again.
        Reinstate,
    }
}

/// What a data request is judged by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Reporting quarter.
    pub quarter: Quarter,
    /// Which periods the measure takes.
    pub rule: PeriodRule,
    /// Days from the end of a period until its figure can be had.
    pub expected_lag_days: i32,
    /// The collection cycle of the quarter, if there is one.
    pub cycle: Option<CycleDates>,
    /// State of the newest revision of the submission.
    pub newest: Option<SubmissionState>,
    /// Whether a revision is approved or published.
    pub counts: bool,
    /// Day on which the figure was first handed in. A correction of a later day does not make it late.
    pub handed_in_on: Option<NaiveDate>,
    /// Whether an officer waived it.
    pub waived: bool,
}

/// Where a data request stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// State.
    pub state: DataRequestState,
    /// The figure that the quarter waits for or, where nothing falls due in it, the next one.
    pub expected: Option<Expected>,
    /// Last day on which the figure is in time: that of the cycle, or the day on which the source is expected if that is
    /// later or there is no cycle. None where nothing falls due.
    pub due_on: Option<NaiveDate>,
    /// Days after `due_on`: until it was handed in, or until today while it is owed. 0 where it is in time or excused.
    pub days_late: i64,
    /// What excuses it.
    pub excuse: Option<ExcuseKind>,
}

/// An action that a data request does not allow.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{action}` is not possible while the data request is `{state}`: {}", possible(*.allowed))]
pub struct NotAllowed {
    /// Where the request stands.
    pub state: DataRequestState,
    /// What was asked.
    pub action: DataRequestAction,
    /// What is possible instead.
    pub allowed: Option<DataRequestAction>,
}

fn possible(allowed: Option<DataRequestAction>) -> String {
    allowed.map_or_else(|| "a figure was handed in".to_owned(), |action| format!("possible is `{action}`"))
}

/// Whether an action is allowed: what is not in hand can be waived, and what was waived can be reinstated.
///
/// # Errors
/// The state, the action, and what is possible instead.
pub fn allow(action: DataRequestAction, state: DataRequestState, waived: bool) -> Result<(), NotAllowed> {
    let in_hand = matches!(state, DataRequestState::Submitted | DataRequestState::Accepted);
    let allowed = match (waived, in_hand) {
        (true, _) => Some(DataRequestAction::Reinstate),
        (false, true) => None,
        (false, false) => Some(DataRequestAction::Waive),
    };
    if allowed == Some(action) { Ok(()) } else { Err(NotAllowed { state, action, allowed }) }
}

impl Asked {
    /// Where the request stands on the day `today`.
    ///
    /// What was handed in comes before a waiver, and a waiver before what is owed. An approved figure stays accepted while
    /// a correction of it is in hand. A draft is not handed in.
    pub fn standing(&self, today: NaiveDate) -> Standing {
        let own = self.rule.expected(self.quarter, self.expected_lag_days);
        let due_on = own.map(|own| self.cycle.map_or(own.due, |cycle| cycle.due_on.max(own.due)));
        let state = self.state(own, due_on, today);
        let until = match state {
            DataRequestState::Submitted | DataRequestState::Accepted => self.handed_in_on,
            DataRequestState::Returned | DataRequestState::Overdue => Some(today),
            _ => None,
        };
        Standing {
            state,
            expected: own.or_else(|| self.next_expected()),
            due_on,
            days_late: until.zip(due_on).map_or(0, |(until, due_on)| (until - due_on).num_days().max(0)),
            excuse: match state {
                DataRequestState::Waived => Some(ExcuseKind::Waiver),
                DataRequestState::NotDue if own.is_some() => Some(ExcuseKind::SourceNotPublished),
                DataRequestState::NotDue => Some(ExcuseKind::NothingFallsDue),
                _ => None,
            },
        }
    }

    fn state(&self, own: Option<Expected>, due_on: Option<NaiveDate>, today: NaiveDate) -> DataRequestState {
        let not_open = self.cycle.is_some_and(|cycle| today < cycle.opens_on);
        match (self.newest, own.zip(due_on)) {
            _ if self.counts => DataRequestState::Accepted,
            (Some(SubmissionState::Submitted), _) => DataRequestState::Submitted,
            _ if self.waived => DataRequestState::Waived,
            (Some(SubmissionState::Returned), _) => DataRequestState::Returned,
            (_, None) => DataRequestState::NotDue,
            _ if not_open => DataRequestState::Scheduled,
            (_, Some((own, _))) if today < own.due => DataRequestState::NotDue,
            (_, Some((_, due_on))) if today <= due_on => DataRequestState::Open,
            _ => DataRequestState::Overdue,
        }
    }

    /// The next figure after one that does not fall due: every measure owes one within five quarters.
    fn next_expected(&self) -> Option<Expected> {
        let later = std::iter::successors(Some(self.quarter.next()), |quarter| Some(quarter.next()));
        later.take(5).find_map(|quarter| self.rule.expected(quarter, self.expected_lag_days))
    }
}
