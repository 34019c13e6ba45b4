//! Which hidden numbers of a measure's parts follow from all that was published of them: revisions of one period, in which what has
//! not changed is the same, and quarters of one year to date, in which nothing goes away again.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::inference::{Inference, Range};
use super::{SMALLEST_WHOLE, counts, threshold};
use crate::domain::breakdown::{Dimension, Part};
use crate::domain::data_period::DataPeriod;
use crate::domain::figure::{Figure, Scale};
use crate::domain::terms::DisclosurePolicy;

/// The kinds of numbers that [`counts`] knows.
const NAMES: [&str; 4] = ["value", "numerator", "denominator less numerator", "denominator"];

/// A figure with its parts, and which of them are hidden.
pub(super) struct Told<'a> {
    /// The period that it describes.
    pub period: DataPeriod,
    /// The whole as it is.
    pub whole: &'a Figure,
    /// Whether nothing is shown of the whole.
    pub whole_hidden: bool,
    /// Each part as it is, and whether it is hidden.
    pub parts: Vec<(&'a Part, bool)>,
}

/// A number of a part, or of those who are in none of the parts. It is the same in every revision that says the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cell {
    ends: NaiveDate,
    period: String,
    category: Option<String>,
    name: &'static str,
    number: Decimal,
}

/// Hidden numbers that are found out.
pub(super) type Exposed = BTreeSet<Cell>;

/// All that was published of the parts by one dimension.
pub(super) struct Table<'a> {
    scale: &'a Scale,
    threshold: Decimal,
    dimension: Dimension,
    told: Vec<Told<'a>>,
}

impl Cell {
    /// Whether it is a number of this part, in whatever quarter.
    pub fn is_of(&self, part: &Part) -> bool {
        self.category.as_ref().is_some_and(|category| *category == part.category.as_ref().to_lowercase())
    }
}

impl<'a> Table<'a> {
    pub fn new(policy: DisclosurePolicy, scale: &'a Scale, dimension: Dimension, told: Vec<Told<'a>>) -> Self {
        Self { scale, threshold: threshold(policy).unwrap_or_default(), dimension, told }
    }

    /// The hidden numbers that follow. Of those who are nobody nothing is told.
    pub fn exposed(&self) -> Exposed {
        NAMES.into_iter().flat_map(|name| self.exposed_by(name)).filter(|cell| !cell.number.is_zero()).collect()
    }

    fn exposed_by(&self, name: &'static str) -> Exposed {
        let cells = self.cells(name);
        let hidden: Vec<&Cell> = cells.iter().filter(|(_, hidden)| **hidden).map(|(cell, _)| cell).collect();
        let places: BTreeMap<&Cell, usize> = hidden.iter().enumerate().map(|(at, cell)| (*cell, at)).collect();
        // What stood still between two quarters that are shown is no secret.
        let still: Vec<bool> = hidden.iter().map(|cell| stood_still(cell, &cells)).collect();
        let ranges = hidden.iter().map(|cell| self.range(cell, &cells)).collect();
        let mut inference = Inference { ranges, ..Inference::default() };
        for told in self.told.iter().filter(|told| self.is_whole_known(told, name)) {
            let mut all = self.numbers(told, name);
            all.retain(|cell, _| places.contains_key(cell));
            let total = all.keys().map(|cell| cell.number).sum();
            let sum = (all.keys().map(|cell| places[cell]).collect::<BTreeSet<usize>>(), total);
            if !all.is_empty() && !inference.sums.contains(&sum) {
                inference.sums.push(sum);
            }
        }
        for (one, other) in hidden.iter().flat_map(|one| hidden.iter().map(move |other| (*one, *other))) {
            if one.ends < other.ends && one.is_same_part(other) && one.number <= other.number {
                inference.orders.insert((places[one], places[other]));
            }
        }
        let found = inference.found().into_iter().filter(|at| !still[*at]);
        found.map(|at| hidden[at].clone()).collect()
    }

    /// Every number of a name, and whether it is hidden wherever it stands.
    fn cells(&self, name: &'static str) -> BTreeMap<Cell, bool> {
        let mut cells = BTreeMap::new();
        for (cell, hidden) in self.told.iter().flat_map(|told| self.numbers(told, name)) {
            let everywhere = cells.entry(cell).or_insert(true);
            *everywhere &= hidden;
        }
        cells
    }

