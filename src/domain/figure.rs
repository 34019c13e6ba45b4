//! A pushed figure: whether its value, symbols and parts can all be true at once.

use std::fmt;

use rust_decimal::Decimal;

use super::fault::Fault;
use super::quantity::{display, exact, round_to, storable};
use super::reading::Reading;
use super::terms::{Symbol, Unit};

/// How a measure's values are counted and printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// What one unit of the value is.
    pub unit: Unit,
    /// For a rate, the population it is per, such as 10,000.
    pub rate_base: Option<Decimal>,
    /// Decimal places to which the value is printed and judged.
    pub decimal_places: u32,
}

/// A figure as it was pushed. What is missing carries a symbol in a field of its own, never 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figure {
    /// The published value.
    pub value: Option<Decimal>,
    /// Why there is no value.
    pub value_symbol: Option<Symbol>,
    /// What was counted.
    pub numerator: Option<Decimal>,
    /// Why there is no numerator.
    pub numerator_symbol: Option<Symbol>,
    /// Out of how many.
    pub denominator: Option<Decimal>,
    /// Why there is no denominator.
    pub denominator_symbol: Option<Symbol>,
}

impl Scale {
    /// What numerator over denominator is multiplied by to give the value: 100 for a percentage, the population for a
    /// rate, 1 for a ratio. None for other units, whose parts are kept but prove nothing (an average score is weighted
    /// in ways that the two totals do not show).
    pub fn base(&self) -> Option<Decimal> {
        match self.unit {
            Unit::Percent => Some(Decimal::ONE_HUNDRED),
            Unit::Rate => self.rate_base,
            Unit::Ratio => Some(Decimal::ONE),
            Unit::Count | Unit::Score | Unit::Days | Unit::Currency => None,
        }
    }
}

impl Figure {
    /// Everything that is wrong with the figure.
    ///
    /// `explained`: a quality note says why the value is not its parts' quotient. The Department for Education rounds
    /// some published counts, so the published value is stored and checked, never overwritten.
    pub fn check(&self, scale: &Scale, explained: bool) -> Vec<Fault> {
        let mut faults = self.check_columns();
        faults.extend(self.check_value(scale.unit));
        if let Some(base) = scale.base() {
            faults.extend(self.check_numerator(scale.unit));
            faults.extend(self.check_against_parts(base, scale.decimal_places, explained));
        }
        faults
    }

    /// The figure as the rules read it: the value or symbol that was pushed, else what the parts give.
    pub fn reading(&self, scale: &Scale) -> Option<Reading> {
        let pushed = self.value.map(Reading::Value).or(self.value_symbol.map(Reading::Missing));
        pushed.or_else(|| self.derived_value(scale))
    }

    /// What numerator and denominator give, rounded, where neither value nor symbol was pushed. A share of nobody is
    /// not applicable (`z`), not 0.
    pub fn derived_value(&self, scale: &Scale) -> Option<Reading> {
        if self.value.is_some() || self.value_symbol.is_some() {
            return None;
        }
        let (base, numerator, denominator) = (scale.base()?, self.numerator?, self.denominator?);
        if denominator.is_zero() {
            return Some(Reading::Missing(Symbol::Z));
        }
        quotient(numerator, denominator, base, scale.decimal_places).map(Reading::Value)
    }

    fn check_columns(&self) -> Vec<Fault> {
        let columns = [
            ("value", self.value, "value_symbol", self.value_symbol),
            ("numerator", self.numerator, "numerator_symbol", self.numerator_symbol),
            ("denominator", self.denominator, "denominator_symbol", self.denominator_symbol),
        ];
        let mut faults = Vec::new();
        for (field, number, symbol_field, symbol) in columns {
            faults.extend(number.and_then(|number| storable(field, number)));
            if let (Some(number), Some(symbol)) = (number, symbol) {
                let meaning = symbol.meaning();
                let detail = format!("`{symbol}` says {meaning}, but {field} is {number}: send one of the two");
                faults.push(Fault::new(symbol_field, "value_and_symbol", detail));
            }
        }
        if let Some(denominator) = self.denominator.filter(is_negative) {
            faults.push(negative("denominator", denominator));
        }
        faults
    }

