//! Disclosure control: what members and the public may see of a figure, so that no child can be made out by a small number.
//!
//! The rules are those that the Department for Education publishes by: counts of 1 to 5 are confidential (`c`), a percentage is
//! where its numerator, or those who are not in it, are, and a whole of fewer than ten always is; a true zero is shown. A figure
//! of the year to date is also hidden where it would give a small number away by subtraction.

mod before;
mod exposed;
mod groups;
mod inference;
mod reasons;
mod renamed;
#[cfg(test)]
mod tests;
mod unsaid;

pub use before::{Before, Published, Pushed, Shown};
pub use groups::{DisclosedParts, disclose_parts};
pub use reasons::{Reason, ReasonCode};

use rust_decimal::Decimal;

use super::figure::{Figure, Scale};
use super::quantity::round_to;
use super::terms::{DisclosurePolicy, Symbol, Unit};

/// A share of fewer than so many is a share of somebody.
const SMALLEST_WHOLE: Decimal = Decimal::TEN;

/// What may be shown of a figure, and why not all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disclosed {
    /// The figure as it may be shown.
    pub figure: Figure,
    /// Why something is hidden or rounded; empty where nothing is.
    pub reasons: Vec<Reason>,
}

impl Disclosed {
    /// Whether nothing is shown of the figure.
    pub fn is_hidden(&self) -> bool {
        self.reasons.iter().any(Reason::hides)
    }

    /// Hides the figure because it would give a part away.
    #[must_use]
    pub fn hide_for_parts(mut self) -> Self {
        self.figure = hidden(&self.figure);
        self.reasons.push(Reason::gives_away());
        self
    }
}

/// The numbers in a figure that count people or things: by a name that officers know, and how many.
fn counts(scale: &Scale, figure: &Figure) -> Vec<(&'static str, Decimal)> {
    let numerator = figure.numerator.or_else(|| derived_numerator(scale, figure));
    let denominator = figure.denominator.or_else(|| derived_denominator(scale, figure));
    let outside = denominator.zip(numerator).map(|(whole, part)| whole - part);
    let named = match scale.unit {
        Unit::Count => vec![("value", figure.value), ("numerator", numerator)],
        Unit::Percent => {
            vec![("numerator", numerator), ("denominator less numerator", outside), ("denominator", denominator)]
        }
        Unit::Rate | Unit::Ratio => vec![("numerator", numerator), ("denominator", denominator)],
        Unit::Score | Unit::Days | Unit::Currency => vec![("denominator", denominator)],
    };
    named.into_iter().filter_map(|(name, number)| Some((name, number?))).collect()
}

/// A percentage or rate and its whole give the numerator away.
fn derived_numerator(scale: &Scale, figure: &Figure) -> Option<Decimal> {
    Some(round_to(figure.value?.checked_mul(figure.denominator?)?.checked_div(scale.base()?)?, 0))
}

/// A percentage or rate and its numerator give the whole away.
fn derived_denominator(scale: &Scale, figure: &Figure) -> Option<Decimal> {
    let (value, numerator) = (figure.value.filter(|value| !value.is_zero())?, figure.numerator?);
    Some(round_to(numerator.checked_mul(scale.base()?)?.checked_div(value)?, 0))
}

/// The greatest number that a policy takes for small; none where nothing is hidden.
const fn threshold(policy: DisclosurePolicy) -> Option<Decimal> {
    match policy {
        DisclosurePolicy::Cin1To5 | DisclosurePolicy::ClaUnrounded => Some(Decimal::from_parts(5, 0, 0, false, 0)),
        DisclosurePolicy::Round5 => Some(Decimal::from_parts(7, 0, 0, false, 0)),
        DisclosurePolicy::None => None,
    }
}

/// The greatest number of this name that is small.
fn greatest_small(name: &str, threshold: Decimal) -> Decimal {
    if name == "denominator" { SMALLEST_WHOLE - Decimal::ONE } else { threshold }
}