    /// The numbers of a figure's parts, and of those who are in none of them if they are few.
    fn numbers(&self, told: &Told<'_>, name: &'static str) -> BTreeMap<Cell, bool> {
        let number = |figure: &Figure| counts(self.scale, figure).into_iter().find(|(one, _)| *one == name);
        let cell = |category: Option<String>, number: Decimal| Cell {
            ends: told.period.end(),
            period: told.period.to_string(),
            category,
            name,
            number: number.normalize(),
        };
        let ours: Vec<_> = told.parts.iter().filter(|(part, _)| part.dimension == self.dimension).collect();
        let each = ours.iter().filter_map(|(part, hidden)| {
            let (_, number) = number(&part.figure())?;
            Some((cell(Some(part.category.as_ref().to_lowercase()), number), *hidden))
        });
        let mut cells: BTreeMap<Cell, bool> = each.collect();
        let complete = !cells.is_empty() && cells.len() == ours.len();
        if let Some((_, whole)) = number(told.whole).filter(|_| complete) {
            let left = whole - cells.keys().map(|cell| cell.number).sum::<Decimal>();
            if left > Decimal::ZERO && left <= self.greatest_small(name) {
                cells.insert(cell(None, left), true);
            }
        }
        cells
    }

    /// Whether the number of a whole is shown, in this revision or in another where it is the same.
    fn is_whole_known(&self, told: &Told<'_>, name: &str) -> bool {
        let number = |told: &Told<'_>| counts(self.scale, told.whole).into_iter().find(|(one, _)| *one == name);
        let same =
            |other: &&Told<'_>| other.period == told.period && number(other).is_some() && number(other) == number(told);
        !told.whole_hidden || self.told.iter().filter(same).any(|other| !other.whole_hidden)
    }

    fn greatest_small(&self, name: &str) -> Decimal {
        if name == "denominator" { SMALLEST_WHOLE - Decimal::ONE } else { self.threshold }
    }

    /// What a hidden number can be, for one who knows which are small, and what is shown of other quarters of the year.
    fn range(&self, cell: &Cell, cells: &BTreeMap<Cell, bool>) -> Range {
        let (number, one) = (cell.number, Decimal::ONE);
        let mut range = Range { least: number.min(one).floor(), most: None };
        let shown = || shown_elsewhere(cell, cells);
        if number <= self.greatest_small(cell.name) {
            range.lower(self.greatest_small(cell.name));
        } else {
            // Then it is hidden since it is close to one that is shown. If it is to several, nobody knows to which.
            let is_close = |other: &&Cell| other.number != number && (number - other.number).abs() <= self.threshold;
            let close: BTreeSet<Decimal> = shown().filter(is_close).map(|other| other.number).collect();
            if let (1, Some(other)) = (close.len(), close.first()) {
                let (least, most) = if *other < number { (one, self.threshold) } else { (-self.threshold, -one) };
                range.raise(other + least);
                range.lower(other + most);
            }
        }
        for other in shown() {
            if other.ends < cell.ends && other.number <= number {
                range.raise(other.number);
            }
            if other.ends > cell.ends && other.number >= number {
                range.lower(other.number);
            }
        }
        range
    }
}

/// The same part in other periods, where it is shown.
fn shown_elsewhere<'a>(cell: &'a Cell, cells: &'a BTreeMap<Cell, bool>) -> impl Iterator<Item = &'a Cell> {
    let others =
        cells.iter().filter(|(other, hidden)| !**hidden && other.is_same_part(cell) && other.ends != cell.ends);
    others.map(|(other, _)| other)
}

fn stood_still(cell: &Cell, cells: &BTreeMap<Cell, bool>) -> bool {
    let same = || shown_elsewhere(cell, cells).filter(|other| other.number == cell.number);
    same().any(|other| other.ends < cell.ends) && same().any(|other| other.ends > cell.ends)
}

impl Cell {
    fn is_same_part(&self, other: &Self) -> bool {
        self.category.is_some() && self.category == other.category
    }
}
