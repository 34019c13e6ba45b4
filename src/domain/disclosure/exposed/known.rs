//! What is known of hidden numbers, as sums.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::breakdown::Part;
use crate::domain::disclosure::inference::{Inference, Range, Sum};

/// A number of a part, or of those who are in none of the parts. It is the same in every revision that says the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::domain::disclosure) struct Cell {
    /// Last day of the period.
    pub(super) ends: NaiveDate,
    /// The period; of a flow, both.
    pub(super) period: String,
    /// The part in lower case; none for those who are in no part.
    pub(super) category: Option<String>,
    /// What is counted.
    pub(super) name: &'static str,
    /// How many they are.
    pub(super) number: Decimal,
    /// Whether it is how many came between two periods.
    pub(super) is_flow: bool,
}

/// Numbers of one figure, and whether each is hidden.
pub(super) type Numbers = BTreeMap<Cell, bool>;

/// Hidden numbers, by where they stand in the inference.
#[derive(Default)]
pub(super) struct Known {
    places: BTreeMap<Cell, usize>,
    inference: Inference,
}

impl Cell {
    /// Whether it is a number of this part, in whatever quarter.
    pub fn is_of(&self, part: &Part) -> bool {
        self.category.as_ref().is_some_and(|category| *category == part.category.as_ref().to_lowercase())
    }

    /// How many came from an earlier number of the same part to this one, unless some went away.
    fn since(&self, earlier: &Self) -> Option<Self> {
        let period = format!("{} to {}", earlier.period, self.period);
        let number = (self.number - earlier.number).normalize();
        (number >= Decimal::ZERO).then(|| Self { period, number, is_flow: true, ..self.clone() })
    }
}

impl Known {
    /// A hidden number, and what it can be.
    pub fn place(&mut self, cell: &Cell, range: Range) {
        self.places.insert(cell.clone(), self.inference.ranges.len());
        self.inference.ranges.push(range);
    }

    /// What the hidden ones of these numbers come to: by the truth, which whoever knows the others knows.
    fn sum<'a>(&self, cells: impl Iterator<Item = (&'a Cell, bool)>) -> Sum {
        let mut sum = Sum::default();
        for (cell, added) in cells {
            if let Some(at) = self.places.get(cell) {
                sum.of.insert(*at, added);
                sum.total += if added { cell.number } else { -cell.number };
            }
        }
        sum
    }

    fn add_up<'a>(&mut self, cells: impl Iterator<Item = (&'a Cell, bool)>) {
        let sum = self.sum(cells);
        if !sum.of.is_empty() && !self.inference.sums.contains(&sum) {
            self.inference.sums.push(sum);
        }
    }

    /// The parts of figures of which the wholes are known.
    pub fn add_up_each<'a>(&mut self, figures: impl Iterator<Item = &'a Numbers>) {
        figures.for_each(|numbers| self.add_up(numbers.keys().map(|cell| (cell, true))));
        self.inference.subtract_sums();
    }

    /// Of a year to date nothing goes away again; and if both wholes are known, so is how many came to all parts and to none of them.
    pub fn compare(&mut self, earlier: &Numbers, later: &Numbers, wholes_known: bool) {
        let before: BTreeMap<&String, &Cell> =
            earlier.keys().filter_map(|cell| Some((cell.category.as_ref()?, cell))).collect();
        let parts = || later.keys().filter(|cell| cell.category.is_some());
        let mut flows = Vec::new();
        for now in parts() {
            let then =
                now.category.as_ref().and_then(|category| before.get(category)).filter(|then| then.ends < now.ends);
            let Some((then, flow)) = then.and_then(|then| Some((*then, now.since(then)?))) else { continue };
            let hidden = self.places.contains_key(then) || self.places.contains_key(now);
            if hidden {
                // Two pairs of periods, of two revisions of one of them, can have the same flow.
                if !self.places.contains_key(&flow) {
                    self.place(&flow, Range { least: Decimal::ZERO, most: None });
                }
                self.add_up([(now, true), (then, false), (&flow, false)].into_iter());
            }
            flows.push(flow);
        }
        if wholes_known && flows.len() == before.len() && flows.len() == parts().count() {
            let in_no_part = |cell: &&Cell| cell.category.is_none();
            let came = flows.iter().chain(later.keys().filter(in_no_part)).map(|cell| (cell, true));
            self.add_up(came.chain(earlier.keys().filter(in_no_part).map(|cell| (cell, false))));
        }
    }

    /// The hidden numbers that can be one number only.
    pub fn found(self) -> impl Iterator<Item = Cell> {
        let found: BTreeSet<usize> = self.inference.found().into_iter().collect();
        self.places.into_iter().filter(move |(_, at)| found.contains(at)).map(|(cell, _)| cell)
    }
}
