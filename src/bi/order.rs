//! In which order: by any columns, then by the key, so that every row has a place; and the filter "after this row".

use std::cmp::Ordering;
use std::collections::HashSet;

use diesel::pg::Pg;
use diesel::query_builder::AstPass;

use crate::bi::catalogue::{self, Field, KEY, Source};
use crate::bi::cell::Cell;
use crate::bi::filter::sql::expression;
use crate::bi::filter::{Filter, How};

/// Most columns that an order is asked by.
pub const MOST: usize = 4;

/// A column of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct By {
    /// The column.
    pub field: Field,
    /// Greatest first.
    pub descending: bool,
    /// What is missing stands first.
    pub nulls_first: bool,
}

impl By {
    /// By a column, as lists are: what is missing counts as the greatest.
    const fn usual(field: Field, descending: bool) -> Self {
        Self { field, descending, nulls_first: descending }
    }

    /// As it stands in SQL after the column.
    fn direction(self) -> &'static str {
        let nullable = self.field.column().nullable;
        match (self.descending, self.nulls_first) {
            (true, false) if nullable => " DESC NULLS LAST",
            (true, _) => " DESC",
            (false, true) if nullable => " NULLS FIRST",
            (false, _) => "",
        }
    }
}

/// The order of rows; none where nobody asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Order(Vec<By>);

impl Order {
    /// By these columns, then by the key's.
    pub fn by(mut asked: Vec<By>) -> Self {
        // Only the first time that a column is named can tell rows apart.
        let mut seen = HashSet::new();
        asked.retain(|by| seen.insert(by.field));
        for field in catalogue::key() {
            if !asked.iter().any(|by| by.field == field) {
                asked.push(By::usual(field, false));
            }
        }
        Self(asked)
    }

    /// Reads `quarter,-value`.
    ///
    /// # Errors
    /// What is wrong with the text, in words.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut asked: Vec<By> = Vec::new();
        let names: Vec<&str> = text.split(',').filter(|name| !name.is_empty()).collect();
        if names.len() > MOST {
            return Err(format!("rows are sorted by at most {MOST} columns"));
        }
        for name in names {
            let (name, descending) = name.strip_prefix('-').map_or((name, false), |name| (name, true));
            let field = match (name, Field::named(name)) {
                // As every list of the service: the key is asked by that word.
                ("key", _) => {
                    asked.extend(catalogue::key().map(|field| By::usual(field, descending)));
                    continue;
                }
                (_, Some(field)) => field,
                (_, None) => return Err(format!("there is no column `{name}`")),
            };
            asked.push(By::usual(field, descending));
        }
        Ok(Self::by(asked))
    }

    /// Its columns.
    pub fn fields(&self) -> impl Iterator<Item = Field> {
        self.0.iter().map(|by| by.field)
    }

    /// Whether it is by the key alone, ascending.
    pub fn is_by_key(&self) -> bool {
        self.0.len() == KEY.len()
            && self.0.iter().zip(catalogue::key()).all(|(by, key)| by.field == key && !by.descending)
    }

    /// Whether the database can order so.
    pub fn is_stored(&self) -> bool {
        self.fields().all(|field| field.column().source != Source::Rule)
    }

    /// As it stands in a statement; nothing where nobody asks.
    pub fn write(&self, out: &mut AstPass<'_, '_, Pg>) {
        self.list(out, |_, field| format!("({})", expression(field)));
    }

    /// The columns as a subquery gives them out, for an order around it: so it is seen to be the same, and nothing is sorted twice.
    pub fn write_given(&self, out: &mut AstPass<'_, '_, Pg>) {
        for (at, by) in self.0.iter().enumerate() {
            out.push_sql(&format!(", ({}) AS s{at}", expression(by.field)));
        }
    }

    /// The order around that subquery.
    pub fn write_around(&self, subquery: &str, out: &mut AstPass<'_, '_, Pg>) {
        self.list(out, |at, _| format!("{subquery}.s{at}"));
    }

    fn list(&self, out: &mut AstPass<'_, '_, Pg>, sql: impl Fn(usize, Field) -> String) {
        for (at, by) in self.0.iter().enumerate() {
            let begins = if at == 0 { " ORDER BY " } else { ", " };
            out.push_sql(&format!("{begins}{}{}", sql(at, by.field), by.direction()));
        }
    }

    /// The place of a row in it.
    pub fn place(&self, cells: &[Cell]) -> Vec<Cell> {
        self.0.iter().map(|by| cells[by.field.0].clone()).collect()
    }

    /// Reads a place again; none where these cannot be the values of a row.
    pub fn read_place(&self, texts: &[Option<String>]) -> Option<Vec<Cell>> {
        if texts.len() != self.0.len() {
            return None;
        }
        let read = |(by, text): (&By, &Option<String>)| match text {
            None => by.field.column().nullable.then_some(Cell::Null),
            Some(text) => Cell::read(by.field.column().kind, text),
        };
        self.0.iter().zip(texts).map(read).collect()
    }

    /// Which of two rows stands first.
    pub fn compare(&self, one: &[Cell], other: &[Cell]) -> Ordering {
        let each = self.0.iter().map(|by| {
            let (a, b) = (&one[by.field.0], &other[by.field.0]);
            match a.compare(b) {
                Some(order) if by.descending => order.reverse(),
                Some(order) => order,
                None if by.nulls_first => b.is_null().cmp(&a.is_null()),
                None => a.is_null().cmp(&b.is_null()),
            }
        });
        each.fold(Ordering::Equal, Ordering::then)
    }

    /// The filter "after the row at this place".
    pub fn after(&self, place: &[Cell]) -> Filter {
        let mut same: Vec<Filter> = Vec::new();
        let mut any = Vec::new();
        for (by, value) in self.0.iter().zip(place) {
            if let Some(later) = later(*by, value) {
                any.push(Filter::All(same.iter().cloned().chain([later]).collect()));
            }
            same.push(if value.is_null() {
                Filter::Null(by.field)
            } else {
                Filter::Compare(by.field, How::Eq, value.clone())
            });
        }
        // Said first of all, so that an index can be entered at the place. Only the one who orders knows what comes after.
        let first = self.0.first().filter(|_| self.is_stored());
        let from = first
            .zip(place.first())
            .filter(|(by, value)| !by.descending && !by.field.column().nullable && !value.is_null());
        let from = from.map(|(by, value)| Filter::Compare(by.field, How::Ge, value.clone()));
        Filter::All(from.into_iter().chain([Filter::Any(any)]).collect())
    }
}

/// That a column's value stands after this one; none where nothing does.
fn later(by: By, value: &Cell) -> Option<Filter> {
    if value.is_null() {
        return by.nulls_first.then(|| Filter::Not(Box::new(Filter::Null(by.field))));
    }
    let how = if by.descending { How::Lt } else { How::Gt };
    let beyond = Filter::Compare(by.field, how, value.clone());
    let nulls = by.field.column().nullable && !by.nulls_first;
    Some(if nulls { Filter::Any(vec![beyond, Filter::Null(by.field)]) } else { beyond })
}
