//! What a `$filter` says, before anything is known of its names and types; and how it is written again.

use std::fmt::{self, Display, Formatter};

use chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat};
use rust_decimal::Decimal;
use strum::{Display as Words, EnumString, VariantNames};

/// A part of an expression, and where it stands.
#[derive(Clone, Debug)]
pub struct Node {
    /// Column of its first character; the first is 1.
    pub column: usize,
    /// What it says.
    pub expression: Expression,
}

/// Two are the same if they say the same, wherever they stand.
impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.expression == other.expression
    }
}

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// One of two or more is true.
    Any(Vec<Node>),
    /// Each of two or more is true.
    All(Vec<Node>),
    /// It is false.
    Not(Box<Node>),
    /// How two compare.
    Compare(Box<Node>, Comparison, Box<Node>),
    /// It is one of a list.
    In(Box<Node>, Vec<Node>),
    /// A function by its name, with what it is called with.
    Call(String, Vec<Node>),
    /// A property by its name.
    Property(String),
    /// A value.
    Literal(Literal),
}

/// How two values compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Words, EnumString, VariantNames)]
#[strum(serialize_all = "lowercase")]
pub enum Comparison {
    /// Equal; null equals null.
    Eq,
    /// Not equal.
    Ne,
    /// Greater.
    Gt,
    /// Greater or equal.
    Ge,
    /// Less.
    Lt,
    /// Less or equal.
    Le,
}

/// A value as it is written.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// No value.
    Null,
    /// `true` or `false`.
    Truth(bool),
    /// A number, exact.
    Number(Decimal),
    /// A text.
    Text(String),
    /// A day.
    Date(NaiveDate),
    /// An instant with the offset it was written with.
    Instant(DateTime<FixedOffset>),
}

impl Node {
    /// A part at a column.
    pub fn new(column: usize, expression: Expression) -> Self {
        Self { column, expression }
    }
}

impl Display for Node {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.expression {
            Expression::Any(parts) => joined(f, parts, " or "),
            Expression::All(parts) => joined(f, parts, " and "),
            Expression::Not(inner) => write!(f, "not {}", Operand(inner)),
            Expression::Compare(left, comparison, right) => {
                write!(f, "{} {comparison} {}", Operand(left), Operand(right))
            }
            Expression::In(value, list) => {
                write!(f, "{} in (", Operand(value))?;
                joined(f, list, ",")?;
                f.write_str(")")
            }
            Expression::Call(name, arguments) => {
                write!(f, "{name}(")?;
                joined(f, arguments, ",")?;
                f.write_str(")")
            }
            Expression::Property(name) => f.write_str(name),
            Expression::Literal(literal) => literal.fmt(f),
        }
    }
}

/// A part that stands beside an operator: in parentheses, if it has one of its own.
struct Operand<'a>(&'a Node);

impl Display for Operand<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0.expression {
            Expression::Call(..) | Expression::Property(_) | Expression::Literal(_) => self.0.fmt(f),
            _ => write!(f, "({})", self.0),
        }
    }
}

fn joined(f: &mut Formatter<'_>, parts: &[Node], between: &str) -> fmt::Result {
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            f.write_str(between)?;
        }
        Operand(part).fmt(f)?;
    }
    Ok(())
}

impl Display for Literal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Truth(truth) => truth.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => write!(f, "'{}'", text.replace('\'', "''")),
            Self::Date(date) => date.fmt(f),
            Self::Instant(instant) => f.write_str(&instant.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
        }
    }
}
