//! Parts that came without counts, as a symbol or as a value alone: what they count can follow from the whole and the other parts.

use rust_decimal::Decimal;

use super::before::{Published, Pushed};
use super::{counts, hidden};
use crate::domain::breakdown::{Dimension, Part, dimensions};
use crate::domain::figure::{Figure, Scale};
use crate::domain::quantity::Quantity;
use crate::domain::terms::{Symbol, Unit};

fn number(scale: &Scale, figure: &Figure, name: &str) -> Option<Decimal> {
    counts(scale, figure).into_iter().find(|(one, _)| *one == name).map(|(_, number)| number)
}

/// Whether a figure tells no number at all.
pub(super) fn is_silent(figure: &Figure) -> bool {
    figure.value.or(figure.numerator).or(figure.denominator).is_none()
}

/// Whether somebody else said that it is confidential.
pub(super) fn is_confidential(figure: &Figure) -> bool {
    [figure.value_symbol, figure.numerator_symbol, figure.denominator_symbol].contains(&Some(Symbol::C))
}

/// The figure with its parts completed.
pub(super) fn complete(scale: &Scale, pushed: &Pushed) -> Pushed {
    Pushed { parts: complete_parts(scale, &pushed.figure, &pushed.parts), ..pushed.clone() }
}

/// The same of what was published. Who saw a part knows what completes it; of a part that tells nothing that is hidden.
pub(super) fn complete_published(scale: &Scale, one: &Published) -> Published {
    let pushed = complete(scale, &one.pushed);
    let parts = one.parts().zip(&pushed.parts);
    let shown_parts = parts
        .map(|((part, shown), complete)| match complete.figure() {
            _ if part == complete => part.with(&shown),
            all if is_silent(&shown) => part.with(&hidden(&all)),
            all => part.with(&Figure {
                numerator: shown.numerator.or(all.numerator),
                denominator: shown.denominator.or(all.denominator),
                ..shown
            }),
        })
        .collect();
    Published { pushed, shown: one.shown, shown_parts }
}

/// One part alone without a number has what the others leave of the whole.
fn complete_parts(scale: &Scale, whole: &Figure, parts: &[Part]) -> Vec<Part> {
    let mut all = parts.to_vec();
    for dimension in dimensions(parts) {
        for name in ["value", "numerator", "denominator"] {
            let Some((at, left)) = left_for_one(scale, whole, parts, dimension, name) else { continue };
            match name {
                "value" => all[at].value = Some(Quantity(left)),
                "numerator" => all[at].numerator = Some(Quantity(left)),
                _ => all[at].denominator = Some(Quantity(left)),
            }
        }
    }
    all
}

fn left_for_one(
    scale: &Scale,
    whole: &Figure,
    parts: &[Part],
    dimension: Dimension,
    name: &str,
) -> Option<(usize, Decimal)> {
    let ours = parts.iter().enumerate().filter(|(_, part)| part.dimension == dimension);
    let (with, without): (Vec<_>, Vec<_>) =
        ours.map(|(at, part)| (at, number(scale, &part.figure(), name))).partition(|(_, number)| number.is_some());
    let left = number(scale, whole, name)? - with.iter().filter_map(|(_, number)| *number).sum::<Decimal>();
    match without[..] {
        [(at, _)] if !with.is_empty() && left >= Decimal::ZERO => Some((at, left)),
        _ => None,
    }
}

/// Which parts are a value alone, beside counts: that the parts add up to the whole, numerators and denominators, makes two equations,
/// from which it can follow of how many each value is. `whole`: what is known of the whole.
pub(super) fn give_counts_away(scale: &Scale, whole: &Figure, parts: &[Part]) -> Vec<bool> {
    let lacks = |figure: &Figure| {
        let has = |name| number(scale, figure, name).is_some();
        scale.unit != Unit::Count && !(has("denominator") && (has("numerator") || scale.base().is_none()))
    };
    let beside_counts = |dimension: Dimension| {
        let mut ours = parts.iter().filter(|part| part.dimension == dimension);
        !counts(scale, whole).is_empty()
            || (whole.value.is_some() && ours.any(|part| !counts(scale, &part.figure()).is_empty()))
    };
    let each = parts.iter().map(|part| (part, part.figure()));
    each.map(|(part, figure)| figure.value.is_some() && lacks(&figure) && beside_counts(part.dimension)).collect()
}

#[cfg(test)]
mod tests;
