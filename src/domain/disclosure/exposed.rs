//! Which hidden numbers of a measure's parts follow from all that was published of them: revisions of one period, in which what has
//! not changed is the same, and quarters of one year to date, in which nothing goes away again.

mod known;

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use self::known::{Cell, Known, Numbers};
use super::inference::Range;
use super::{counts, greatest_small, threshold};
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

/// Hidden numbers that are found out.
pub(super) type Exposed = BTreeSet<Cell>;

/// All that was published of the parts by one dimension.
pub(super) struct Table<'a> {
    scale: &'a Scale,
    threshold: Decimal,
    dimension: Dimension,
    told: Vec<Told<'a>>,
}

/// Numbers of parts that are shown, by part.
type Shown<'a> = BTreeMap<&'a str, Vec<&'a Cell>>;

impl<'a> Table<'a> {
    /// What was published, and is to be, in any order.
    pub fn new(policy: DisclosurePolicy, scale: &'a Scale, dimension: Dimension, told: Vec<Told<'a>>) -> Self {
        Self { scale, threshold: threshold(policy).unwrap_or_default(), dimension, told }
    }

    /// The hidden numbers that follow. Of those who are nobody nothing is told.
    pub fn exposed(&self) -> Exposed {
        NAMES.into_iter().flat_map(|name| self.exposed_by(name)).filter(|cell| !cell.number.is_zero()).collect()
    }

    fn exposed_by(&self, name: &'static str) -> Exposed {
        let figures: Vec<(bool, Numbers)> =
            self.told.iter().map(|told| (self.is_whole_known(told, name), self.numbers(told, name))).collect();
        let mut hidden_everywhere = Numbers::new();
        for (cell, hidden) in figures.iter().flat_map(|(_, numbers)| numbers) {
            *hidden_everywhere.entry(cell.clone()).or_insert(true) &= hidden;
        }
        let mut shown = Shown::new();
        for (cell, _) in hidden_everywhere.iter().filter(|(_, hidden)| !**hidden) {
            shown.entry(cell.category.as_deref().unwrap_or_default()).or_default().push(cell);
        }
        let mut known = Known::default();
        for (cell, _) in hidden_everywhere.iter().filter(|(_, hidden)| **hidden) {
            known.place(cell, self.range(cell, &shown));
        }
        known.add_up_each(figures.iter().filter(|(known, _)| *known).map(|(_, numbers)| numbers));
        for (earlier_known, earlier) in &figures {
            for (later_known, later) in &figures {
                known.compare(earlier, later, *earlier_known && *later_known);
            }
        }
        // What stood still between two quarters that are shown is no secret, and neither is that more than a few came.
        let secret = |cell: &Cell| {
            if cell.is_flow { cell.number <= self.greatest_small(name) } else { !stood_still(cell, &shown) }
        };
        known.found().filter(secret).collect()
    }

    /// The numbers of a figure's parts, and of those who are in none of them, or in parts without a number, if they are few: no more
    /// than can be small, or than there are such parts, which would be one each.
    fn numbers(&self, told: &Told<'_>, name: &'static str) -> Numbers {
        let number = |figure: &Figure| counts(self.scale, figure).into_iter().find(|(one, _)| *one == name);
        let cell = |category: Option<String>, number: Decimal| Cell {
            ends: told.period.end(),
            period: told.period.to_string(),
            category,
            name,
            number: number.normalize(),
            is_flow: false,
        };
        let ours: Vec<_> = told.parts.iter().filter(|(part, _)| part.dimension == self.dimension).collect();
        let each = ours.iter().filter_map(|(part, hidden)| {
            let (_, number) = number(&part.figure())?;
            Some((cell(Some(part.plain_category()), number), *hidden))
        });
        let mut cells: Numbers = each.collect();
        let without = Decimal::from(ours.len() - cells.len());
        if let Some((_, whole)) = number(told.whole).filter(|_| !ours.is_empty()) {
            let left = whole - cells.keys().map(|cell| cell.number).sum::<Decimal>();
            if left > Decimal::ZERO && left <= self.greatest_small(name).max(without) {
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
        greatest_small(name, self.threshold)
    }

    /// What a hidden number can be, for one who knows which are small, and what is shown of other quarters of the year.
    fn range(&self, cell: &Cell, shown: &Shown<'_>) -> Range {
        let (number, one, near) = (cell.number, Decimal::ONE, self.greatest_small(cell.name));
        if number <= near {
            return Range { least: number.min(one).floor(), most: Some(near) };
        }
        let mut range = Range { least: number.min(near + one), most: None };
        // It is hidden since it is close to one that is shown. If it is to several, nobody knows to which.
        let is_close = |other: &&Cell| other.number != number && (number - other.number).abs() <= near;
        let close: BTreeSet<Decimal> = elsewhere(cell, shown).filter(is_close).map(|other| other.number).collect();
        if let (1, Some(other)) = (close.len(), close.first()) {
            let (least, most) = if *other < number { (one, near) } else { (-near, -one) };
            range.raise(other + least);
            range.lower(other + most);
        }
        range
    }
}

/// The same part in other periods, where it is shown.
fn elsewhere<'a>(cell: &'a Cell, shown: &'a Shown<'_>) -> impl Iterator<Item = &'a Cell> {
    let same = cell.category.as_deref().and_then(|category| shown.get(category)).into_iter().flatten();
    same.copied().filter(|other| other.ends != cell.ends)
}

fn stood_still(cell: &Cell, shown: &Shown<'_>) -> bool {
    let same = || elsewhere(cell, shown).filter(|other| other.number == cell.number);
    same().any(|other| other.ends < cell.ends) && same().any(|other| other.ends > cell.ends)
}
