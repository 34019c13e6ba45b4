//! THE catalogue of the feed's columns. Every form, filter, order and document of the feed is made from it.
//!
//! Names are a contract: columns are only ever added, at the end of their group's list or in a group of their own, and a test
//! holds those there are. A column that the database alone can tell has its SQL; one that a rule decides has none, and is
//! compared after the rules have run.

mod comparison;
mod figure;
mod judgement;
pub(in crate::bi) mod place;

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::bi::cell::Cell;
use crate::bi::facts::Facts;
use crate::domain::quantity::STORED_DECIMAL_PLACES;

/// What sort of value a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A code, a period or a word of a closed list: no spaces, no commas.
    Code,
    /// Text for people.
    Text,
    /// A whole number.
    Integer,
    /// An exact decimal of at most 28 digits, 14 of them before the point.
    Decimal,
    /// A day.
    Date,
    /// An instant in UTC, in microseconds.
    Instant,
    /// Yes or no.
    Boolean,
}

/// Digits of a decimal, in forms that fix them: 14 before the point, and [`SCALE`] after it with some to spare.
pub const PRECISION: u32 = 28;

/// Places of what a rule computes: a floor is a target of four places less a percentage of four.
pub const SCALE: u32 = 10;

/// Where a column can be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// In the database, before rows are chosen: an expression over the tables of `chosen.sql`.
    Chosen(&'static str),
    /// In the database, once a row has its target and the figures before.
    Read(&'static str),
    /// After the rules have run.
    Rule,
}

/// A column's name and type, as the forms need them.
#[derive(Clone, Copy, Debug)]
pub struct Head {
    /// Its name.
    pub name: &'static str,
    /// What sort of value it holds.
    pub kind: Kind,
}

/// How callers may ask for rows by a column, in the query of the feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// By its values: `measure=EDU-01,EDU-02`.
    Values,
    /// By its values and by comparison: `value_ge=50`.
    Compared,
    /// Not at all: long texts.
    Never,
}

/// A column of the feed.
#[derive(Debug)]
pub struct Column {
    /// Its name, the same in every form.
    pub name: &'static str,
    /// What sort of value it holds.
    pub kind: Kind,
    /// For a decimal, the places after the point that a form with fixed places has for it.
    pub scale: u32,
    /// Whether it can be null.
    pub nullable: bool,
    /// The words that it can hold, if it is of a closed list.
    pub words: &'static [&'static str],
    /// What it means, in a sentence or two.
    pub about: &'static str,
    /// How callers may ask by it.
    pub asked: Asked,
    /// Where it can be compared.
    pub source: Source,
    /// Its value in a row.
    pub value: fn(&Facts) -> Cell,
}

impl Column {
    /// A column that always has a value.
    const fn new(
        name: &'static str,
        kind: Kind,
        source: Source,
        about: &'static str,
        value: fn(&Facts) -> Cell,
    ) -> Self {
        // Numbers, days and instants have an order that callers ask by.
        let asked = match kind {
            Kind::Integer | Kind::Decimal | Kind::Date | Kind::Instant => Asked::Compared,
            Kind::Code | Kind::Text | Kind::Boolean => Asked::Values,
        };
        Self { name, kind, scale: SCALE, nullable: false, words: &[], about, asked, source, value }
    }

    /// The same, which can be null.
    const fn or_null(self) -> Self {
        Self { nullable: true, ..self }
    }

    /// The same, as a number that was pushed: no more places are ever stored.
    const fn pushed(self) -> Self {
        Self { scale: STORED_DECIMAL_PLACES, ..self }
    }

    /// The same of a code that has an order, by which rows can also be asked for by comparison.
    const fn compared(self) -> Self {
        Self { asked: Asked::Compared, ..self }
    }

    /// The same, by which rows cannot be asked for.
    const fn never_asked(self) -> Self {
        Self { asked: Asked::Never, ..self }
    }

    /// The same, which holds one of these words.
    const fn one_of(self, words: &'static [&'static str]) -> Self {
        Self { words, ..self }
    }
}

/// A column by its place in the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Field(pub usize);

impl Field {
    /// The column of this name.
    pub fn named(name: &str) -> Option<Self> {
        PLACES.get(name).copied()
    }

    /// The column.
    pub fn column(self) -> &'static Column {
        COLUMNS[self.0]
    }
}

/// Every column, in the order of every form.
pub static COLUMNS: LazyLock<Vec<&'static Column>> = LazyLock::new(|| {
    let groups = [place::COLUMNS, figure::COLUMNS, judgement::COLUMNS, comparison::COLUMNS, place::LAST];
    groups.into_iter().flatten().collect()
});

static PLACES: LazyLock<HashMap<&'static str, Field>> =
    LazyLock::new(|| COLUMNS.iter().enumerate().map(|(at, column)| (column.name, Field(at))).collect());

/// Names and types of every column.
pub fn heads() -> Vec<Head> {
    COLUMNS.iter().map(|column| Head { name: column.name, kind: column.kind }).collect()
}

/// The columns that together name one row.
pub const KEY: [&str; 4] = ["measure", "quarter", "dimension", "category"];

/// The key's columns in the catalogue.
pub fn key() -> [Field; 4] {
    KEY.map(|name| PLACES[name])
}
