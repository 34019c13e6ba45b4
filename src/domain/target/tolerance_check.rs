//! What can be wrong with the tolerance of a target.

use rust_decimal::Decimal;

use super::check::{required, unwanted};
use super::{DEFAULT_RELATIVE_TOLERANCE, Goal, TargetTerms, Tolerance};
use crate::domain::fault::Fault;
use crate::domain::quantity::exact;
use crate::domain::terms::{TargetKind, ToleranceKind};

/// Reads the tolerance: each way of stating one needs its own numbers and no others.
pub(super) fn tolerance(terms: &TargetTerms, faults: &mut Vec<Fault>) -> Option<Tolerance> {
    let stated = terms.tolerance_kind.unwrap_or(ToleranceKind::Relative);
    let by = if terms.kind == TargetKind::None {
        "a target of kind `none`".to_owned()
    } else {
        format!("a tolerance of kind `{stated}`")
    };
    let sides = [("tolerance_below", terms.tolerance_below), ("tolerance_above", terms.tolerance_above)];
    let asymmetric = stated == ToleranceKind::Asymmetric && terms.kind != TargetKind::None;
    if !asymmetric {
        faults.extend(sides.into_iter().filter_map(|(field, side)| unwanted(field, side, &by)));
    }
    if asymmetric || terms.kind == TargetKind::None {
        faults.extend(unwanted("tolerance", terms.tolerance, &by));
    }
    if terms.kind == TargetKind::None {
        if let Some(kind) = terms.tolerance_kind {
            let detail = format!("{by} takes no tolerance: leave out `{kind}`");
            faults.push(Fault::new("tolerance_kind", "not_allowed", detail));
        }
        return Some(Tolerance::Relative(DEFAULT_RELATIVE_TOLERANCE));
    }
    let mut needed = || required("tolerance", terms.tolerance, &by, faults);
    match stated {
        ToleranceKind::Relative => Some(Tolerance::Relative(percentage(terms.tolerance, faults))),
        ToleranceKind::Absolute => needed().map(Tolerance::Absolute),
        ToleranceKind::Floor => needed().map(Tolerance::Floor),
        ToleranceKind::Asymmetric => {
            let [below, above] = sides.map(|(field, side)| required(field, side, &by, faults));
            Some(Tolerance::Asymmetric { below: below?, above: above? })
        }
    }
}

fn percentage(stated: Option<Decimal>, faults: &mut Vec<Fault>) -> Decimal {
    let percent = stated.unwrap_or(DEFAULT_RELATIVE_TOLERANCE);
    if percent > Decimal::ONE_HUNDRED {
        let detail = format!("{percent} % is more than the whole target: a relative tolerance is 0 to 100 %");
        faults.push(Fault::new("tolerance", "out_of_range", detail));
    }
    percent
}

/// What makes a tolerance unfit for its target: a percentage of 0 is no tolerance, whatever it says, and a floor must
/// leave room for amber.
pub(super) fn misfit(goal: Goal, tolerance: Tolerance, profile: Option<[Decimal; 4]>) -> Option<Fault> {
    let (lower, upper) = goal.edges()?;
    let mut levels = lower.into_iter().chain(upper).chain(profile.into_iter().flatten());
    match tolerance {
        Tolerance::Relative(_) => levels.any(|level| level.is_zero()).then(|| {
            let detail = "a percentage of 0 is 0: for a target of 0 give tolerance_kind `absolute` and how far off is \
                          still amber";
            Fault::new("tolerance_kind", "relative_tolerance_on_zero", detail)
        }),
        Tolerance::Floor(_) if matches!(goal, Goal::Band { .. }) => {
            let detail = "a band has two sides and a floor one: give `relative`, `absolute` or `asymmetric`";
            Some(Fault::new("tolerance_kind", "not_allowed", detail))
        }
        Tolerance::Floor(floor) => {
            let wrong = |level: &Decimal| {
                if lower.is_some() { floor > *level } else { floor < *level }
            };
            let level = levels.find(wrong)?;
            let side = if lower.is_some() { "above" } else { "below" };
            let detail = format!("the floor {} is {side} the target {}", exact(floor), exact(level));
            Some(Fault::new("tolerance", "floor_on_wrong_side", detail))
        }
        Tolerance::Absolute(_) | Tolerance::Asymmetric { .. } => None,
    }
}
