//! What each operation comes to in each state of what it is about, from the tables of the domain. Who may ask, and on whose objects,
//! is the same in every state; a test holds all of it against the running service.

use std::fmt::{self, Display, Write};
use std::str::FromStr;

use strum::VariantNames;

use crate::access::audience::Audience;
use crate::domain::report::{self, ReportAction, ReportState};
use crate::domain::terms::{
    ConcernAction, ConcernState, RecoveryAction, RecoveryState, ReviewStatus, SubmissionAction, SubmissionState,
};
use crate::domain::{concern, recovery, workflow};

/// Something with states.
pub struct Machine {
    /// Address of one.
    pub member: &'static str,
    /// Its states.
    pub states: &'static [&'static str],
    /// The state to which an action leads from one.
    leads: fn(&str, &str) -> Option<String>,
    /// Whether its content can be changed.
    changes: fn(&str) -> bool,
    /// Whether it can be deleted.
    deletes: fn(&str) -> bool,
    /// Whether it can be asked for what only a sealed one has.
    sealed: fn(&str) -> bool,
    /// Whether an audience is shown one in this state, at an address that is for it.
    pub shown: fn(Audience, &str) -> bool,
}

/// What an operation comes to in a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// It is done, or answered.
    Done,
    /// The same, and this is the state afterwards.
    Leads(String),
    /// `409`, or `404` for what is not there yet.
    Refused,
}

impl Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Done => "x",
            Self::Leads(state) => state,
            Self::Refused => "-",
        })
    }
}

/// The read of a report that only a sealed one answers: before, what it says is made anew for each question.
const OF_SEALED: &str = "/verify";

/// Everything that has states.
pub const MACHINES: &[Machine] = &[
    Machine {
        member: "/api/v1/quarterly-submissions/{measure}/{quarter}",
        states: SubmissionState::VARIANTS,
        leads: |state, action| {
            lead::<SubmissionState, SubmissionAction, _>(state, action, |s, a| workflow::apply(s, a).ok())
        },
        changes: |state| is(state, workflow::editable),
        deletes: |state| is(state, workflow::editable),
        sealed: |_| true,
        shown: |audience, state| audience == Audience::Internal || state == SubmissionState::Published.as_ref(),
    },
    Machine {
        member: "/api/v1/recovery-plans/{plan}",
        states: RecoveryState::VARIANTS,
        leads: |state, action| {
            lead::<RecoveryState, RecoveryAction, _>(state, action, |s, a| recovery::apply(s, a).ok())
        },
        changes: |state| is(state, recovery::editable),
        deletes: |state| is(state, recovery::editable),
        sealed: |_| true,
        shown: |audience, state| audience == Audience::Internal || state != RecoveryState::Drafted.as_ref(),
    },
    Machine {
        member: "/api/v1/issues-of-concern/{issue}",
        states: ConcernState::VARIANTS,
        leads: |state, action| lead::<ConcernState, ConcernAction, _>(state, action, |s, a| concern::apply(s, a).ok()),
        changes: |state| is(state, concern::open),
        deletes: |state| is(state, concern::deletable),
        sealed: |_| true,
        shown: |_, _| true,
    },
    Machine {
        member: "/api/v1/quarterly-reports/{framework}/{quarter}",
        states: ReportState::VARIANTS,
        leads: |state, action| lead::<ReportState, ReportAction, _>(state, action, |s, a| report::apply(s, a).ok()),
        changes: |state| is(state, report::editable),
        deletes: |state| is(state, report::editable),
        sealed: |state| is(state, report::sealed),
        shown: |audience, state| audience == Audience::Internal || is(state, report::public),
    },
    Machine {
        member: "/api/v1/annual-target-reviews/{framework}/{year}",
        states: ReviewStatus::VARIANTS,
        leads: |state, action| {
            let from: ReviewStatus = state.parse().ok()?;
            if action == "prefill" {
                return (from == ReviewStatus::Open).then(|| from.to_string());
            }
            let next = workflow::next_review_states(from).iter();
            next.copied().find(|to| workflow::review_action(*to) == Some(action)).map(|to| to.to_string())
        },
        changes: |state| is(state, workflow::proposals_editable),
        deletes: |state| is(state, workflow::proposals_editable),
        sealed: |_| true,
        shown: |audience, _| audience == Audience::Internal,
    },
];

fn is<S: FromStr>(state: &str, holds: fn(S) -> bool) -> bool {
    state.parse().is_ok_and(holds)
}

fn lead<S, A, R>(state: &str, action: &str, apply: fn(S, A) -> Option<R>) -> Option<String>
where
    S: FromStr,
    A: FromStr,
    R: Display,
{
    apply(state.parse().ok()?, action.parse().ok()?).map(|next| next.to_string())
}

impl Machine {
    /// What stands behind the address of one; none for an address of something else.
    fn below<'a>(&self, path: &'a str) -> Option<&'a str> {
        path.strip_prefix(self.member).filter(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// What an operation comes to in a state; none for an operation on something else.
    pub fn cell(&self, method: &str, path: &str, state: &str) -> Option<Cell> {
        let below = self.below(path)?;
        let when = |holds: bool| if holds { Cell::Done } else { Cell::Refused };
        Some(match method {
            "GET" if below == OF_SEALED => when((self.sealed)(state)),
            "GET" => Cell::Done,
            "PUT" | "PATCH" => when((self.changes)(state)),
            "DELETE" => when((self.deletes)(state)),
            _ => {
                let action = below.trim_start_matches('/').replace('-', "_");
                (self.leads)(state, &action).map_or(Cell::Refused, Cell::Leads)
            }
        })
    }
}

/// The third part of the matrix. Operations come with their methods and addresses.
pub fn text<'a>(operations: impl Iterator<Item = (&'a str, &'a str, &'a str)> + Clone) -> String {
    let mut text = String::from(
        "# Operations and states of what they are about: the state to which an action leads, `x` is done or answered, `-` is refused: 409, or\n\
         # 404 for the proof of a report that is not sealed. PUT and PATCH are of other content; who sends the same is told the same, and of an\n\
         # agreed plan the owner and the delivery can change. Roles and objects are as above in every state. The last line of each tells\n\
         # in which states members and the public are shown it, where the address is for them.\n",
    );
    for machine in MACHINES {
        let row = |first: &str, cells: &[String]| {
            let cells: Vec<String> = cells.iter().map(|cell| format!("{cell:<13}")).collect();
            format!("{first:<44} {}", cells.join(" ")).trim_end().to_owned()
        };
        let states: Vec<String> = machine.states.iter().map(|state| (*state).to_owned()).collect();
        let _ = writeln!(text, "{}", row("operation", &states));
        for (id, method, path) in operations.clone() {
            let cells: Vec<String> = machine
                .states
                .iter()
                .filter_map(|state| machine.cell(method, path, state))
                .map(|cell| cell.to_string())
                .collect();
            if !cells.is_empty() {
                let _ = writeln!(text, "{}", row(id, &cells));
            }
        }
        let shown = |state: &&str| if (machine.shown)(Audience::Members, state) { "x" } else { "-" }.to_owned();
        let shown: Vec<String> = machine.states.iter().map(shown).collect();
        let _ = writeln!(text, "{}", row("(shown to members and the public)", &shown));
    }
    text
}
