//! The functions that a `$filter` can call.

use strum::{Display, EnumString, VariantNames};

use crate::bi::filter::{Piece, Unit};

/// A function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Display, EnumString, VariantNames)]
#[strum(serialize_all = "lowercase")]
pub enum Function {
    /// Whether a text has a piece in it.
    Contains,
    /// Whether a text begins with a piece.
    StartsWith,
    /// Whether a text ends with a piece.
    EndsWith,
    /// The year of a day or an instant, in UTC.
    Year,
    /// The month from 1 to 12, in UTC.
    Month,
    /// The day of the month, in UTC.
    Day,
}

/// What a function does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Does {
    /// Looks for a piece of a text.
    Looks(Piece),
    /// Takes a part of a time.
    Takes(Unit),
}

/// Functions of the standard that are not here.
pub(super) const NOT_HERE: &[&str] = &[
    "all",
    "any",
    "cast",
    "ceiling",
    "concat",
    "date",
    "floor",
    "fractionalseconds",
    "geo.distance",
    "geo.intersects",
    "geo.length",
    "hassubsequence",
    "hassubset",
    "hour",
    "indexof",
    "isof",
    "length",
    "matchesPattern",
    "maxdatetime",
    "mindatetime",
    "minute",
    "now",
    "round",
    "second",
    "substring",
    "substringof",
    "time",
    "tolower",
    "totaloffsetminutes",
    "totalseconds",
    "toupper",
    "trim",
];

impl Function {
    /// What it does.
    pub(super) const fn does(self) -> Does {
        match self {
            Self::Contains => Does::Looks(Piece::Contains),
            Self::StartsWith => Does::Looks(Piece::Begins),
            Self::EndsWith => Does::Looks(Piece::Ends),
            Self::Year => Does::Takes(Unit::Year),
            Self::Month => Does::Takes(Unit::Month),
            Self::Day => Does::Takes(Unit::Day),
        }
    }
}
