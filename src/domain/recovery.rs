//! Recovery plans: what can be done with one in each of its states, whether its parts make sense, and whether the figures
//! follow the trajectory that it promised.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::fault::Fault;
use super::period::Quarter;
use super::quantity::{round_to, storable};
use super::reading::Reading;
use super::steps::{self, NotAllowed, Step};
use super::terms::{Assessment, Polarity, RecoveryAction, RecoveryState};
use super::words::words;

/// Every transition there is: from, by, to. What is not here is not allowed.
///
/// An assessment leads to the state of its verdict: the table has the better one, [`assessed`] decides.
const TRANSITIONS: [Step<RecoveryState, RecoveryAction>; 6] = {
    use RecoveryAction::{Agree, Assess, Close, Start};
    use RecoveryState::{Agreed, Closed, Drafted, Effective, InDelivery, Ineffective};
    [
        (Drafted, Agree, Agreed),
        (Agreed, Start, InDelivery),
        (InDelivery, Assess, Effective),
        (InDelivery, Close, Closed),
        (Effective, Close, Closed),
        (Ineffective, Close, Closed),
    ]
};

words! {
    /// Whether a figure follows the trajectory.
    TrajectoryStanding {
        /// As good as was expected, or better.
        OnTrajectory,
        /// Worse than was expected.
        Missed,
        /// The figure is due and there is no number.
        NoFigure,
        /// The figure is not due yet.
        NotDue,
    }
}

/// A point of a trajectory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrajectoryPoint {
    /// Reporting quarter.
    pub quarter: Quarter,
    /// The value expected for it, exact.
    pub expected: Decimal,
}

/// The good side of an expected value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoodSide {
    /// At it or above.
    Above,
    /// At it or below.
    Below,
}

/// The state to which an action leads; for [`RecoveryAction::Assess`] see [`assessed`].
///
/// # Errors
/// The state, the action, and what is possible instead.
pub fn apply(
    state: RecoveryState,
    action: RecoveryAction,
) -> Result<RecoveryState, NotAllowed<RecoveryState, RecoveryAction>> {
    steps::apply(&TRANSITIONS, "plan", state, action)
}

/// What can be done in a state.
pub fn actions(state: RecoveryState) -> Vec<RecoveryAction> {
    steps::actions(&TRANSITIONS, state)
}

/// The state to which an assessment leads: a plan that achieved at least part of what it promised was effective.
///
/// # Errors
/// As [`apply`].
pub fn assessed(
    state: RecoveryState,
    verdict: Assessment,
) -> Result<RecoveryState, NotAllowed<RecoveryState, RecoveryAction>> {
    let effective = apply(state, RecoveryAction::Assess)?;
    Ok(if verdict == Assessment::NoEffect { RecoveryState::Ineffective } else { effective })
}

/// Whether the plan may still be rewritten: once it is agreed, it stands.
pub const fn editable(state: RecoveryState) -> bool {
    matches!(state, RecoveryState::Drafted)
}

/// Whether its owner, and how its delivery stands, may still be changed.
pub const fn deliverable(state: RecoveryState) -> bool {
    !matches!(state, RecoveryState::Closed)
}

/// On which side of the expected value a figure is as good as promised. What is best inside a band recovers the way
/// that its trajectory goes; none where neither direction is good, or the trajectory goes nowhere.
pub fn good_side(polarity: Polarity, trajectory: &[TrajectoryPoint]) -> Option<GoodSide> {
    let way = || {
        let (first, last) = (trajectory.first()?.expected, trajectory.last()?.expected);
        if last > first { Some(GoodSide::Above) } else { (last < first).then_some(GoodSide::Below) }
    };
    match polarity {
        Polarity::High => Some(GoodSide::Above),
        Polarity::Low => Some(GoodSide::Below),
        Polarity::Band => way(),
        Polarity::Neutral => None,
    }
}

/// Everything wrong with a trajectory, each with the place of its point, counted from 0.
pub fn check_trajectory(trajectory: &[TrajectoryPoint]) -> Vec<(usize, Fault)> {
    let mut faults = Vec::new();
    for (at, point) in trajectory.iter().enumerate() {
        faults.extend(storable("expected", point.expected).map(|fault| (at, fault)));
        let before = at.checked_sub(1).and_then(|before| trajectory.get(before));
        if let Some(before) = before.filter(|before| before.quarter >= point.quarter) {
            let detail = format!(
                "{} comes after {}: give each quarter once, the earliest first.",
                point.quarter, before.quarter
            );
            faults.push((at, Fault::new("quarter", "not_ascending", detail)));
        }
    }
    faults
}

/// What is wrong with the days of an intervention.
pub fn check_days(starts_on: Option<NaiveDate>, due_on: Option<NaiveDate>) -> Option<Fault> {
    let (starts_on, due_on) = (starts_on?, due_on?);
    let detail = format!("It is due on {due_on}, before it starts on {starts_on}: correct one of the two.");
    (due_on < starts_on).then(|| Fault::new("due_on", "before_start", detail))
}

/// What keeps a trajectory from being judged by a measure.
pub fn check_measure(polarity: Polarity, trajectory: &[TrajectoryPoint]) -> Option<Fault> {
    match polarity {
        Polarity::Neutral => {
            let detail =
                "Neither direction of this measure is good, so that it cannot recover: choose another measure.";
            Some(Fault::new("measure", "no_good_direction", detail))
        }
        Polarity::Band if !trajectory.is_empty() && good_side(polarity, trajectory).is_none() => {
            let detail = "The measure is best inside a band, so that its trajectory must say which way it is to go: begin it \
                          with the value from which it starts, and end it with another.";
            Some(Fault::new("trajectory", "goes_nowhere", detail))
        }
        _ => None,
    }
}

/// Whether a figure follows the trajectory. The figure is rounded to the places at which it is printed, the expected
/// value is exact; just what was expected is good enough.
pub fn standing(side: Option<GoodSide>, expected: Decimal, actual: Reading, decimal_places: u32) -> TrajectoryStanding {
    let value = match actual {
        Reading::Value(value) => round_to(value, decimal_places),
        Reading::NotDue { .. } => return TrajectoryStanding::NotDue,
        Reading::Missing(_) | Reading::Outstanding { .. } => return TrajectoryStanding::NoFigure,
    };
    let good = match side {
        Some(GoodSide::Above) => value >= expected,
        Some(GoodSide::Below) => value <= expected,
        None => value == expected,
    };
    if good { TrajectoryStanding::OnTrajectory } else { TrajectoryStanding::Missed }
}

/// The newest point that is due, of points in ascending order.
pub fn newest_due<T>(points: &[T], standing: impl Fn(&T) -> TrajectoryStanding) -> Option<&T> {
    points.iter().rev().find(|point| standing(point) != TrajectoryStanding::NotDue)
}

#[cfg(test)]
mod tests;
