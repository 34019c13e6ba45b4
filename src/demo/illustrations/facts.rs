//! What is known of a measure in a quarter: its definition, its figure and the one before, and the target.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::super::DemoError;
use super::super::data::{KINDS, Place, Row};
use super::super::figures::Figure;
use crate::domain::data_period::DataPeriod;
use crate::domain::period::Quarter;
use crate::domain::quantity::{Quantity, round_to};
use crate::domain::terms::{Accumulation, Polarity, Unit};

/// What of a measure's definition the texts need.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Measure {
    pub(super) title: String,
    pub(super) unit: Unit,
    pub(super) rate_base: Option<u32>,
    decimal_places: u32,
    polarity: Polarity,
    pub(super) accumulation: Accumulation,
    pub(super) owner: String,
    pub(super) provider: String,
}

/// A target; one that is relative to a comparator has no value of its own.
#[derive(Debug, Deserialize)]
struct Target {
    value: Option<Quantity>,
}

/// A figure with its period.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Known {
    pub(super) data_period: DataPeriod,
    value: Quantity,
}

/// Where the facts are taken from, by measure, and by year or quarter.
pub(super) struct Sources {
    measures: BTreeMap<String, Measure>,
    targets: BTreeMap<(String, String), Quantity>,
    figures: BTreeMap<(String, String), Known>,
}

/// What is known of a measure in a quarter.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    pub(super) measure: Measure,
    /// Quarter in which the figure is reported.
    pub(super) quarter: Quarter,
    pub(super) now: Known,
    pub(super) before: Known,
    /// The target of the year.
    pub(super) target: Decimal,
}

/// The rows of a collection.
pub(super) fn rows(collection: &str) -> Result<Vec<Row>, DemoError> {
    let kinds = KINDS.iter().filter(|kind| kind.collection == collection);
    Ok(kinds.map(|kind| kind.rows()).collect::<Result<Vec<_>, _>>()?.concat())
}

fn read<T: DeserializeOwned>(row: &Row) -> Result<T, DemoError> {
    serde_json::from_value(row.body.clone()).map_err(|error| row.place.wrong(error))
}

impl Sources {
    /// What there is beside these figures.
    pub(super) fn of(figures: &[Figure]) -> Result<Self, DemoError> {
        let (mut measures, mut targets) = (BTreeMap::new(), BTreeMap::new());
        for row in rows("measures")? {
            measures.insert(row.text("code")?, read(&row)?);
        }
        for row in rows("targets")? {
            let target: Target = read(&row)?;
            if let Some(value) = target.value {
                targets.insert((row.text("measure")?, row.text("year")?), value);
            }
        }
        // A figure without a number says nothing here.
        let known = |figure: &Figure| Some((figure.key.clone(), serde_json::from_value(figure.body.clone()).ok()?));
        Ok(Self { measures, targets, figures: figures.iter().filter_map(known).collect() })
    }

    /// What is known of a measure in a quarter; `place` is that of what asks.
    pub(super) fn facts(&self, place: Place, measure: &str, quarter: Quarter) -> Result<Facts, DemoError> {
        let told = |what| move || place.wrong(format!("{measure} has no {what} for {quarter}"));
        let key = |of: String| (measure.to_owned(), of);
        let target = self.targets.get(&key(quarter.year().to_string())).ok_or_else(told("target"))?;
        let at = key(quarter.to_string());
        let before = self.figures.range(key(String::new())..at.clone()).next_back();
        Ok(Facts {
            measure: self.measures.get(measure).ok_or_else(told("definition"))?.clone(),
            quarter,
            now: self.figures.get(&at).ok_or_else(told("figure"))?.clone(),
            before: before.ok_or_else(told("earlier figure"))?.1.clone(),
            target: target.0,
        })
    }
}

impl Facts {
    /// A value as it is printed.
    pub(super) fn printed(&self, value: Decimal) -> Decimal {
        round_to(value, self.measure.decimal_places)
    }

    /// The figure of the quarter.
    pub(super) fn value(&self) -> Decimal {
        self.printed(self.now.value.0)
    }

    /// The figure before it.
    pub(super) fn earlier(&self) -> Decimal {
        self.printed(self.before.value.0)
    }

    /// Whether a high value is a good one.
    pub(super) fn high_is_good(&self) -> bool {
        self.measure.polarity == Polarity::High
    }

    /// Greater if the figure is better than the one before.
    pub(super) fn turn(&self) -> Ordering {
        let turn = self.value().cmp(&self.earlier());
        if self.high_is_good() { turn } else { turn.reverse() }
    }

    /// Half of the way from the figure to the target.
    pub(super) fn halfway(&self) -> Decimal {
        self.printed((self.value() + self.target) / Decimal::TWO)
    }

    /// The reporting quarter this many years later.
    pub(super) fn years_later(&self, years: usize) -> Quarter {
        (0..4 * years).fold(self.quarter, |quarter, _| quarter.next())
    }
}