/// What members and the public may see of a figure, beside what they have seen of the measure.
pub fn disclose(policy: DisclosurePolicy, scale: &Scale, figure: &Figure, before: &Before) -> Disclosed {
    let Some(threshold) = threshold(policy) else {
        return Disclosed { figure: *figure, reasons: Vec::new() };
    };
    // Of a value alone it may be known of how many it is.
    let known = Figure { denominator: figure.denominator.or(before.denominator), ..*figure };
    let mut reasons = small_counts(scale, &known, threshold);
    // Differences of rounded counts are rounded, too. A rate is not rounded, and others know its population.
    if policy != DisclosurePolicy::Round5 || scale.unit == Unit::Rate {
        reasons.extend(small_differences(scale, &known, &before.year, threshold));
    }
    if reasons.is_empty() && before.hidden.iter().any(|hidden| same(hidden, figure)) {
        reasons.push(Reason::hidden_before());
    }
    if !reasons.is_empty() {
        return Disclosed { figure: hidden(figure), reasons };
    }
    match policy {
        DisclosurePolicy::ClaUnrounded if scale.unit == Unit::Percent => {
            let whole = figure.value.map(|value| round_to(value, 0));
            let reasons = if whole == figure.value { reasons } else { vec![Reason::whole_percent()] };
            Disclosed { figure: Figure { value: whole, ..*figure }, reasons }
        }
        DisclosurePolicy::Round5 => rounded(scale.unit, figure),
        _ => Disclosed { figure: *figure, reasons },
    }
}

/// Whether two figures say the same, as far as both say something.
fn same(one: &Figure, other: &Figure) -> bool {
    let numbers = |figure: &Figure| [figure.value, figure.numerator, figure.denominator];
    let mut both = numbers(one).into_iter().zip(numbers(other)).filter_map(|(one, other)| one.zip(other)).peekable();
    both.peek().is_some() && both.all(|(one, other)| one == other)
}

fn small_counts(scale: &Scale, figure: &Figure, threshold: Decimal) -> Vec<Reason> {
    let small = |name: &'static str, number: Decimal| {
        if number > Decimal::ZERO && number <= threshold {
            return Some(Reason::small(name, number, threshold));
        }
        let whole = name == "denominator" && number > Decimal::ZERO && number < SMALLEST_WHOLE;
        whole.then(|| Reason::small_whole(number, SMALLEST_WHOLE))
    };
    counts(scale, figure).into_iter().filter_map(|(name, number)| small(name, number)).collect()
}

/// What is published last is hidden: what was shown before cannot be taken back. What came between two quarters is a figure like any
/// other: as few of a whole are as confidential.
fn small_differences(scale: &Scale, figure: &Figure, year: &[Shown], threshold: Decimal) -> Vec<Reason> {
    let ours = counts(scale, figure);
    let mut reasons = Vec::new();
    for shown in year {
        for (name, theirs) in counts(scale, &shown.figure) {
            let number = ours.iter().find(|(same, _)| *same == name).map(|(_, number)| *number);
            let apart = number.map(|number| (number - theirs).abs());
            let most = greatest_small(name, threshold);
            if let Some(apart) = apart.filter(|apart| *apart > Decimal::ZERO && *apart <= most) {
                reasons.push(Reason::difference(name, apart, shown.quarter, most));
            }
        }
    }
    reasons
}

/// All of a figure goes where some of it must: a value gives its parts away, and they the value.
fn hidden(figure: &Figure) -> Figure {
    let symbol = |number: Option<Decimal>, symbol: Option<Symbol>| number.map_or(symbol, |_| Some(Symbol::C));
    Figure {
        value: None,
        value_symbol: symbol(figure.value, figure.value_symbol),
        numerator: None,
        numerator_symbol: symbol(figure.numerator, figure.numerator_symbol),
        denominator: None,
        denominator_symbol: symbol(figure.denominator, figure.denominator_symbol),
    }
}

/// Counts to the nearest five. A percentage or rate stays as it is, and its parts are hidden: rounded ones beside an exact quotient
/// would give the exact ones away.
fn rounded(unit: Unit, figure: &Figure) -> Disclosed {
    if unit == Unit::Count {
        let five = Decimal::from(5);
        let near = |number: Option<Decimal>| number.map(|number| round_to(number / five, 0) * five);
        let shown = Figure {
            value: near(figure.value),
            numerator: near(figure.numerator),
            denominator: near(figure.denominator),
            ..*figure
        };
        let reasons = if shown == *figure { Vec::new() } else { vec![Reason::rounded()] };
        return Disclosed { figure: shown, reasons };
    }
    let all = hidden(figure);
    let shown = Figure { value: figure.value, value_symbol: figure.value_symbol, ..all };
    let reasons = if shown == *figure { Vec::new() } else { vec![Reason::parts_of_rounded()] };
    Disclosed { figure: shown, reasons }
}
