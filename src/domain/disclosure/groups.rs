//! The parts of a figure: what is hidden of them must not follow from what is shown, of this figure and of those before.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::before::{Published, Pushed, is_hidden};
use super::exposed::{Exposed, Table, Told};
use super::reasons::Reason;
use super::renamed::by_the_names_of;
use super::unsaid::{complete, complete_published, give_counts_away, is_confidential, is_silent};
use super::{Before, Disclosed, counts, disclose, hidden, same};
use crate::domain::breakdown::{Dimension, Part, dimensions};
use crate::domain::figure::{Figure, Scale};
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
    let (said, pushed) = (&pushed.parts, &complete(scale, pushed));
    let before = published.iter().map(|one| complete_published(scale, one));
    let published = &before.map(|one| by_the_names_of(pushed, &one)).collect::<Vec<_>>();
    let parts = &pushed.parts;
    let alone = Alone { policy, scale, whole, pushed, published };
    let each: Vec<Disclosed> = alone.each(said);
    // A part that somebody else hid is hidden, and not to be found out, however many it is.
    let says_nothing =
        |(part, said): (&Part, &Part)| is_silent(&part.figure()) || (part != said && is_confidential(&said.figure()));
    let silent = parts.iter().zip(said).map(says_nothing);
    let mut hides: Vec<bool> =
        each.iter().zip(silent).map(|(one, silent)| silent || whole.is_hidden() || one.is_hidden()).collect();
    let of_part =
        |(part, one): (&Part, &Disclosed)| one.reasons.iter().map(|reason| reason.clone().of(part)).collect::<Vec<_>>();
    let mut reasons: Vec<Reason> = parts.iter().zip(&each).flat_map(of_part).collect();
    let (mut hides_whole, mut left_out) = (false, BTreeSet::new());
    if !whole.is_hidden() && policy != DisclosurePolicy::None {
        // A whole that was seen is not hidden by hiding it now: then nothing is said of the parts.
        let was_seen = published.iter().any(|one| one.is_about(pushed.period) && one.shown == pushed.figure);
        hides_whole = !was_seen && alone.completes_what_was_seen();
        for dimension in dimensions(parts) {
            let group = Group { policy, scale, pushed, published, dimension };
            let (further, safe) = group.protect(&mut hides);
            reasons.extend(further.iter().map(|at| Reason::gives_away().of(&parts[*at])));
            hides_whole |= !safe && !was_seen;
            if !safe && was_seen {
                left_out.insert(dimension);
                reasons.push(Reason::left_out(dimension));
            }
        }
    }
    let shown = said.iter().zip(&each).zip(&hides).filter(|((part, _), _)| !left_out.contains(&part.dimension));
    let parts = shown
        .map(|((part, one), hides)| {
            let figure = part.figure();
            part.with(&if *hides || hides_whole { hidden(&figure) } else { as_said(&figure, &one.figure) })
        })
        .collect();
    DisclosedParts { parts, reasons, hides_whole }
}

/// Parts, each by itself.
struct Alone<'a> {
    policy: DisclosurePolicy,
    scale: &'a Scale,
    whole: &'a Disclosed,
    pushed: &'a Pushed,
    published: &'a [Published],
}

impl Alone<'_> {
    /// What may be shown of each part, before what follows from several is looked at. `said`: the parts as they came.
    fn each(&self, said: &[Part]) -> Vec<Disclosed> {
        let parts = &self.pushed.parts;
        let of_how_many = Before::of(self.scale, self.pushed, None, self.published).denominator;
        let known = Figure { denominator: self.whole.figure.denominator.or(of_how_many), ..self.whole.figure };
        let gives_away = give_counts_away(self.scale, &known, parts);
        let each = parts.iter().zip(said).zip(gives_away);
        each.map(|((part, said), gives_away)| {
            let mut shown = self.one(part, part.figure());
            if !shown.is_hidden() && said.value.is_some() && part.numerator != said.numerator {
                // If what is left is not only its own, its value tells how many they are.
                let by_value = self.one(part, Figure { numerator: None, ..part.figure() });
                shown = if by_value.is_hidden() { by_value } else { shown };
            }
            if gives_away && self.policy != DisclosurePolicy::None && !shown.is_hidden() {
                shown = shown.hide_for_parts();
            }
            shown
        })
        .collect()
    }

    fn one(&self, part: &Part, figure: Figure) -> Disclosed {
        let before = Before::of(self.scale, self.pushed, Some(part), self.published);
        disclose(self.policy, self.scale, &figure, &before)
    }

    /// Whether the whole has counts that were not shown of the period, and with them parts that were seen as values alone would tell
    /// theirs.
    fn completes_what_was_seen(&self) -> bool {
        let whole = &self.whole.figure;
        let about = self.published.iter().filter(|one| one.is_about(self.pushed.period));
        about.filter(|one| counts(self.scale, &one.shown).is_empty() && !counts(self.scale, whole).is_empty()).any(
            |one| {
                let seen = Pushed { figure: *whole, parts: one.shown_parts.clone(), ..one.pushed.clone() };
                let then = complete(self.scale, &seen);
                let gives_away = give_counts_away(self.scale, whole, &then.parts);
                let mut each = then.parts.iter().zip(&one.shown_parts).zip(gives_away);
                each.any(|((part, seen), gives_away)| {
                    gives_away || (part != seen && self.one(part, part.figure()).is_hidden())
                })
            },
        )
    }
}

/// Of a part that was completed only what came is shown.
fn as_said(said: &Figure, shown: &Figure) -> Figure {
    let symbol = |said: Option<Decimal>, symbol, shown| if said.is_some() { shown } else { symbol };
    Figure {
        value: said.value.and(shown.value),
        value_symbol: symbol(said.value, said.value_symbol, shown.value_symbol),
        numerator: said.numerator.and(shown.numerator),
        numerator_symbol: symbol(said.numerator, said.numerator_symbol, shown.numerator_symbol),
        denominator: said.denominator.and(shown.denominator),
        denominator_symbol: symbol(said.denominator, said.denominator_symbol, shown.denominator_symbol),
    }
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
