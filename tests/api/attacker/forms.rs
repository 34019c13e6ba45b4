//! In what form a figure is pushed: with its parts or without, with counts, or as a value or a symbol alone.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::figures::Table;
use super::truth::{Measure, Numbers, Place};
use crate::invariants::dice::Dice;

/// In what form a figure is pushed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// With all its parts, and all counts.
    Full,
    /// With all its parts, the smallest of each dimension as a symbol.
    PartAsSymbol,
    /// With all its parts, the two smallest of each dimension as symbols.
    PartsAsSymbols,
    /// With all its parts, the smallest of each dimension as a value alone.
    PartAsValue,
    /// With all its parts, each of them as a value alone.
    AllAsValues,
    /// Without parts, as are those that follow.
    WithoutParts,
    /// Without denominator.
    ValueAndNumerator,
    /// Without numerator.
    ValueAndDenominator,
    /// Without either.
    ValueAlone,
}

impl Form {
    /// Whether parts are pushed.
    pub fn has_parts(self) -> bool {
        use Form::{AllAsValues, Full, PartAsSymbol, PartAsValue, PartsAsSymbols};
        matches!(self, Full | PartAsSymbol | PartsAsSymbols | PartAsValue | AllAsValues)
    }

    /// Most figures are pushed with all that there is. A part comes without counts only where nobody is in none of the parts: then
    /// what is left of the whole is its number, to the attacker as to the rules. By a policy that hides nothing, nothing protects a
    /// symbol, either.
    pub fn by_chance(measure: &Measure, table: &Table, dice: &mut Dice) -> Self {
        let mut forms = match measure.unit {
            "count" => vec![Self::WithoutParts],
            // A rate alone tells the number of whoever knows the population: docs/rules.md says so.
            "rate" => vec![Self::WithoutParts, Self::ValueAndNumerator, Self::ValueAndDenominator],
            _ => vec![Self::WithoutParts, Self::ValueAndNumerator, Self::ValueAndDenominator, Self::ValueAlone],
        };
        if table.len() > 1 && adds_up(table) {
            if measure.policy != "none" {
                forms.extend([Self::PartAsSymbol, Self::PartsAsSymbols]);
            }
            if measure.unit != "count" {
                forms.extend([Self::PartAsValue, Self::AllAsValues]);
            }
        }
        if dice.chance(70) { Self::Full } else { *dice.pick(&forms) }
    }
}

/// The figure as it is pushed.
pub fn body(measure: &Measure, table: &Table, form: Form) -> Value {
    let whole = &table[&None];
    let form = if whole.of == Some(0) && !form.has_parts() { Form::WithoutParts } else { form };
    let mut body = match form {
        _ if form.has_parts() => whole.body(measure.unit),
        Form::ValueAndNumerator => json!({"value": value(measure, whole), "numerator": whole.counted}),
        Form::ValueAndDenominator => json!({"value": value(measure, whole), "denominator": whole.of}),
        Form::ValueAlone => json!({"value": value(measure, whole)}),
        _ => whole.body(measure.unit),
    };
    let parts: Vec<Value> =
        table.keys().filter_map(|place| Some(part(measure, table, place.as_ref()?, form))).collect();
    body["breakdowns"] = json!(if form.has_parts() { parts } else { Vec::new() });
    let adds_up = form == Form::Full && adds_up(table);
    body["breakdown_note"] = json!((form.has_parts() && !adds_up).then_some("Some are not recorded."));
    body
}

/// The parts that are pushed without counts, where they are several.
pub fn unsaid(table: &Table, form: Form) -> BTreeSet<Place> {
    let without = |place: &(String, String)| match form {
        Form::PartsAsSymbols => is_among_smallest(2, table, place),
        Form::AllAsValues => table[&Some(place.clone())].of != Some(0),
        _ => false,
    };
    table.keys().filter(|place| place.as_ref().is_some_and(without)).cloned().collect()
}

fn adds_up(table: &Table) -> bool {
    let mut sums: BTreeMap<&str, Numbers> = BTreeMap::new();
    for (place, numbers) in table.iter().filter_map(|(place, numbers)| Some((place.as_ref()?, numbers))) {
        let sum = sums.entry(place.0.as_str()).or_default();
        sum.counted += numbers.counted;
        sum.of = numbers.of.map(|of| of + sum.of.unwrap_or_default());
    }
    sums.values().all(|sum| *sum == table[&None])
}

fn part(measure: &Measure, table: &Table, place: &(String, String), form: Form) -> Value {
    let numbers = &table[&Some(place.clone())];
    let mut body = match form {
        Form::PartAsSymbol if is_among_smallest(1, table, place) => json!({"value_symbol": "c"}),
        Form::PartsAsSymbols if is_among_smallest(2, table, place) => json!({"value_symbol": "c"}),
        Form::PartAsValue if is_among_smallest(1, table, place) && numbers.of != Some(0) => {
            json!({"value": value(measure, numbers)})
        }
        Form::AllAsValues if numbers.of != Some(0) => json!({"value": value(measure, numbers)}),
        _ => numbers.body(measure.unit),
    };
    body["dimension"] = json!(place.0);
    body["category"] = json!(place.1);
    body
}

/// Whether it is among the first so many of the smallest parts of its dimension.
fn is_among_smallest(many: usize, table: &Table, place: &(String, String)) -> bool {
    let ours = table.iter().filter_map(|(other, numbers)| Some((other.as_ref()?, numbers.counted)));
    let mut ours: Vec<_> = ours.filter(|(other, _)| other.0 == place.0).collect();
    ours.sort_by_key(|(_, counted)| *counted);
    ours.iter().take(many).any(|(one, _)| *one == place)
}

/// A percentage or rate to one decimal place.
fn value(measure: &Measure, whole: &Numbers) -> Value {
    let base = Decimal::from(if measure.unit == "rate" { 10_000 } else { 100 });
    let of = Decimal::from(whole.of.unwrap());
    let half_up = rust_decimal::RoundingStrategy::MidpointAwayFromZero;
    let value = (Decimal::from(whole.counted) * base / of).round_dp_with_strategy(1, half_up);
    serde_json::from_str(&value.to_string()).unwrap()
}
