//! One value of the feed: what every form writes, and filters and orders compare.

use std::cmp::Ordering;
use std::str::FromStr;

use chrono::{DateTime, Datelike, NaiveDate, SecondsFormat, Utc};
use rust_decimal::Decimal;

use crate::bi::catalogue::Kind;
use crate::domain::quantity::Quantity;

/// The value of one column in one row.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Null,
    /// A code, a word of a closed list, or a text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// An exact decimal, with the digits that it has.
    Decimal(Decimal),
    /// A day.
    Date(NaiveDate),
    /// An instant, in microseconds.
    Instant(DateTime<Utc>),
    /// Yes or no.
    Boolean(bool),
}

impl Cell {
    /// A value that may be missing.
    pub fn of<T: Into<Self>>(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }

    /// Anything by its text, if it is there.
    pub fn shown(value: Option<impl ToString>) -> Self {
        value.map_or(Self::Null, |value| Self::Text(value.to_string()))
    }

    /// A count, if it is there.
    pub fn count(value: Option<usize>) -> Self {
        value.and_then(|value| i64::try_from(value).ok()).map_or(Self::Null, Self::Integer)
    }

    /// Reads a value of a column of this kind; none where the text is no such value.
    pub fn read(kind: Kind, text: &str) -> Option<Self> {
        match kind {
            Kind::Code | Kind::Text => Some(Self::Text(text.to_owned())),
            Kind::Integer => text.parse().ok().map(Self::Integer),
            Kind::Decimal => Decimal::from_str_exact(text).ok().filter(|_| is_plain(text)).map(Self::Decimal),
            Kind::Date => {
                NaiveDate::from_str(text).ok().filter(|day| text.len() == 10 && day.year() > 0).map(Self::Date)
            }
            // A `+` that nobody encoded arrives as a space.
            Kind::Instant => {
                let instant = DateTime::parse_from_rfc3339(&text.replacen(' ', "+", 1)).ok()?.to_utc();
                (1..=9999).contains(&instant.year()).then_some(Self::Instant(instant))
            }
            Kind::Boolean => text.parse().ok().map(Self::Boolean),
        }
    }

    /// Whether there is nothing.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The value as plain text: what CSV shows, and what [`Cell::read`] reads again. Empty for nothing.
    pub fn plain(&self) -> String {
        match self {
            Self::Null => String::new(),
            Self::Text(text) => text.clone(),
            Self::Integer(number) => number.to_string(),
            Self::Decimal(number) => number.to_string(),
            Self::Date(day) => day.to_string(),
            Self::Instant(instant) => instant.to_rfc3339_opts(SecondsFormat::AutoSi, true),
            Self::Boolean(flag) => flag.to_string(),
        }
    }

    /// How two values of one column compare; none where either is missing.
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => Some(a.cmp(b)),
            (Self::Integer(a), Self::Integer(b)) => Some(a.cmp(b)),
            (Self::Decimal(a), Self::Decimal(b)) => Some(a.cmp(b)),
            (Self::Date(a), Self::Date(b)) => Some(a.cmp(b)),
            (Self::Instant(a), Self::Instant(b)) => Some(a.cmp(b)),
            (Self::Boolean(a), Self::Boolean(b)) => Some(a.cmp(b)),
            _ => None,
        }
    }
}

/// Whether a text is digits with at most one point among them, and a minus before where there is one.
fn is_plain(text: &str) -> bool {
    let (whole, part) =
        text.strip_prefix('-').unwrap_or(text).split_once('.').unwrap_or((text.trim_start_matches('-'), "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole) && digits(part)
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i32> for Cell {
    fn from(number: i32) -> Self {
        Self::Integer(number.into())
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<Quantity> for Cell {
    fn from(number: Quantity) -> Self {
        Self::Decimal(number.0)
    }
}

impl From<NaiveDate> for Cell {
    fn from(day: NaiveDate) -> Self {
        Self::Date(day)
    }
}

impl From<DateTime<Utc>> for Cell {
    fn from(instant: DateTime<Utc>) -> Self {
        Self::Instant(instant)
    }
}

impl From<bool> for Cell {
    fn from(flag: bool) -> Self {
        Self::Boolean(flag)
    }
}
