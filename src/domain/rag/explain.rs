//! A rating's reason in plain English, for a reader who has the report and not the rules.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{RagReason, RagStatus};
use crate::domain::limits::{Edge, Limits};
use crate::domain::quantity::exact;
use crate::domain::reading::Reading;
use crate::domain::target::{Relative, Tolerance};

/// Why a value (already rounded) has its colour.
pub(super) fn colour(status: RagStatus, value: Decimal, limits: &Limits, relative: Option<&Relative>) -> String {
    let because = match (limits.lower, limits.upper) {
        (Some(lower), Some(upper)) => band(status, value, limits, lower, upper),
        (Some(edge), None) => moving(status, value, limits, (edge, Side::Least), relative),
        (_, Some(edge)) => moving(status, value, limits, (edge, Side::Most), relative),
        (None, None) => String::new(),
    };
    format!("{status} because {because}")
}

/// The same for one edge, with what a relative target was resolved from.
fn moving(
    status: RagStatus,
    value: Decimal,
    limits: &Limits,
    (edge, side): (Edge, Side),
    relative: Option<&Relative>,
) -> String {
    let plain = || point(status, value, limits, edge, side);
    let Some(relative) = relative else { return plain() };
    let derivation = relative.derivation();
    if status == RagStatus::Green {
        return format!("{value} is {} {}, {derivation}", compared(edge, side), exact(edge.target));
    }
    format!("{}; the target is {derivation}", plain())
}

/// Why there is no colour.
pub(super) fn no_colour(
    status: RagStatus,
    reason: RagReason,
    reading: &Reading,
    relative: Option<&Relative>,
) -> String {
    let because = match (reading, reason) {
        (Reading::NotDue { due: None }, _) => "nothing falls due in this quarter".to_owned(),
        (Reading::NotDue { due: Some(due) }, _) => format!("not due until {}", long_date(*due)),
        (Reading::Outstanding { due, days_late }, _) => {
            let days = if *days_late == 1 { "day" } else { "days" };
            format!("outstanding since {}, {days_late} {days} late", long_date(*due))
        }
        (Reading::Missing(symbol), _) => format!("{} (symbol {symbol})", symbol.meaning()),
        (_, RagReason::Activity) => "this measure watches activity, which is never coloured".to_owned(),
        (_, RagReason::NeutralPolarity) => "neither direction is good for this measure".to_owned(),
        (_, RagReason::ProfileMissing) => {
            "a running total is compared with a profiled target, and this target has no profile".to_owned()
        }
        (_, RagReason::BenchmarkUnavailable) => {
            let figure = relative.map_or_else(|| "comparator".to_owned(), Relative::figure);
            format!("the target is the {figure}, and there is no such figure")
        }
        _ => "there is no target for this year".to_owned(),
    };
    if status == RagStatus::NoData { format!("no data: {because}") } else { format!("not rated because {because}") }
}

/// Why the year's target judges nothing.
pub(super) fn target_unfit() -> String {
    "not rated because the target of this year no longer fits the measure's definition; it needs a new one".to_owned()
}

/// Why a figure that there is is not shown.
pub(super) fn not_published() -> String {
    "no data: there is a figure, and it is not published".to_owned()
}

/// The tolerance in words.
pub(super) fn tolerance(tolerance: Tolerance) -> String {
    match tolerance {
        Tolerance::Relative(percent) => format!("{} % of the target", exact(percent)),
        Tolerance::Absolute(amount) => format!("{} either side of the target", exact(amount)),
        Tolerance::Asymmetric { below, above } => {
            format!("{} below the target, {} above it", exact(below), exact(above))
        }
        Tolerance::Floor(floor) => format!("to the floor {}", exact(floor)),
    }
}

#[derive(Clone, Copy)]
enum Side {
    Least,
    Most,
}

fn point(status: RagStatus, value: Decimal, limits: &Limits, edge: Edge, side: Side) -> String {
    let (target, amber) = (exact(edge.target), exact(edge.amber));
    let name = limits.quarter.map_or_else(|| "target".to_owned(), |quarter| format!("Q{quarter} target"));
    let (limit, beyond) = match side {
        Side::Least => ("floor", "below"),
        Side::Most => ("ceiling", "above"),
    };
    let goal = format!("the {name} of {} {target}", asked(edge, side));
    match (status, amount(limits.tolerance, side)) {
        (RagStatus::Green, _) => format!("{value} meets {goal}"),
        (RagStatus::Amber, Some(amount)) => {
            format!("{value} is within {amount} of the {name} {target} ({limit} {amber})")
        }
        (RagStatus::Amber, None) => format!("{value} misses {goal} but not the {limit} {amber}"),
        _ if target == amber => format!("{value} misses {goal}, which has no tolerance"),
        (_, None) => format!("{value} is {beyond} the {limit} {amber} set for the {name} {target}"),
        (_, Some(amount)) => {
            let step = if matches!(side, Side::Least) { "less" } else { "plus" };
            format!("{value} is {beyond} the {limit} {amber} = {target} {step} {amount}")
        }
    }
}

fn band(status: RagStatus, value: Decimal, limits: &Limits, lower: Edge, upper: Edge) -> String {
    let band = format!("the target band {} to {}", exact(lower.target), exact(upper.target));
    let below = value < lower.target;
    let (edge, side, limit) = if below { (lower, Side::Least, "floor") } else { (upper, Side::Most, "ceiling") };
    let (step, beyond) = if below { ("less", "below") } else { ("plus", "above") };
    let (target, amber) = (exact(edge.target), exact(edge.amber));
    let amount = amount(limits.tolerance, side).unwrap_or_default();
    match status {
        RagStatus::Green => format!("{value} is within {band}"),
        RagStatus::Amber => format!("{value} is within {amount} of {band} ({limit} {amber})"),
        _ if target == amber => format!("{value} is {beyond} {band}, which has no tolerance"),
        _ => format!("{value} is {beyond} the {limit} {amber} = {target} {step} {amount}"),
    }
}

const fn asked(edge: Edge, side: Side) -> &'static str {
    match (side, edge.strict) {
        (Side::Least, false) => "at least",
        (Side::Least, true) => "more than",
        (Side::Most, false) => "at most",
        (Side::Most, true) => "less than",
    }
}

const fn compared(edge: Edge, side: Side) -> &'static str {
    match (side, edge.strict) {
        (Side::Least, false) => "at least",
        (Side::Least, true) => "above",
        (Side::Most, false) => "at most",
        (Side::Most, true) => "below",
    }
}

/// How far off the target is still amber; none where the last amber value was given itself.
fn amount(tolerance: Tolerance, side: Side) -> Option<String> {
    match (tolerance, side) {
        (Tolerance::Relative(percent), _) => Some(format!("{} %", exact(percent))),
        (Tolerance::Absolute(amount), _)
        | (Tolerance::Asymmetric { below: amount, .. }, Side::Least)
        | (Tolerance::Asymmetric { above: amount, .. }, Side::Most) => Some(exact(amount).to_string()),
        (Tolerance::Floor(_), _) => None,
    }
}

fn long_date(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

#[cfg(test)]
mod tests;