    fn check_value(&self, unit: Unit) -> Option<Fault> {
        let value = self.value?;
        match unit {
            Unit::Percent if is_negative(&value) || value > Decimal::ONE_HUNDRED => {
                let detail = format!("{value} is not a percentage: percentages run from 0 to 100");
                Some(Fault::new("value", "out_of_range", detail))
            }
            Unit::Count | Unit::Rate | Unit::Days if is_negative(&value) => Some(negative("value", value)),
            Unit::Count if !value.fract().is_zero() => {
                let detail = format!("{value} is not a whole number, and a count is");
                Some(Fault::new("value", "not_whole", detail))
            }
            _ => None,
        }
    }

    fn check_numerator(&self, unit: Unit) -> Option<Fault> {
        let numerator = self.numerator?;
        if matches!(unit, Unit::Percent | Unit::Rate) && is_negative(&numerator) {
            return Some(negative("numerator", numerator));
        }
        let denominator = self.denominator.filter(|denominator| unit == Unit::Percent && numerator > *denominator)?;
        let detail = format!("{numerator} of {denominator} is more than all of them");
        Some(Fault::new("numerator", "numerator_exceeds_denominator", detail))
    }

    fn check_against_parts(&self, base: Decimal, decimal_places: u32, explained: bool) -> Option<Fault> {
        let denominator = self.denominator?;
        if denominator.is_zero() {
            return self.check_without_denominator();
        }
        let (value, numerator) = (self.value?, self.numerator?);
        let derived = quotient(numerator, denominator, base, decimal_places)?;
        if explained || round_to(value, decimal_places) == derived {
            return None;
        }
        let detail = format!(
            "{} is not {numerator} / {denominator} × {} = {derived}: correct it, or say in the quality note why the \
             published value differs",
            display(value, decimal_places),
            exact(base),
        );
        Some(Fault::new("value", "value_differs_from_parts", detail))
    }

    fn check_without_denominator(&self) -> Option<Fault> {
        let z = "the denominator is 0, so there is nothing to take a share of: send value_symbol `z`, not applicable";
        match (self.value, self.value_symbol) {
            (Some(value), _) => Some(Fault::new("value", "denominator_is_zero", format!("{z}, and not {value}"))),
            (None, Some(symbol)) if symbol != Symbol::Z => {
                Some(Fault::new("value_symbol", "denominator_is_zero", format!("{z}, and not `{symbol}`")))
            }
            _ => None,
        }
    }
}

impl fmt::Display for Figure {
    /// As in `the value 50.5 (101 out of 200)`, with symbols in the place of numbers.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told = |number: Option<Decimal>, symbol: Option<Symbol>| {
            number.map(|number| exact(number).to_string()).or_else(|| symbol.map(|symbol| symbol.to_string()))
        };
        match told(self.value, self.value_symbol) {
            Some(value) => write!(f, "the value {value}")?,
            None => f.write_str("no value")?,
        }
        let (numerator, denominator) =
            (told(self.numerator, self.numerator_symbol), told(self.denominator, self.denominator_symbol));
        let none = || "none".to_owned();
        match (numerator, denominator) {
            (None, None) => Ok(()),
            (numerator, denominator) => {
                write!(f, " ({} out of {})", numerator.unwrap_or_else(none), denominator.unwrap_or_else(none))
            }
        }
    }
}

fn quotient(numerator: Decimal, denominator: Decimal, base: Decimal, decimal_places: u32) -> Option<Decimal> {
    let quotient = numerator.checked_mul(base)?.checked_div(denominator)?;
    Some(round_to(quotient, decimal_places))
}

fn is_negative(number: &Decimal) -> bool {
    *number < Decimal::ZERO
}

fn negative(field: &'static str, number: Decimal) -> Fault {
    Fault::new(field, "negative", format!("{number} is below 0, and {field} cannot be"))
}

#[cfg(test)]
mod tests;
