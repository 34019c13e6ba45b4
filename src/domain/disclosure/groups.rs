//! The parts of a figure: what is hidden of them must not follow from what is shown, of this figure and of those before.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::before::{Published, Pushed, is_hidden};
use super::exposed::{Exposed, Table, Told};
use super::reasons::Reason;
use super::{Before, Disclosed, counts, disclose, hidden, same};
use crate::domain::breakdown::{Dimension, Part, dimensions};
use crate::domain::figure::Scale;
use crate::domain::terms::DisclosurePolicy;

/// What is shown of a figure's parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisclosedParts {
    /// The parts, in the order in which they came; those of a dimension that cannot be shown at all are left out.
    pub parts: Vec<Part>,
    /// Why something is hidden or rounded.
    pub reasons: Vec<Reason>,
    /// Whether the whole would give its hidden parts away, and must be hidden, too.
    pub hides_whole: bool,
}

/// What members and the public may see of a figure's parts, where this is shown of the whole.
pub fn disclose_parts(
    policy: DisclosurePolicy,
    scale: &Scale,
    whole: &Disclosed,
    pushed: &Pushed,
    published: &[Published],
) -> DisclosedParts {
    let parts = &pushed.parts;
    let each = parts
        .iter()
        .map(|part| disclose(policy, scale, &part.figure(), &Before::of(scale, pushed, Some(part), published)));
    let (figures, found): (Vec<_>, Vec<_>) = each.map(|one| (one.figure, one.reasons)).unzip();
    let mut hides: Vec<bool> = found.iter().map(|found| whole.is_hidden() || found.iter().any(Reason::hides)).collect();
    let named = parts.iter().zip(found);
    let mut reasons: Vec<Reason> =
        named.flat_map(|(part, found)| found.into_iter().map(|reason| reason.of(part)).collect::<Vec<_>>()).collect();
    let (mut hides_whole, mut left_out) = (false, BTreeSet::new());
    if !whole.is_hidden() && policy != DisclosurePolicy::None {
        for dimension in dimensions(parts) {
            let group = Group { policy, scale, pushed, published, dimension };
            let (further, safe) = group.protect(&mut hides);
            reasons.extend(further.iter().map(|at| Reason::gives_away().of(&parts[*at])));
            // A whole that was seen is not hidden by hiding it now: then nothing is said of the parts.
            let was_seen = published.iter().any(|one| one.is_about(pushed.period) && one.shown == pushed.figure);
            hides_whole |= !safe && !was_seen;
            if !safe && was_seen {
                left_out.insert(dimension);
                reasons.push(Reason::left_out(dimension));
            }
        }
    }
    let shown = parts.iter().zip(figures).zip(&hides).filter(|((part, _), _)| !left_out.contains(&part.dimension));
    let parts = shown
        .map(|((part, figure), hides)| part.with(&if *hides || hides_whole { hidden(&part.figure()) } else { figure }))
        .collect();
    DisclosedParts { parts, reasons, hides_whole }
}

/// A figure's parts of one dimension, with what is known of them.
struct Group<'a> {
    policy: DisclosurePolicy,
    scale: &'a Scale,
    pushed: &'a Pushed,
    published: &'a [Published],
    dimension: Dimension,
}

impl Group<'_> {
    /// Hides the next smallest part until nothing hidden follows from what is shown; answers which, and whether that was enough.
    fn protect(&self, hides: &mut [bool]) -> (Vec<usize>, bool) {
        let parts = &self.pushed.parts;
        // What was exposed before cannot be helped.
        let before = self.exposed(None);
        let exposed = |hides: &[bool]| -> Exposed { self.exposed(Some(hides)).difference(&before).cloned().collect() };
        let mut further = Vec::new();
        loop {
            let exposed_now = exposed(hides);
            if exposed_now.is_empty() {
                break;
            }
            let concerned = |at: usize| exposed_now.iter().any(|one| one.is_of(&parts[at]));
            let open = (0..parts.len()).filter(|at| parts[*at].dimension == self.dimension && !hides[*at]);
            // What was seen protects nothing. A true zero is hidden only where nothing else is left: who knows the rule knows that as well.
            let next = open
                .filter(|at| !self.was_seen(&parts[*at]))
                .min_by_key(|at| (self.size(&parts[*at]).is_zero(), !concerned(*at), self.size(&parts[*at])));
            let Some(next) = next else { return (further, false) };
            hides[next] = true;
            further.push(next);
        }
        // One that was hidden in vain, since it stood still for all to see, is shown.
        further.retain(|at| {
            hides[*at] = false;
            hides[*at] = !exposed(hides).is_empty();
            hides[*at]
        });
        (further, true)
    }

    fn size(&self, part: &Part) -> Decimal {
        counts(self.scale, &part.figure()).first().map_or(Decimal::ZERO, |(_, number)| *number)
    }

    /// Whether the same part was shown of the same period, and has not changed.
    fn was_seen(&self, part: &Part) -> bool {
        let about = self.published.iter().filter(|one| one.is_about(self.pushed.period)).flat_map(Published::parts);
        about.into_iter().any(|(other, shown)| {
            other.is_of(part) && same(&other.figure(), &part.figure()) && !is_hidden(&other.figure(), &shown)
        })
    }

    /// Hidden numbers that follow from what is shown; `hides` says which parts of this figure are hidden, none where nothing of it is
    /// published.
    fn exposed(&self, hides: Option<&[bool]>) -> Exposed {
        let before = self.published.iter().map(|one| Told {
            period: one.pushed.period,
            whole: &one.pushed.figure,
            whole_hidden: is_hidden(&one.pushed.figure, &one.shown),
            parts: one.parts().map(|(part, shown)| (part, is_hidden(&part.figure(), &shown))).collect(),
        });
        let now = hides.map(|hides| Told {
            period: self.pushed.period,
            whole: &self.pushed.figure,
            whole_hidden: false,
            parts: self.pushed.parts.iter().zip(hides.iter().copied()).collect(),
        });
        Table::new(self.policy, self.scale, self.dimension, before.chain(now).collect()).exposed()
    }
}

#[cfg(test)]
mod tests;
