//! `$orderby`, made definite by the key; and the place at which a page begins, as `$skiptoken` carries it.

use std::cmp::Ordering;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::model::EntitySet;
use crate::bi::catalogue::Field;
use crate::bi::cell::Cell;
use crate::bi::feed::Cells;
use crate::bi::order::{By, Order};
use crate::http::problem::Problem;
use crate::http::problems;

/// Most properties that an order is asked by.
pub const MOST: usize = 8;

/// The order of rows. By the standard, null stands before everything, and after it where the order is descending.
#[derive(Clone, Debug)]
pub struct Sort {
    set: &'static EntitySet,
    by: Vec<(usize, bool)>,
    asked: String,
}

impl Sort {
    /// Reads `$orderby`.
    ///
    /// # Errors
    /// A name that there is not, and an expression.
    pub fn read(text: &str, set: &'static EntitySet) -> Result<Self, Problem> {
        let wrong = |told: String| Problem::new(problems::INVALID_PARAMETER, format!("`$orderby`: {told}."));
        let mut by: Vec<(usize, bool)> = Vec::new();
        for item in text.split(',').filter(|_| !text.is_empty()) {
            let mut words = item.split_whitespace();
            let name = words.next().unwrap_or_default();
            if name.contains(['(', '/']) {
                let told = format!("`$orderby` by `{}` is not supported; properties are.", item.trim());
                return Err(Problem::new(problems::NOT_SUPPORTED, told));
            }
            let place = set.place(name);
            let place = place.ok_or_else(|| {
                wrong(format!("there is no property `{}`; $metadata lists them", name.escape_debug()))
            })?;
            let descending = match (words.next(), words.next()) {
                (None, _) | (Some("asc"), None) => false,
                (Some("desc"), None) => true,
                _ => return Err(wrong(format!("after `{name}` can stand `asc` or `desc`, and nothing else"))),
            };
            if !by.iter().any(|(known, _)| *known == place) {
                by.push((place, descending));
            }
        }
        if by.len() > MOST {
            return Err(wrong(format!("rows are ordered by at most {MOST} properties")));
        }
        let key: Vec<usize> = set.key_places().filter(|place| !by.iter().any(|(known, _)| known == place)).collect();
        by.extend(key.into_iter().map(|place| (place, false)));
        Ok(Self { set, by, asked: text.to_owned() })
    }

    /// The same order of the feed.
    pub fn order(&self) -> Order {
        Order::by(
            self.by
                .iter()
                .map(|(place, descending)| By {
                    field: Field(*place),
                    descending: *descending,
                    nulls_first: !descending,
                })
                .collect(),
        )
    }

    /// Which of two rows stands first.
    pub fn compare(&self, one: &Cells, other: &[Cell]) -> Ordering {
        let other = |place: usize| other.get(place).unwrap_or(&Cell::Null);
        self.fold(|place| one.get(place).unwrap_or(&Cell::Null), other)
    }

    /// Whether a row stands after a place.
    pub fn is_after(&self, row: &Cells, place: &[Cell]) -> bool {
        let at = |wanted: usize| {
            let found = self.by.iter().position(|(known, _)| *known == wanted).and_then(|at| place.get(at));
            found.unwrap_or(&Cell::Null)
        };
        self.fold(|wanted| row.get(wanted).unwrap_or(&Cell::Null), at) == Ordering::Greater
    }

    fn fold<'a>(&self, one: impl Fn(usize) -> &'a Cell, other: impl Fn(usize) -> &'a Cell) -> Ordering {
        let each = self.by.iter().map(|(place, descending)| {
            let (a, b) = (one(*place), other(*place));
            let order = a.compare(b).unwrap_or_else(|| b.is_null().cmp(&a.is_null()));
            if *descending { order.reverse() } else { order }
        });
        each.fold(Ordering::Equal, Ordering::then)
    }

    /// The token of the place after a row.
    ///
    /// # Errors
    /// `internal_error` if it cannot be written.
    pub fn token_after(&self, row: &Cells) -> Result<String, Problem> {
        let cells = self.by.iter().map(|(place, _)| row.get(*place).unwrap_or(&Cell::Null));
        let texts: Vec<Option<String>> = cells.map(|cell| (!cell.is_null()).then(|| cell.plain())).collect();
        let json = serde_json::to_vec(&(self.set.name, &self.asked, texts)).map_err(Problem::internal)?;
        Ok(URL_SAFE_NO_PAD.encode(json))
    }

    /// The place that a token carries.
    ///
    /// # Errors
    /// `invalid_cursor` when it was not given out by this set in this order.
    pub fn place(&self, token: &str) -> Result<Vec<Cell>, Problem> {
        let told = "`$skiptoken` was not given out by this set in this order: follow `@odata.nextLink` as it is.";
        let wrong = || Problem::new(problems::INVALID_CURSOR, told);
        let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| wrong())?;
        let read: (String, String, Vec<Option<String>>) = serde_json::from_slice(&bytes).map_err(|_| wrong())?;
        let (name, asked, texts) = read;
        if name != self.set.name || asked != self.asked || texts.len() != self.by.len() {
            return Err(wrong());
        }
        let cell = |((place, _), text): (&(usize, bool), &Option<String>)| {
            let property = self.set.properties.get(*place)?;
            match text {
                None => property.nullable.then_some(Cell::Null),
                Some(text) => Cell::read(property.kind, text).filter(|_| !text.contains('\0')),
            }
        };
        self.by.iter().zip(&texts).map(cell).collect::<Option<Vec<_>>>().ok_or_else(wrong)
    }
}

#[cfg(test)]
mod tests;
