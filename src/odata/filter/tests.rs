//! The grammar: what it reads, how it says what is wrong, and that no text whatever breaks it.

use std::fmt::Debug;

use chrono::{DateTime, NaiveDate};
use rust_decimal::Decimal;

use super::ast::{Comparison, Expression, Literal, Node};
use super::{condition, parse};
use crate::bi::filter::Filter;
use crate::http::odata::{FILTER_CHARACTERS as LONGEST, FILTER_LEVELS as DEEPEST};
use crate::odata::dice::Dice;
use crate::odata::model::OBSERVATIONS;

fn node(expression: Expression) -> Node {
    Node::new(1, expression)
}

fn literal(dice: &mut Dice) -> Literal {
    match dice.below(6) {
        0 => Literal::Null,
        1 => Literal::Truth(dice.below(2) == 0),
        2 => Literal::Number(Decimal::new(i64::try_from(dice.below(2_000_000)).unwrap_or(0) - 1_000_000, 3)),
        3 => Literal::Text(dice.pick(&["", "red", "O'Brien", "''", "a and b", "£ 5 é", ")("]).to_owned()),
        4 => Literal::Date(
            NaiveDate::from_ymd_opt(1990 + i32::try_from(dice.below(60)).unwrap_or(0), 2, 28).unwrap_or_default(),
        ),
        _ => Literal::Instant(
            DateTime::from_timestamp_micros(i64::try_from(dice.below(usize::MAX / 2048)).unwrap_or(0))
                .unwrap_or_default()
                .fixed_offset(),
        ),
    }
}

/// Any expression at all, sensible or not.
fn expression(dice: &mut Dice, depth: usize) -> Node {
    let inner = |dice: &mut Dice| expression(dice, depth.saturating_sub(1));
    let several =
        |dice: &mut Dice| (0..2 + dice.below(3)).map(|_| expression(dice, depth.saturating_sub(1))).collect::<Vec<_>>();
    node(match if depth == 0 { 6 + dice.below(2) } else { dice.below(8) } {
        0 => Expression::Any(several(dice)),
        1 => Expression::All(several(dice)),
        2 => Expression::Not(Box::new(inner(dice))),
        3 => {
            let comparison = dice.pick(&[
                Comparison::Eq,
                Comparison::Ne,
                Comparison::Gt,
                Comparison::Ge,
                Comparison::Lt,
                Comparison::Le,
            ]);
            Expression::Compare(Box::new(inner(dice)), comparison, Box::new(inner(dice)))
        }
        4 => Expression::In(
            Box::new(inner(dice)),
            (0..dice.below(4)).map(|_| node(Expression::Literal(literal(dice)))).collect(),
        ),
        5 => Expression::Call(
            dice.pick(&["contains", "year", "anything"]).to_owned(),
            (0..dice.below(3)).map(|_| inner(dice)).collect(),
        ),
        6 => Expression::Literal(literal(dice)),
        _ => Expression::Property(dice.pick(&["value", "rag", "quarter_start", "x"]).to_owned()),
    })
}

#[test]
fn what_is_written_is_read_again() {
    let mut dice = Dice(20_250_604);
    for _ in 0..2_000 {
        let wanted = expression(&mut dice, 4);
        let text = wanted.to_string();
        assert_eq!(parse(&text).map_err(|fault| fault.told), Ok(wanted), "{text}");
    }
}

/// The text that a filter comes to when it is read and written again.
fn read(text: &str) -> String {
    parse(text).map_or_else(|fault| format!("{} {}", fault.column, fault.told), |node| node.to_string())
}

