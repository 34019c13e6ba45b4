//! The words, values and signs of a `$filter`, with where each stands.

use std::ops::RangeInclusive;

use chrono::{DateTime, Datelike, NaiveDate};
use rust_decimal::Decimal;
use winnow::ascii::multispace0;
use winnow::combinator::{alt, delimited, opt, repeat};
use winnow::error::ContextError;
use winnow::prelude::*;
use winnow::stream::Range;
use winnow::token::{one_of, take_while};

use super::Fault;
use super::ast::Literal;

/// A token and its column.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) column: usize,
    pub(super) lexeme: Lexeme,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Lexeme {
    /// A name or an operator.
    Word(String),
    /// A value.
    Value(Literal),
    /// `(`, `)` or `,`.
    Sign(char),
}

/// Reads all tokens.
///
/// # Errors
/// A character that begins none, and a value that cannot be.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, Fault> {
    let mut rest = text;
    let mut column = 1;
    let mut found = Vec::new();
    loop {
        let before = rest;
        space(&mut rest);
        column += before.chars().count() - rest.chars().count();
        let Some(first) = rest.chars().next() else { return Ok(found) };
        let before = rest;
        let raw = raw.parse_next(&mut rest).map_err(|_| Fault::malformed(column, cannot_begin(first)))?;
        let lexeme = lexeme(raw).map_err(|told| Fault::malformed(column, told))?;
        found.push(Token { column, lexeme });
        column += before[..before.len() - rest.len()].chars().count();
    }
}

fn cannot_begin(first: char) -> String {
    match first {
        '\'' => "the text has no closing quote".to_owned(),
        other => format!("`{}` cannot stand here; texts stand in single quotes", other.escape_default()),
    }
}

fn space(input: &mut &str) {
    let _: winnow::Result<&str> = multispace0.parse_next(input);
}

/// A token as it is written.
enum Raw<'t> {
    Word(&'t str),
    Text(String),
    Number(&'t str),
    Date(&'t str),
    Instant(&'t str),
    Sign(char),
}

fn raw<'t>(input: &mut &'t str) -> winnow::Result<Raw<'t>> {
    alt((
        one_of(['(', ')', ',']).map(Raw::Sign),
        text.map(Raw::Text),
        instant.map(Raw::Instant),
        date.map(Raw::Date),
        number.map(Raw::Number),
        word.map(Raw::Word),
    ))
    .parse_next(input)
}

fn word<'t>(input: &mut &'t str) -> winnow::Result<&'t str> {
    let begins = one_of(|c: char| c.is_ascii_alphabetic() || c == '_' || c == '$');
    (begins, take_while(0.., |c: char| c.is_ascii_alphanumeric() || "_./:".contains(c))).take().parse_next(input)
}

/// A quote inside a text is written twice.
pub(in crate::odata) fn text(input: &mut &str) -> winnow::Result<String> {
    let piece = alt(("''".value("'"), take_while(1.., |c| c != '\'')));
    delimited('\'', repeat(0.., piece), '\'').parse_next(input)
}

fn digits<'t>(count: impl Into<Range>) -> impl Parser<&'t str, &'t str, ContextError> {
    take_while(count, |c: char| c.is_ascii_digit())
}

fn number<'t>(input: &mut &'t str) -> winnow::Result<&'t str> {
    let sign = || opt(one_of(['-', '+']));
    (sign(), digits(1..), opt(('.', digits(1..))), opt((one_of(['e', 'E']), sign(), digits(1..))))
        .take()
        .parse_next(input)
}

fn date<'t>(input: &mut &'t str) -> winnow::Result<&'t str> {
    (digits(4), '-', digits(2), '-', digits(2)).take().parse_next(input)
}

/// In an address a `+` that nobody encoded is a space, so an offset can begin with one.
fn instant<'t>(input: &mut &'t str) -> winnow::Result<&'t str> {
    let clock = (digits(2), ':', digits(2), opt((':', digits(2), opt(('.', digits(1..=12))))));
    let offset = alt((one_of(['Z', 'z']).void(), (one_of(['+', '-', ' ']), digits(2), ':', digits(2)).void()));
    (date, one_of(['T', 't']), clock, opt(offset)).take().parse_next(input)
}

fn lexeme(raw: Raw<'_>) -> Result<Lexeme, String> {
    Ok(match raw {
        Raw::Sign(sign) => Lexeme::Sign(sign),
        Raw::Word("null") => Lexeme::Value(Literal::Null),
        Raw::Word("true") => Lexeme::Value(Literal::Truth(true)),
        Raw::Word("false") => Lexeme::Value(Literal::Truth(false)),
        Raw::Word(word) => Lexeme::Word(word.to_owned()),
        Raw::Text(text) => Lexeme::Value(Literal::Text(text)),
        Raw::Number(text) => Lexeme::Value(Literal::Number(read_number(text)?)),
        Raw::Date(text) => Lexeme::Value(Literal::Date(read_date(text)?)),
        Raw::Instant(text) => Lexeme::Value(read_instant(text)?),
    })
}

/// Exact: a number with more digits than are kept is refused, not rounded.
fn read_number(text: &str) -> Result<Decimal, String> {
    let beyond = |_| format!("`{text}` has more than the 28 digits that are kept");
    match text.split_once(['e', 'E']) {
        None => Decimal::from_str_exact(text).map_err(beyond),
        Some(_) => Decimal::from_scientific(text).map_err(beyond),
    }
}

/// The years of days and, by UTC, of instants.
const YEARS: RangeInclusive<i32> = 1..=9999;

/// A day as it is written in a filter.
///
/// # Errors
/// One that the calendar does not have, or the database: its years are 1 to 9999 here.
pub(super) fn read_date(text: &str) -> Result<NaiveDate, String> {
    let read = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|date| YEARS.contains(&date.year()));
    read.ok_or_else(|| format!("`{text}` is no date; one is 2025-03-31"))
}

/// An instant as it is written in a filter.
///
/// # Errors
/// One that the calendar or the clock does not have, and one without an offset.
pub(super) fn read_instant(text: &str) -> Result<Literal, String> {
    let wrong = || {
        format!("`{text}` is no instant; one has an offset and is 2025-04-01T00:00:00Z or 2025-04-01T00:00:00%2B01:00")
    };
    let spelt = text.to_ascii_uppercase().replace(' ', "+").replace('Z', "+00:00");
    let (format, spelt) = match spelt.matches(':').count() {
        3 => ("%Y-%m-%dT%H:%M:%S%.f%:z", spelt),
        _ => ("%Y-%m-%dT%H:%M%:z", spelt),
    };
    let read = DateTime::parse_from_str(&spelt, format).ok().filter(|read| YEARS.contains(&read.to_utc().year()));
    read.map(Literal::Instant).ok_or_else(wrong)
}
