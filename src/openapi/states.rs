//! Which actions each state allows, whoever asks, from the tables of the domain.

use std::fmt::{Display, Write};
use std::str::FromStr;

use strum::VariantNames;

use crate::domain::report::{self, ReportAction, ReportState};
use crate::domain::terms::{
    ConcernAction, ConcernState, RecoveryAction, RecoveryState, SubmissionAction, SubmissionState,
};
use crate::domain::{concern, recovery, workflow};

/// Something with states: where its actions are, its states, and the state to which an action leads from one.
struct Machine {
    member: &'static str,
    states: &'static [&'static str],
    leads: fn(&str, &str) -> Option<String>,
}

const MACHINES: &[Machine] = &[
    Machine {
        member: "/api/v1/quarterly-submissions/{measure}/{quarter}/",
        states: SubmissionState::VARIANTS,
        leads: |state, action| {
            lead::<SubmissionState, SubmissionAction, _>(state, action, |s, a| workflow::apply(s, a).ok())
        },
    },
    Machine {
        member: "/api/v1/recovery-plans/{plan}/",
        states: RecoveryState::VARIANTS,
        leads: |state, action| {
            lead::<RecoveryState, RecoveryAction, _>(state, action, |s, a| recovery::apply(s, a).ok())
        },
    },
    Machine {
        member: "/api/v1/issues-of-concern/{issue}/",
        states: ConcernState::VARIANTS,
        leads: |state, action| lead::<ConcernState, ConcernAction, _>(state, action, |s, a| concern::apply(s, a).ok()),
    },
    Machine {
        member: "/api/v1/quarterly-reports/{framework}/{quarter}/",
        states: ReportState::VARIANTS,
        leads: |state, action| lead::<ReportState, ReportAction, _>(state, action, |s, a| report::apply(s, a).ok()),
    },
];

fn lead<S, A, R>(state: &str, action: &str, apply: fn(S, A) -> Option<R>) -> Option<String>
where
    S: FromStr,
    A: FromStr,
    R: Display,
{
    apply(state.parse().ok()?, action.parse().ok()?).map(|next| next.to_string())
}

/// For each action, the state to which it leads from each state; `-` where it is refused with 409. Operations come with their
/// addresses.
pub fn text<'a>(operations: impl Iterator<Item = (&'a str, &'a str)> + Clone) -> String {
    let mut text = String::from(
        "# Actions and states: to which state each leads, `-` is refused with 409 (tests/api/<resource>/<action>.rs try each).\n",
    );
    for machine in MACHINES {
        let row = |first: &str, cells: &[String]| {
            let cells: Vec<String> = cells.iter().map(|cell| format!("{cell:<11}")).collect();
            format!("{first:<44} {}", cells.join(" ")).trim_end().to_owned()
        };
        let states: Vec<String> = machine.states.iter().map(|state| (*state).to_owned()).collect();
        let _ = writeln!(text, "{}", row("operation", &states));
        for (id, path) in operations.clone() {
            let Some(action) = path.strip_prefix(machine.member).filter(|rest| !rest.contains(['/', '{'])) else {
                continue;
            };
            let action = action.replace('-', "_");
            let next = |state: &&str| (machine.leads)(state, &action);
            if machine.states.iter().all(|state| next(state).is_none()) {
                continue;
            }
            let cells: Vec<String> =
                machine.states.iter().map(|state| next(state).unwrap_or_else(|| "-".to_owned())).collect();
            let _ = writeln!(text, "{}", row(id, &cells));
        }
    }
    text
}
