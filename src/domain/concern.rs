//! Issues of concern: what can be done with one in each of its states, and since when its report is overdue.

use chrono::NaiveDate;

use super::steps::{self, NotAllowed, Step};
use super::terms::{ConcernAction, ConcernState};

/// Every transition there is: from, by, to. What is not here is not allowed.
const TRANSITIONS: [Step<ConcernState, ConcernAction>; 8] = {
    use ConcernAction::{Accept, Close, Decline, Reopen, Report, Schedule};
    use ConcernState::{Accepted, Closed, Declined, Raised, Reopened, Reported, Scheduled};
    [
        (Raised, Accept, Accepted),
        (Raised, Decline, Declined),
        (Accepted, Schedule, Scheduled),
        (Scheduled, Report, Reported),
        (Reported, Close, Closed),
        (Closed, Reopen, Reopened),
        (Reopened, Schedule, Scheduled),
        (Reopened, Report, Reported),
    ]
};

/// The state to which an action leads.
///
/// # Errors
/// The state, the action, and what is possible instead.
pub fn apply(
    state: ConcernState,
    action: ConcernAction,
) -> Result<ConcernState, NotAllowed<ConcernState, ConcernAction>> {
    steps::apply(&TRANSITIONS, "issue", state, action)
}

/// What can be done in a state.
pub fn actions(state: ConcernState) -> Vec<ConcernAction> {
    steps::actions(&TRANSITIONS, state)
}

/// Whether it may be deleted: only before anybody has dealt with it.
pub const fn deletable(state: ConcernState) -> bool {
    matches!(state, ConcernState::Raised)
}

/// Whether a report is still awaited.
pub const fn awaits_report(state: ConcernState) -> bool {
    use ConcernState::{Accepted, Raised, Reopened, Scheduled};
    matches!(state, Raised | Accepted | Scheduled | Reopened)
}

/// Whether it is not over; then its wording may still be changed.
pub const fn open(state: ConcernState) -> bool {
    !matches!(state, ConcernState::Declined | ConcernState::Closed)
}

/// By how many days the report is overdue `today`: late from the day after it was wanted; 0 where it is not.
pub fn days_overdue(state: ConcernState, wanted_by: Option<NaiveDate>, today: NaiveDate) -> i64 {
    match wanted_by {
        Some(wanted_by) if awaits_report(state) => (today - wanted_by).num_days().max(0),
        _ => 0,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop on a wrong fixture")]
mod tests {
    use strum::VariantNames;

    use super::super::fixtures::day;
    use super::*;

    #[test]
    fn every_pair_of_state_and_action_is_decided() {
        let expected = [
            ("raised", "accept=accepted decline=declined"),
            ("accepted", "schedule=scheduled"),
            ("declined", ""),
            ("scheduled", "report=reported"),
            ("reported", "close=closed"),
            ("closed", "reopen=reopened"),
            ("reopened", "schedule=scheduled report=reported"),
        ];
        assert_eq!(expected.map(|(state, _)| state), ConcernState::VARIANTS);
        for (state, steps) in expected {
            let state: ConcernState = state.parse().unwrap();
            let to = |action: &&str| apply(state, action.parse().unwrap()).map(|to| format!("{action}={to}"));
            let found: Vec<_> = ConcernAction::VARIANTS.iter().filter_map(|action| to(action).ok()).collect();
            assert_eq!(found.join(" "), steps, "{state}");
            assert_eq!(actions(state).len(), found.len());
        }
    }

    #[test]
    fn says_what_is_possible_instead() {
        for (state, action, message) in [
            (
                "raised",
                "close",
                "`close` is not possible while the issue is `raised`: possible is `accept` or `decline`",
            ),
            ("declined", "accept", "`accept` is not possible while the issue is `declined`: nothing more is"),
        ] {
            let refused = apply(state.parse().unwrap(), action.parse().unwrap()).unwrap_err();
            assert_eq!(refused.to_string(), message);
        }
    }

    #[test]
    fn what_is_over_keeps_its_wording_and_what_was_dealt_with_stays() {
        let those = |holds: fn(ConcernState) -> bool| -> Vec<&str> {
            ConcernState::VARIANTS.iter().filter(|state| holds(state.parse().unwrap())).copied().collect()
        };
        assert_eq!(those(open), ["raised", "accepted", "scheduled", "reported", "reopened"]);
        assert_eq!(those(deletable), ["raised"]);
        assert_eq!(those(awaits_report), ["raised", "accepted", "scheduled", "reopened"]);
    }

    #[test]
    fn a_report_is_overdue_from_the_day_after_it_was_wanted_until_it_comes() {
        let wanted = Some(day("2025-09-22"));
        for (state, wanted_by, today, days) in [
            ("raised", wanted, "2025-09-21", 0),
            ("raised", wanted, "2025-09-22", 0),
            ("raised", wanted, "2025-09-23", 1),
            ("accepted", wanted, "2025-10-22", 30),
            ("scheduled", wanted, "2025-10-22", 30),
            ("reopened", wanted, "2025-10-22", 30),
            ("reported", wanted, "2025-10-22", 0),
            ("closed", wanted, "2025-10-22", 0),
            ("declined", wanted, "2025-10-22", 0),
            ("accepted", None, "2025-10-22", 0),
        ] {
            assert_eq!(days_overdue(state.parse().unwrap(), wanted_by, day(today)), days, "{state} on {today}");
        }
    }
}
