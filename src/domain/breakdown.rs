//! Breakdowns: a figure's parts by locality, sex, ethnicity or SEN provision, and whether they add up to it.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::fault::Fault;
use super::figure::{Figure, Scale};
use super::quantity::{Quantity, exact};
use super::reading::Reading;
use super::terms::{Symbol, Unit};
use super::text::Line;
use super::words::words;

words! {
    /// By what a figure is broken down.
    Dimension {
        /// Where children live.
        Locality,
        /// Girls and boys.
        Sex,
        /// Ethnic group.
        Ethnicity,
        /// Special educational needs: support, plan or none.
        SenProvision,
    }
}

/// One part of a figure, such as that of girls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// By what the figure is broken down.
    pub dimension: Dimension,
    /// Which part of it this is.
    #[schema(example = "Female")]
    pub category: Line<100>,
    /// The part's figure. Left out where numerator and denominator give it, or where a symbol says why there is none.
    pub value: Option<Quantity>,
    /// Why there is no value.
    pub value_symbol: Option<Symbol>,
    /// What was counted.
    pub numerator: Option<Quantity>,
    /// Why there is no numerator.
    pub numerator_symbol: Option<Symbol>,
    /// Out of how many.
    pub denominator: Option<Quantity>,
    /// Why there is no denominator.
    pub denominator_symbol: Option<Symbol>,
}

/// What is wrong with a part, or with all parts of a dimension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartFault {
    /// Place in the list; none for what is wrong with several at once.
    pub place: Option<usize>,
    /// What is wrong.
    pub fault: Fault,
}

impl Part {
    /// The part's numbers, as the rules read a figure.
    pub fn figure(&self) -> Figure {
        Figure {
            value: self.value.map(|number| number.0),
            value_symbol: self.value_symbol,
            numerator: self.numerator.map(|number| number.0),
            numerator_symbol: self.numerator_symbol,
            denominator: self.denominator.map(|number| number.0),
            denominator_symbol: self.denominator_symbol,
        }
    }

    /// The same part with these numbers.
    #[must_use]
    pub fn with(&self, figure: &Figure) -> Self {
        Self {
            dimension: self.dimension,
            category: self.category.clone(),
            value: figure.value.map(Quantity),
            value_symbol: figure.value_symbol,
            numerator: figure.numerator.map(Quantity),
            numerator_symbol: figure.numerator_symbol,
            denominator: figure.denominator.map(Quantity),
            denominator_symbol: figure.denominator_symbol,
        }
    }

    /// Completes the value where the parts' own numerator and denominator give it.
    pub fn complete(&mut self, scale: &Scale) {
        match self.figure().derived_value(scale) {
            Some(Reading::Value(value)) => self.value = Some(Quantity(value)),
            Some(Reading::Missing(symbol)) => self.value_symbol = Some(symbol),
            _ => {}
        }
    }

    /// Its category as it is compared: neither capitals nor space, nor what nobody sees, make another.
    pub fn plain_category(&self) -> String {
        let unseen = |c: char| matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
        let seen: String = self.category.as_ref().chars().filter(|c| !unseen(*c)).collect();
        seen.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Whether it is the same part as another.
    pub fn is_of(&self, other: &Self) -> bool {
        self.dimension == other.dimension && self.plain_category() == other.plain_category()
    }
}

/// Everything that is wrong with the parts of a figure. `explained`: a note says why they do not add up to it.
pub fn check(parts: &[Part], whole: &Figure, scale: &Scale, explained: bool) -> Vec<PartFault> {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for (place, part) in parts.iter().enumerate() {
        let own = part.figure().check(scale, explained);
        faults.extend(own.into_iter().map(|fault| PartFault { place: Some(place), fault }));
        if !seen.insert((part.dimension, part.plain_category())) {
            let detail = format!("{} `{}` is there already", part.dimension, part.category.as_ref());
            faults.push(PartFault { place: Some(place), fault: Fault::new("category", "category_twice", detail) });
        }
    }
    if faults.is_empty() && !explained {
        let sums =
            dimensions(parts).into_iter().filter_map(|dimension| does_not_add_up(dimension, parts, whole, scale.unit));
        faults.extend(sums.map(|fault| PartFault { place: None, fault }));
    }
    faults
}

/// The dimensions that the parts are of.
pub fn dimensions(parts: &[Part]) -> BTreeSet<Dimension> {
    parts.iter().map(|part| part.dimension).collect()
}

/// What of a dimension's parts is not that of the whole.
fn does_not_add_up(dimension: Dimension, parts: &[Part], whole: &Figure, unit: Unit) -> Option<Fault> {
    let figures: Vec<Figure> = parts.iter().filter(|part| part.dimension == dimension).map(Part::figure).collect();
    type Number = fn(&Figure) -> Option<Decimal>;
    let mut kinds: Vec<(&str, Number)> =
        vec![("numerators", |figure| figure.numerator), ("denominators", |figure| figure.denominator)];
    if unit == Unit::Count {
        kinds.push(("values", |figure| figure.value));
    }
    let mut compared = false;
    for (name, number) in kinds {
        let numbers: Vec<Option<Decimal>> = figures.iter().map(number).collect();
        if number(whole).is_none() && numbers.iter().all(Option::is_none) {
            continue;
        }
        compared = true;
        let sum: Option<Decimal> = numbers.iter().copied().sum();
        if sum.is_none() || sum != number(whole) {
            let told =
                |number: Option<Decimal>| number.map_or("not known".to_owned(), |number| exact(number).to_string());
            let (sum, whole) = (told(sum), told(number(whole)));
            let detail = format!(
                "the {name} by {dimension} come to {sum}, but the whole is {whole}: correct them, or say in `breakdown_note` why they differ"
            );
            return Some(Fault::new("breakdowns", "parts_do_not_add_up", detail));
        }
    }
    let detail = format!(
        "parts by {dimension} without numerator and denominator cannot be added up: give those, or say in `breakdown_note` how they make the whole"
    );
    (!compared).then(|| Fault::new("breakdowns", "parts_do_not_add_up", detail))
}

#[cfg(test)]
mod tests;
