//! What can be wrong with a target that is relative to a comparator.

use rust_decimal::Decimal;

use super::check::unwanted;
use super::{Relative, TargetTerms};
use crate::domain::code::Code;
use crate::domain::fault::Fault;
use crate::domain::quantity::{exact, storable};
use crate::domain::terms::{AreaKind, ComparatorStatistic, TargetKind, ToleranceKind, Unit};

/// What a code that a target is relative to stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComparatorSort {
    /// An area.
    Area(AreaKind),
    /// A comparator group.
    Group,
}

/// What keeps a comparator from giving the figure that a target asks of it.
pub fn unfit_comparator(code: &Code, sort: ComparatorSort, statistic: Option<ComparatorStatistic>) -> Option<Fault> {
    match (sort, statistic) {
        (ComparatorSort::Area(AreaKind::LocalAuthority), _) => {
            let detail = format!("{code} is another authority: a target is relative to a group, a region or a country");
            Some(Fault::new("comparator", "not_a_comparator", detail))
        }
        (ComparatorSort::Area(_), Some(statistic @ (ComparatorStatistic::Mean | ComparatorStatistic::Median))) => {
            let detail = format!("{code} is one area and has no {statistic}: give `published`");
            Some(Fault::new("comparator_statistic", "published_only", detail))
        }
        _ => None,
    }
}

/// Whether any part of the terms speaks of a comparator.
pub(super) const fn is_relative(terms: &TargetTerms) -> bool {
    terms.comparator.is_some() || terms.comparator_statistic.is_some() || terms.comparator_margin.is_some()
}

/// Reads what the target is relative to. Beside it nothing can stand that would stay where it is while the target moves.
pub(super) fn relative(terms: &TargetTerms, unit: Unit, faults: &mut Vec<Fault>) -> Option<Relative> {
    let Some(comparator) = &terms.comparator else {
        let detail = "a statistic and a margin are of a comparator: name it, or leave them out";
        faults.push(Fault::new("comparator", "required", detail));
        return None;
    };
    let by = format!("a target relative to {comparator}");
    if matches!(terms.kind, TargetKind::Band | TargetKind::None) {
        let detail = format!("a target of kind `{}` takes no comparator: leave out {comparator}", terms.kind);
        faults.push(Fault::new("comparator", "not_allowed", detail));
    }
    let fixed = [("value", terms.value), ("lower", terms.lower), ("upper", terms.upper)];
    faults.extend(fixed.into_iter().filter_map(|(field, number)| unwanted(field, number, &by)));
    if terms.tolerance_kind == Some(ToleranceKind::Floor) {
        let detail = format!("{by} moves and a floor does not: give `relative`, `absolute` or `asymmetric`");
        faults.push(Fault::new("tolerance_kind", "not_allowed", detail));
    }
    if terms.profile.iter().any(Option::is_some) {
        faults.push(Fault::new("profile_q1", "not_allowed", format!("{by} takes no profile")));
    }
    faults.extend(terms.comparator_margin.and_then(|margin| unfit_margin(margin, unit)));
    let Some(statistic) = terms.comparator_statistic else {
        let detail = format!("{by} says which figure of it counts: `mean`, `median` or `published`");
        faults.push(Fault::new("comparator_statistic", "required", detail));
        return None;
    };
    Some(Relative {
        kind: terms.kind,
        comparator: comparator.clone(),
        statistic,
        margin: terms.comparator_margin.unwrap_or_default(),
        benchmark: None,
    })
}

fn unfit_margin(margin: Decimal, unit: Unit) -> Option<Fault> {
    let whole = unit == Unit::Percent && margin.abs() > Decimal::ONE_HUNDRED;
    let detail = || format!("{} is more than a whole percentage: a margin is from -100 to 100", exact(margin));
    storable("comparator_margin", margin)
        .or_else(|| whole.then(|| Fault::new("comparator_margin", "out_of_range", detail())))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop on a wrong fixture")]
mod tests {
    use super::*;

    #[test]
    fn a_group_has_every_figure_and_an_area_what_is_published() {
        use ComparatorSort::{Area, Group};
        use ComparatorStatistic::{Mean, Median, Published};
        let wrong = |sort, statistic| {
            let fault = unfit_comparator(&"SN".parse().unwrap(), sort, Some(statistic))?;
            Some(format!("{} {}", fault.field, fault.code))
        };
        for (sort, statistic, expected) in [
            (Group, Mean, None),
            (Group, Median, None),
            (Group, Published, None),
            (Area(AreaKind::Region), Published, None),
            (Area(AreaKind::Country), Published, None),
            (Area(AreaKind::Region), Mean, Some("comparator_statistic published_only")),
            (Area(AreaKind::Country), Median, Some("comparator_statistic published_only")),
            (Area(AreaKind::LocalAuthority), Published, Some("comparator not_a_comparator")),
        ] {
            assert_eq!(wrong(sort, statistic).as_deref(), expected, "{sort:?} {statistic}");
        }
    }
}
