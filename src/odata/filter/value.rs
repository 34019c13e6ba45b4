//! A value of a filter beside a property: whether it is one of the property's kind, and how it is then compared.

use std::cmp::Ordering;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::ast::{Comparison, Literal};
use super::token;
use crate::bi::catalogue::Kind;
use crate::bi::cell::Cell;
use crate::bi::filter::How;

/// What a comparison with a value comes to.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Compared {
    /// With this value, so.
    With(How, Cell),
    /// It holds for whatever is there, and for nothing else.
    WhereThere,
    /// It always holds.
    Always,
    /// It never holds.
    Never,
}

/// What a kind of property is compared with, in words.
pub(super) const fn wanted(kind: Kind) -> &'static str {
    match kind {
        Kind::Code | Kind::Text => "a text in single quotes",
        Kind::Integer | Kind::Decimal => "a number",
        Kind::Date => "a date such as 2025-03-31",
        Kind::Instant => "an instant such as 2025-04-01T00:00:00Z",
        Kind::Boolean => "`true` or `false`",
    }
}

/// The value as one of a property of this kind; none where it is none. Clients that know nothing of dates send them in quotes.
pub(super) fn cell(kind: Kind, literal: &Literal) -> Option<Cell> {
    Some(match (kind, literal) {
        (Kind::Code | Kind::Text, Literal::Text(text)) => Cell::Text(text.clone()),
        (Kind::Integer, Literal::Number(number)) if number.is_integer() => Cell::Integer(number.to_i64()?),
        (Kind::Decimal, Literal::Number(number)) => Cell::Decimal(*number),
        (Kind::Date, Literal::Date(day)) => Cell::Date(*day),
        (Kind::Date, Literal::Text(text)) => Cell::Date(token::read_date(text).ok()?),
        (Kind::Instant, Literal::Instant(instant)) => Cell::Instant(instant.to_utc()),
        (Kind::Instant, Literal::Text(text)) => match token::read_instant(text).ok()? {
            Literal::Instant(instant) => Cell::Instant(instant.to_utc()),
            _ => return None,
        },
        (Kind::Boolean, Literal::Truth(truth)) => Cell::Boolean(*truth),
        _ => return None,
    })
}

/// How a property of this kind compares with a value that is not null; none where the value is of another kind.
pub(super) fn compared(kind: Kind, comparison: Comparison, literal: &Literal) -> Option<Compared> {
    let how = how(comparison);
    match (kind, literal) {
        (Kind::Integer, Literal::Number(number)) => Some(whole(how, *number)),
        _ => cell(kind, literal).map(|cell| Compared::With(how, cell)),
    }
}

/// A whole number beside any number: what lies between two whole numbers is compared by its neighbour.
fn whole(how: How, number: Decimal) -> Compared {
    let beside = match how {
        How::Eq | How::Ne if !number.is_integer() => {
            return if how == How::Eq { Compared::Never } else { Compared::Always };
        }
        How::Gt | How::Le => number.floor(),
        _ => number.ceil(),
    };
    match (beside.to_i64(), how, beside.cmp(&Decimal::ZERO)) {
        (Some(number), ..) => Compared::With(how, Cell::Integer(number)),
        // Beyond every number that a property can have.
        (None, How::Ne, _) => Compared::Always,
        (None, How::Lt | How::Le, Ordering::Greater) | (None, How::Gt | How::Ge, Ordering::Less) => {
            Compared::WhereThere
        }
        (None, ..) => Compared::Never,
    }
}

pub(super) const fn how(comparison: Comparison) -> How {
    match comparison {
        Comparison::Eq => How::Eq,
        Comparison::Ne => How::Ne,
        Comparison::Gt => How::Gt,
        Comparison::Ge => How::Ge,
        Comparison::Lt => How::Lt,
        Comparison::Le => How::Le,
    }
}

/// The same comparison from the other side.
pub(super) const fn turned(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Gt => Comparison::Lt,
        Comparison::Ge => Comparison::Le,
        Comparison::Lt => Comparison::Gt,
        Comparison::Le => Comparison::Ge,
        same => same,
    }
}

/// Whether two values compare so; none where they are of different kinds. Clients ask `1 eq 1` to have everything.
pub(super) fn constant_holds(one: &Literal, comparison: Comparison, other: &Literal) -> Option<bool> {
    let order = match (one, other) {
        (Literal::Null, Literal::Null) => Some(Ordering::Equal),
        (Literal::Null, _) | (_, Literal::Null) => None,
        (Literal::Truth(a), Literal::Truth(b)) if matches!(comparison, Comparison::Eq | Comparison::Ne) => {
            Some(a.cmp(b))
        }
        (Literal::Number(a), Literal::Number(b)) => Some(a.cmp(b)),
        (Literal::Text(a), Literal::Text(b)) => Some(a.cmp(b)),
        (Literal::Date(a), Literal::Date(b)) => Some(a.cmp(b)),
        (Literal::Instant(a), Literal::Instant(b)) => Some(a.cmp(b)),
        _ => return None,
    };
    Some(match comparison {
        Comparison::Eq => order == Some(Ordering::Equal),
        Comparison::Ne => order != Some(Ordering::Equal),
        Comparison::Gt => order == Some(Ordering::Greater),
        Comparison::Ge => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
        Comparison::Lt => order == Some(Ordering::Less),
        Comparison::Le => matches!(order, Some(Ordering::Less | Ordering::Equal)),
    })
}
