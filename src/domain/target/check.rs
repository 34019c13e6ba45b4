//! Everything that can be wrong with a target's terms, all of it told at once.

use rust_decimal::Decimal;

use super::{Aim, Goal, TargetRule, TargetTerms, relative_check, tolerance_check};
use crate::domain::fault::Fault;
use crate::domain::quantity::{exact, storable};
use crate::domain::terms::{Accumulation, Polarity, TargetKind, ToleranceKind, Unit};

const PROFILE_FIELDS: [&str; 4] = ["profile_q1", "profile_q2", "profile_q3", "profile_q4"];

pub(super) fn check(
    terms: &TargetTerms,
    polarity: Polarity,
    accumulation: Accumulation,
    unit: Unit,
) -> Result<TargetRule, Vec<Fault>> {
    let mut faults = numbers(terms, unit);
    faults.extend(against_polarity(terms.kind, polarity));
    let aim = if relative_check::is_relative(terms) {
        relative_check::relative(terms, unit, &mut faults).map(Aim::Relative)
    } else {
        goal(terms, &mut faults).map(Aim::Fixed)
    };
    let tolerance = tolerance_check::tolerance(terms, &mut faults);
    let profile = profile(terms, accumulation, &mut faults);
    if let (Some(Aim::Fixed(goal)), Some(tolerance)) = (&aim, tolerance) {
        faults.extend(tolerance_check::misfit(*goal, tolerance, profile));
    }
    match (aim, tolerance) {
        (Some(aim), Some(tolerance)) if faults.is_empty() => Ok(TargetRule { aim, tolerance, profile }),
        _ => Err(faults),
    }
}

/// Passes on a number that the terms need, or tells that it is missing.
pub(super) fn required(
    field: &'static str,
    number: Option<Decimal>,
    by: &str,
    faults: &mut Vec<Fault>,
) -> Option<Decimal> {
    if number.is_none() {
        faults.push(Fault::new(field, "required", format!("{by} needs {field}")));
    }
    number
}

/// Tells of a number that the terms have no use for: silently ignored, it would be believed to count.
pub(super) fn unwanted(field: &'static str, number: Option<Decimal>, by: &str) -> Option<Fault> {
    let detail = format!("{by} takes no {field}: leave out {}", exact(number?));
    Some(Fault::new(field, "not_allowed", detail))
}

fn numbers(terms: &TargetTerms, unit: Unit) -> Vec<Fault> {
    let mut faults = Vec::new();
    let levels = [("value", terms.value), ("lower", terms.lower), ("upper", terms.upper)];
    for (field, number) in levels.into_iter().chain(PROFILE_FIELDS.into_iter().zip(terms.profile)) {
        let Some(number) = number else { continue };
        faults.extend(storable(field, number));
        if unit == Unit::Percent && !(Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&number) {
            let detail = format!("{number} is not a percentage: percentages run from 0 to 100");
            faults.push(Fault::new(field, "out_of_range", detail));
        }
    }
    let floor = terms.tolerance_kind == Some(ToleranceKind::Floor);
    for (field, number, signed) in [
        ("tolerance", terms.tolerance, floor),
        ("tolerance_below", terms.tolerance_below, false),
        ("tolerance_above", terms.tolerance_above, false),
    ] {
        let Some(number) = number else { continue };
        faults.extend(storable(field, number));
        if number < Decimal::ZERO && !signed {
            let detail = format!("{number} is below 0, and a tolerance cannot be");
            faults.push(Fault::new(field, "negative", detail));
        }
    }
    faults
}