#[test]
fn operators_bind_as_the_standard_says() {
    for (text, wanted) in [
        ("a eq 1 or b eq 2 and c eq 3", "(a eq 1) or ((b eq 2) and (c eq 3))"),
        ("a eq 1 and b eq 2 or c eq 3", "((a eq 1) and (b eq 2)) or (c eq 3)"),
        ("not a and b", "(not a) and b"),
        ("not (a eq 1)", "not (a eq 1)"),
        ("not contains(t,'x') and b", "(not contains(t,'x')) and b"),
        ("a gt 1 eq true", "(a gt 1) eq true"),
        ("(((a)) eq ((1)))", "a eq 1"),
        ("  a   eq\t1 ", "a eq 1"),
        ("a in ('x','y',null)", "a in ('x','y',null)"),
        ("a in ( 1 , 2 )", "a in (1,2)"),
        ("t eq 'O''Brien'", "t eq 'O''Brien'"),
        ("t eq ''", "t eq ''"),
        ("v eq -1.50", "v eq -1.50"),
        ("v eq 1.5e2", "v eq 150"),
        ("d ge 2025-03-31", "d ge 2025-03-31"),
        ("u ge 2025-04-01T00:00:00+01:00", "u ge 2025-04-01T00:00:00+01:00"),
        ("u ge 2025-04-01T00:00:00 01:00", "u ge 2025-04-01T00:00:00+01:00"),
        ("u ge 2025-04-01T00:00:00.0000000Z", "u ge 2025-04-01T00:00:00Z"),
        ("u ge 2025-04-01T00:00Z", "u ge 2025-04-01T00:00:00Z"),
    ] {
        assert_eq!(read(text), wanted, "{text}");
    }
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    for (text, wanted) in [
        ("", "1 expected a value"),
        ("value eq", "9 expected a value after `eq`"),
        ("value eq or", "10 expected a value after `eq`"),
        ("(value gt 5) and", "17 expected a value after `and`"),
        ("(value gt 5", "12 expected an operator or `)` after `5`"),
        ("value gt 5)", "11 expected `and`, `or` or the end after `5`"),
        ("value 5", "7 expected `and`, `or` or the end after `value`"),
        ("rag eq 'red", "8 the text has no closing quote"),
        ("rag eq \"red\"", "8 `\\\"` cannot stand here; texts stand in single quotes"),
        ("rag in 'red'", "8 expected `(` after `in`"),
        ("rag in ('red' 'amber')", "15 expected a value, `,` or `)` after `'red'`"),
        ("value add 1 eq 2", "7 the operator `add` is not supported"),
        ("d eq 2025-02-30", "6 `2025-02-30` is no date; one is 2025-03-31"),
        (
            "v eq 12345678901234567890123456789.5",
            "6 `12345678901234567890123456789.5` has more than the 28 digits that are kept",
        ),
    ] {
        assert_eq!(read(text), wanted, "{text}");
    }
    let untimed = read("u ge 2025-04-01T00:00:00");
    assert!(untimed.starts_with("6 `2025-04-01T00:00:00` is no instant"), "{untimed}");
}

#[test]
fn a_filter_is_neither_too_long_nor_too_deep() {
    let nested = |levels: usize| format!("{}value eq 1{}", "(".repeat(levels), ")".repeat(levels));
    assert_eq!(read(&nested(DEEPEST)), "value eq 1");
    assert!(read(&nested(DEEPEST + 1)).ends_with("levels deep"));
    assert!(read(&format!("not{} value", " not".repeat(DEEPEST))).ends_with("levels deep"));
    assert!(read(&nested(LONGEST / 2)).ends_with("levels deep") || read(&nested(LONGEST)).contains("at most"));
    let long = vec!["value eq 1"; LONGEST / 14].join(" or ");
    assert!(matches!(parse(&long).map(|node| node.expression), Ok(Expression::Any(_))));
    assert!(read(&format!("{long} or {long}")).contains("at most 16384 characters"));
}

fn meant(text: &str) -> Result<Filter, String> {
    let told = |fault: super::Fault| format!("{} {}", fault.column, fault.told);
    condition(&parse(text).map_err(told)?, &OBSERVATIONS).map_err(told)
}

fn refused(result: Result<impl Debug, String>) -> String {
    match result {
        Ok(read) => format!("{read:?}"),
        Err(told) => told,
    }
}

