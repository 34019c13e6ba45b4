//! The annual review: what a proposal needs, how a year would have been coloured, when the next review is due.

mod deciding;
mod due;
mod effect;
mod evidence;
mod proposed;

pub use self::deciding::{ProposalOutcome, Verdict, check_verdicts};
pub use self::due::{days_overdue, next_due};
pub use self::effect::{BothWays, EffectOn, Proposed, rejudge};
pub use self::evidence::{Evidence, TargetRecord};
pub use self::proposed::ProposedTarget;

use super::terms::{Accumulation, Calendar, Frequency, Unit};

/// The parts of a definition that decide whether figures are like one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counting {
    /// What one unit of the value is.
    pub unit: Unit,
    /// For a rate, the population it is per.
    pub rate_base: Option<i32>,
    /// How often a figure falls due.
    pub frequency: Frequency,
    /// Year that figures follow.
    pub calendar: Calendar,
    /// What stretch of time one figure covers.
    pub accumulation: Accumulation,
}

impl Counting {
    /// Whether figures counted in this way can no longer be compared with those counted as `before`.
    pub fn ends_comparison(&self, before: &Self) -> bool {
        self != before
    }
}
