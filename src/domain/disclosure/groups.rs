//! The parts of a figure: a hidden one must not be what is left of the whole when the others are taken away.

use rust_decimal::Decimal;

use super::reasons::Reason;
use super::{Place, Shown, counts, disclose, hidden};
use crate::domain::breakdown::{Part, dimensions};
use crate::domain::period::Quarter;
use crate::domain::terms::{DisclosurePolicy, Unit};

/// What is shown of a figure's parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisclosedParts {
    /// The parts, in the order in which they came.
    pub parts: Vec<Part>,
    /// Why something is hidden or rounded.
    pub reasons: Vec<Reason>,
    /// Whether the whole would give its hidden parts away, and must be hidden, too.
    pub hides_whole: bool,
}

/// What members and the public may see of a figure's parts. `whole_hidden`: nothing is shown of the whole, so nothing of its parts.
/// `year`: what is shown of the parts in other quarters that count up in the same year.
pub fn disclose_parts(
    policy: DisclosurePolicy,
    unit: Unit,
    whole_hidden: bool,
    parts: &[Part],
    year: &[(Quarter, Vec<Part>)],
) -> DisclosedParts {
    let each = parts.iter().map(|part| disclose(policy, unit, &part.figure(), &same(part, year)));
    let (figures, found): (Vec<_>, Vec<_>) = each.map(|one| (one.figure, one.reasons)).unzip();
    let mut hides: Vec<bool> = found.iter().map(|reasons| whole_hidden || reasons.iter().any(Reason::hides)).collect();
    let named = parts.iter().zip(found);
    let mut reasons: Vec<Reason> =
        named.flat_map(|(part, found)| found.into_iter().map(|reason| reason.of(part)).collect::<Vec<_>>()).collect();
    let mut hides_whole = false;
    if !whole_hidden && policy != DisclosurePolicy::None {
        for dimension in dimensions(parts) {
            let ours: Vec<usize> = (0..parts.len()).filter(|at| parts[*at].dimension == dimension).collect();
            let further = protect(unit, parts, &ours, &mut hides);
            reasons.extend(further.iter().map(|at| Reason::gives_away().of(&parts[*at])));
            hides_whole |= !safe(unit, parts, &ours, &hides);
        }
    }
    let shown = parts.iter().zip(figures).zip(&hides);
    let parts = shown
        .map(|((part, figure), hides)| part.with(&if *hides || hides_whole { hidden(&part.figure()) } else { figure }))
        .collect();
    DisclosedParts { parts, reasons, hides_whole }
}

fn same(part: &Part, year: &[(Quarter, Vec<Part>)]) -> Vec<Shown> {
    let found = year.iter().filter_map(|(quarter, parts)| Some((quarter, parts.iter().find(|one| one.is_of(part))?)));
    found.map(|(quarter, one)| Shown { place: Place::Quarter(*quarter), figure: one.figure() }).collect()
}

/// Hides the next smallest parts of a dimension until none that is hidden follows from the whole; answers which.
fn protect(unit: Unit, parts: &[Part], ours: &[usize], hides: &mut [bool]) -> Vec<usize> {
    let mut further = Vec::new();
    while !safe(unit, parts, ours, hides) {
        let size = |at: usize| counts(unit, &parts[at].figure()).first().map_or(Decimal::ZERO, |(_, number)| *number);
        let open = ours.iter().copied().filter(|at| !hides[*at]);
        // A true zero is hidden only where nothing else is left: who knows the rule knows that as well.
        let Some(next) = open.min_by_key(|at| (size(*at).is_zero(), size(*at))) else { break };
        hides[next] = true;
        further.push(next);
    }
    further
}

/// Whether no hidden part of a dimension follows from the whole, for one who knows that a hidden part is of somebody: there are at
/// least two, and what is left of the whole for them can be shared out in more than one way.
fn safe(unit: Unit, parts: &[Part], ours: &[usize], hides: &[bool]) -> bool {
    let hidden: Vec<_> = ours.iter().filter(|at| hides[**at]).map(|at| counts(unit, &parts[*at].figure())).collect();
    if hidden.is_empty() {
        return true;
    }
    let many = Decimal::from(hidden.len());
    let left = |name: &str| -> Decimal {
        hidden.iter().flatten().filter(|(same, _)| *same == name).map(|(_, number)| *number).sum()
    };
    let names = hidden.iter().flatten().map(|(name, _)| *name);
    hidden.len() > 1 && names.map(left).all(|left| left.is_zero() || left > many)
}

#[cfg(test)]
mod tests;