/// A target that pulls against the measure's good direction would colour good news red.
fn against_polarity(kind: TargetKind, polarity: Polarity) -> Option<Fault> {
    let (fitting, words) = match polarity {
        Polarity::High => (&[TargetKind::AtLeast, TargetKind::Above][..], "higher is better"),
        Polarity::Low => (&[TargetKind::AtMost, TargetKind::Below][..], "lower is better"),
        Polarity::Band => (&[TargetKind::Band][..], "best is inside a band"),
        Polarity::Neutral => return None,
    };
    if kind == TargetKind::None || fitting.contains(&kind) {
        return None;
    }
    let right: Vec<_> = fitting.iter().map(|kind| format!("`{kind}`")).collect();
    let right = right.join(" or ");
    let detail = format!("`{kind}` does not fit a measure where {words}: give {right}, or `none`");
    Some(Fault::new("kind", "kind_against_polarity", detail))
}

fn goal(terms: &TargetTerms, faults: &mut Vec<Fault>) -> Option<Goal> {
    let TargetTerms { kind, value, lower, upper, .. } = *terms;
    let by = format!("a target of kind `{kind}`");
    let edges = [("lower", lower), ("upper", upper)];
    match kind {
        TargetKind::Band => faults.extend(unwanted("value", value, &by)),
        _ => faults.extend(edges.into_iter().filter_map(|(field, edge)| unwanted(field, edge, &by))),
    }
    match kind {
        TargetKind::AtLeast | TargetKind::AtMost | TargetKind::Above | TargetKind::Below => {
            if value.is_none() {
                let detail = format!("{by} needs value, or a comparator whose figure it is");
                faults.push(Fault::new("value", "required", detail));
            }
            Goal::point(kind, value?)
        }
        TargetKind::None => {
            faults.extend(unwanted("value", value, &by));
            Some(Goal::None)
        }
        TargetKind::Band => {
            let [lower, upper] = edges.map(|(field, edge)| required(field, edge, &by, faults));
            band(lower?, upper?, faults)
        }
    }
}

fn band(lower: Decimal, upper: Decimal, faults: &mut Vec<Fault>) -> Option<Goal> {
    if lower < upper {
        return Some(Goal::Band { lower, upper });
    }
    let detail = format!("the lower edge {} is not below the upper edge {}", exact(lower), exact(upper));
    faults.push(Fault::new("lower", "lower_not_below_upper", detail));
    None
}

/// A profile belongs to a running total, has all four points, goes one way and ends at the year's target.
fn profile(terms: &TargetTerms, accumulation: Accumulation, faults: &mut Vec<Fault>) -> Option<[Decimal; 4]> {
    let first = PROFILE_FIELDS[terms.profile.iter().position(Option::is_some)?];
    if matches!(terms.kind, TargetKind::None | TargetKind::Band) {
        let detail = format!("a target of kind `{}` takes no profile", terms.kind);
        faults.push(Fault::new(first, "not_allowed", detail));
    }
    if accumulation != Accumulation::Cumulative {
        let detail =
            format!("only a measure that adds up over the year takes a profile, and this one is `{accumulation}`");
        faults.push(Fault::new(first, "profile_not_cumulative", detail));
    }
    for (field, point) in PROFILE_FIELDS.into_iter().zip(terms.profile) {
        if point.is_none() {
            let detail = "a profile has a point for each of the four quarters";
            faults.push(Fault::new(field, "profile_incomplete", detail));
        }
    }
    let [Some(q1), Some(q2), Some(q3), Some(q4)] = terms.profile else {
        return None;
    };
    let points = [q1, q2, q3, q4];
    if !points.is_sorted() && !points.is_sorted_by(|earlier, later| earlier >= later) {
        let shown = points.map(|point| exact(point).to_string()).join(", ");
        let detail = format!("{shown} goes up and down: a running total only rises or only falls");
        faults.push(Fault::new(first, "profile_not_monotone", detail));
    }
    if let Some(target) = terms.value.filter(|target| *target != q4) {
        let detail = format!("the year ends at its target, {}, and not at {}", exact(target), exact(q4));
        faults.push(Fault::new("profile_q4", "profile_not_ending_at_target", detail));
    }
    Some(points)
}
