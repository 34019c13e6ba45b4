//! Disclosure control: what members and the public may see of a figure, so that no child can be made out by a small number.
//!
//! The rules are those that the Department for Education publishes by: counts of 1 to 5 are confidential (`c`), a percentage is
//! where its numerator, or those who are not in it, are, and a whole of fewer than ten always is; a true zero is shown. A figure
//! of the year to date is also hidden where it would give a small number away by subtraction.

mod groups;
mod reasons;
#[cfg(test)]
mod tests;

pub use groups::{DisclosedParts, disclose_parts};
pub use reasons::{Reason, ReasonCode};

use std::fmt;

use rust_decimal::Decimal;

use super::data_period::DataPeriod;
use super::figure::Figure;
use super::period::Quarter;
use super::quantity::round_to;
use super::terms::{DisclosurePolicy, Symbol, Unit};

/// A share of fewer than so many is a share of somebody.
const SMALLEST_WHOLE: Decimal = Decimal::TEN;

/// Where a figure is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// As the figure of a reporting quarter.
    Quarter(Quarter),
    /// As the measure's baseline, of a period.
    Baseline(DataPeriod),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Quarter(quarter) => quarter.fmt(f),
            Self::Baseline(period) => write!(f, "the baseline of {period}"),
        }
    }
}

/// A figure of the same year to date, as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Where it is shown.
    pub place: Place,
    /// What is shown of it.
    pub figure: Figure,
}

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
fn counts(unit: Unit, figure: &Figure) -> Vec<(&'static str, Decimal)> {
    let numerator = figure.numerator.or_else(|| derived_numerator(unit, figure));
    let outside = figure.denominator.zip(numerator).map(|(whole, part)| whole - part);
    let named = match unit {
        Unit::Count => vec![("value", figure.value), ("numerator", numerator)],
        Unit::Percent => {
            vec![("numerator", numerator), ("denominator less numerator", outside), ("denominator", figure.denominator)]
        }
        Unit::Rate | Unit::Ratio => vec![("numerator", numerator), ("denominator", figure.denominator)],
        Unit::Score | Unit::Days | Unit::Currency => vec![("denominator", figure.denominator)],
    };
    named.into_iter().filter_map(|(name, number)| Some((name, number?))).collect()
}

/// A percentage and its whole give the numerator away.
fn derived_numerator(unit: Unit, figure: &Figure) -> Option<Decimal> {
    let (value, whole) = (figure.value?, figure.denominator?);
    (unit == Unit::Percent).then(|| round_to(value * whole / Decimal::ONE_HUNDRED, 0))
}

/// The greatest number that a policy takes for small; none where nothing is hidden.
const fn threshold(policy: DisclosurePolicy) -> Option<Decimal> {
    match policy {
        DisclosurePolicy::Cin1To5 | DisclosurePolicy::ClaUnrounded => Some(Decimal::from_parts(5, 0, 0, false, 0)),
        DisclosurePolicy::Round5 => Some(Decimal::from_parts(7, 0, 0, false, 0)),
        DisclosurePolicy::None => None,
    }
}

/// What members and the public may see of a figure, beside what they see of the same measure's other quarters of the year, and of
/// its baseline in that year, if that counts up from quarter to quarter.
pub fn disclose(policy: DisclosurePolicy, unit: Unit, figure: &Figure, year: &[Shown]) -> Disclosed {
    let Some(threshold) = threshold(policy) else {
        return Disclosed { figure: *figure, reasons: Vec::new() };
    };
    let mut reasons = small_counts(unit, figure, threshold);
    // Differences of rounded counts are rounded, too.
    if policy != DisclosurePolicy::Round5 {
        reasons.extend(small_differences(unit, figure, year, threshold));
    }
    if !reasons.is_empty() {
        return Disclosed { figure: hidden(figure), reasons };
    }
    match policy {
        DisclosurePolicy::ClaUnrounded if unit == Unit::Percent => {
            let whole = figure.value.map(|value| round_to(value, 0));
            Disclosed { figure: Figure { value: whole, ..*figure }, reasons }
        }
        DisclosurePolicy::Round5 => rounded(unit, figure),
        _ => Disclosed { figure: *figure, reasons },
    }
}

fn small_counts(unit: Unit, figure: &Figure, threshold: Decimal) -> Vec<Reason> {
    let small = |name: &'static str, number: Decimal| {
        if number > Decimal::ZERO && number <= threshold {
            return Some(Reason::small(name, number, threshold));
        }
        let whole = name == "denominator" && number > Decimal::ZERO && number < SMALLEST_WHOLE;
        whole.then(|| Reason::small_whole(number, SMALLEST_WHOLE))
    };
    counts(unit, figure).into_iter().filter_map(|(name, number)| small(name, number)).collect()
}

/// What is published last is hidden: what was shown before cannot be taken back.
fn small_differences(unit: Unit, figure: &Figure, year: &[Shown], threshold: Decimal) -> Vec<Reason> {
    let ours = counts(unit, figure);
    let mut reasons = Vec::new();
    for shown in year {
        for (name, theirs) in counts(unit, &shown.figure) {
            let number = ours.iter().find(|(same, _)| *same == name).map(|(_, number)| *number);
            let apart = number.map(|number| (number - theirs).abs());
            if let Some(apart) = apart.filter(|apart| *apart > Decimal::ZERO && *apart <= threshold) {
                reasons.push(Reason::difference(name, apart, shown.place, threshold));
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
