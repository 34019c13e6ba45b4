//! Which rows: a condition that the database decides where it can, and that decides itself where a rule must come first.
//!
//! Both ways agree. Logic has two values: a comparison with what is missing does not hold, and "is not" holds.

mod holds;
pub(in crate::bi) mod sql;

use crate::bi::catalogue::{Field, Source};
use crate::bi::cell::Cell;

/// How a column is compared with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Is it.
    Eq,
    /// Is not it; holds for what is missing.
    Ne,
    /// Is less.
    Lt,
    /// Is at most it.
    Le,
    /// Is more.
    Gt,
    /// Is at least it.
    Ge,
}

/// How a text is compared with a piece of one, small and capital letters told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// It is in it.
    Contains,
    /// It begins with it.
    Begins,
    /// It ends with it.
    Ends,
}

/// A part of a day or an instant, in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// The year.
    Year,
    /// The month, 1 to 12.
    Month,
    /// The day of the month.
    Day,
}

/// A condition on a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// All of these hold; of none, everything does.
    All(Vec<Filter>),
    /// One of these holds; of none, nothing does.
    Any(Vec<Filter>),
    /// It does not hold.
    Not(Box<Filter>),
    /// The column compares so with the value, which is not null.
    Compare(Field, How, Cell),
    /// The column is one of the values.
    In(Field, Vec<Cell>),
    /// The column has no value.
    Null(Field),
    /// The column's text has a piece.
    Text(Field, Piece, String),
    /// A part of the column's day or instant compares so.
    Time(Field, Unit, How, i32),
}

impl Filter {
    /// Lets every row through.
    pub const EVERYTHING: Self = Self::All(Vec::new());

    /// Whether it is plainly everything.
    pub fn is_everything(&self) -> bool {
        matches!(self, Self::All(parts) if parts.iter().all(Self::is_everything))
    }

    /// Both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match self {
            Self::All(mut parts) => {
                parts.push(other);
                Self::All(parts)
            }
            one => Self::All(vec![one, other]),
        }
    }

    /// Every column that it looks at.
    pub fn fields(&self) -> Box<dyn Iterator<Item = Field> + '_> {
        match self {
            Self::All(parts) | Self::Any(parts) => Box::new(parts.iter().flat_map(Self::fields)),
            Self::Not(part) => part.fields(),
            Self::Compare(field, ..) | Self::In(field, _) | Self::Null(field) => Box::new(std::iter::once(*field)),
            Self::Text(field, ..) | Self::Time(field, ..) => Box::new(std::iter::once(*field)),
        }
    }

    /// Whether the database can decide all of it.
    pub fn is_stored(&self) -> bool {
        self.fields().all(|field| field.column().source != Source::Rule)
    }

    /// What of it the database can decide: rows that this refuses, the whole refuses.
    #[must_use]
    pub fn stored(&self) -> Self {
        self.decided_by(|source| *source != Source::Rule)
    }

    /// What of it the columns decide by which rows are chosen, before anything else is read.
    #[must_use]
    pub fn chosen(&self) -> Self {
        self.decided_by(|source| matches!(source, Source::Chosen(_)))
    }

    fn decided_by(&self, decides: fn(&Source) -> bool) -> Self {
        match self {
            Self::All(parts) => {
                let parts = parts.iter().map(|part| part.decided_by(decides));
                Self::All(parts.filter(|part| !part.is_everything()).collect())
            }
            whole if whole.fields().all(|field| decides(&field.column().source)) => whole.clone(),
            _ => Self::EVERYTHING,
        }
    }

    /// What is left to decide once the database has refused what [`Self::stored`] refuses. It is not decided twice: another
    /// database may order texts otherwise than by their bytes.
    #[must_use]
    pub fn judged(&self) -> Self {
        match self {
            Self::All(parts) => {
                Self::All(parts.iter().map(Self::judged).filter(|part| !part.is_everything()).collect())
            }
            whole if whole.is_stored() => Self::EVERYTHING,
            whole => whole.clone(),
        }
    }
}
