//! A filter decided on a row that is there.

use std::cmp::Ordering;

use chrono::Datelike;

use super::{Filter, How, Piece, Unit};
use crate::bi::cell::Cell;

impl How {
    /// Whether two values that compare so are as wanted; none where one is missing.
    fn wants(self, order: Option<Ordering>) -> bool {
        match (self, order) {
            (Self::Ne, None) => true,
            (_, None) => false,
            (Self::Eq, Some(order)) => order.is_eq(),
            (Self::Ne, Some(order)) => order.is_ne(),
            (Self::Lt, Some(order)) => order.is_lt(),
            (Self::Le, Some(order)) => order.is_le(),
            (Self::Gt, Some(order)) => order.is_gt(),
            (Self::Ge, Some(order)) => order.is_ge(),
        }
    }
}

impl Filter {
    /// Whether the row with these cells is let through.
    pub fn holds(&self, cells: &[Cell]) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.holds(cells)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(cells)),
            Self::Not(part) => !part.holds(cells),
            Self::Compare(field, how, value) => how.wants(cells[field.0].compare(value)),
            Self::In(field, values) => {
                values.iter().any(|value| cells[field.0].compare(value) == Some(Ordering::Equal))
            }
            Self::Null(field) => cells[field.0].is_null(),
            Self::Text(field, piece, text) => match &cells[field.0] {
                Cell::Text(whole) => match piece {
                    Piece::Contains => whole.contains(text),
                    Piece::Begins => whole.starts_with(text),
                    Piece::Ends => whole.ends_with(text),
                },
                _ => false,
            },
            Self::Time(field, unit, how, number) => {
                let day = match &cells[field.0] {
                    Cell::Date(day) => Some(*day),
                    Cell::Instant(instant) => Some(instant.date_naive()),
                    _ => None,
                };
                let part = day.map(|day| match unit {
                    Unit::Year => day.year(),
                    Unit::Month => day.month().cast_signed(),
                    Unit::Day => day.day().cast_signed(),
                });
                how.wants(part.map(|part| part.cmp(number)))
            }
        }
    }
}