#[test]
fn names_and_kinds_are_checked() {
    for (text, wanted) in [
        ("vlaue eq 1", "1 there is no property `vlaue`; $metadata lists them"),
        ("Value eq 1", "1 there is no property `Value`; there is `value`"),
        ("value eq 'x'", "10 `value` is compared with a number, not with `'x'`"),
        ("rag eq 5", "8 `rag` is compared with a text in single quotes, not with `5`"),
        ("quarter_start ge 5", "18 `quarter_start` is compared with a date such as 2025-03-31, not with `5`"),
        (
            "updated_at ge 2025-01-01",
            "15 `updated_at` is compared with an instant such as 2025-04-01T00:00:00Z, not with `2025-01-01`",
        ),
        ("value", "1 expected a condition, such as `value eq …` with a number"),
        ("5", "1 expected a condition, and `5` is a value"),
        ("value in ('x')", "11 `value` is compared with a number, not with `'x'`"),
        ("contains(value,'x')", "10 `contains` takes a text property first, and `value` is none"),
        ("contains(rag)", "1 `contains` takes two texts, not 1"),
        ("year(rag) eq 2025", "6 `year` takes a property that is a date or an instant, and `rag` is none"),
        ("year(quarter_start)", "1 `year(quarter_start)` is a number: compare it, as in `year(quarter_start) eq 2025`"),
        (
            "nonsense(rag) eq 1",
            "1 there is no function `nonsense`; there are contains, startswith, endswith, year, month, day",
        ),
        ("length(rag) eq 1", "1 the function `length` is not supported"),
        ("value gt target", "1 comparing `value` with `target`, neither of which is a value, is not supported"),
        ("measure/title eq 'x'", "1 the path `measure/title` is not supported"),
    ] {
        assert_eq!(refused(meant(text)), wanted, "{text}");
    }
}

#[test]
fn constants_and_whole_numbers_are_decided_beforehand() {
    let never = Filter::Any(Vec::new());
    for (text, wanted) in [
        ("1 eq 1", Filter::EVERYTHING),
        ("1 eq 0", never.clone()),
        ("null eq null", Filter::EVERYTHING),
        ("null ge null", Filter::EVERYTHING),
        ("null gt 1", never.clone()),
        ("value gt null", never.clone()),
        ("sequence eq 1.5", never.clone()),
        ("sequence ne 1.5", Filter::EVERYTHING),
        ("contains(rag,null)", never),
    ] {
        assert_eq!(meant(text), Ok(wanted), "{text}");
    }
    for (one, other) in [
        ("sequence gt 1.5", "sequence gt 1"),
        ("sequence ge 1.5", "sequence ge 2"),
        ("1.5 gt sequence", "sequence lt 2"),
        ("'red' eq rag", "rag eq 'red'"),
        ("quarter_start ge '2025-04-01'", "quarter_start ge 2025-04-01"),
        ("(rag eq 'red') eq true", "rag eq 'red'"),
        ("contains(rag,'e') eq true", "contains(rag,'e')"),
        ("not not (rag eq 'red')", "not (not (rag eq 'red'))"),
    ] {
        assert_eq!(meant(one), meant(other), "{one}");
    }
}

/// Texts that say something, to be spoilt.
const SEEDS: &[&str] = &[
    "framework eq 'CSPF-2024-28' and (rag eq 'red' or rag eq 'amber') and not contains(measure_title,'O''Brien')",
    "value ge -12.50 and value lt 1e3 and value ne null and sequence in (1,2,3)",
    "year(quarter_start) eq 2025 and month(quarter_start) in (4,7)",
    "updated_at ge 2025-04-01T00:00:00+01:00 and updated_at lt 2025-04-02T00:00:00.123456Z",
    "startswith(measure,'EDU') eq true or endswith(quarter,'Q4') eq false or 1 eq 0",
];

/// Characters that the grammar gives a meaning, and some that it does not.
const LETTERS: &[&str] = &[
    "(", ")", ",", "'", "''", " ", "-", "+", ".", ":", "T", "Z", "e", "0", "9", "$", "/", "é", "\0", "not ", " and ",
    " eq ", " in ", "null", "2025-",
];

#[test]
fn no_spoilt_text_breaks_it() {
    let mut dice = Dice(4);
    let mut read = 0;
    for _ in 0..20_000 {
        let seed = dice.pick(SEEDS);
        let text = dice.spoilt(seed, LETTERS);
        match meant(&text) {
            Ok(_) => read += 1,
            Err(told) => {
                assert!(told.split(' ').next().is_some_and(|column| column.parse::<usize>().is_ok()), "{text}: {told}")
            }
        }
    }
    assert!(read > 500, "only {read} of them were still filters");
}
