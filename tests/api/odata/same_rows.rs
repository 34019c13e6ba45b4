//! The rows are those of the feed: whatever is asked, OData gives what the same filter, decided here over all rows of the JSON
//! feed, lets through.

use std::cmp::Ordering;

use serde_json::Value;

use super::{council, entities, filtered, rows};
use crate::demonstration::demonstration;
use crate::invariants::dice::Dice;
use crate::observations::items;
use crate::support::App;

fn feed(app: &App) -> Vec<Value> {
    items(app, "?limit=1000")
}

#[test]
fn the_demonstration_is_the_same_in_both() {
    let app = App::copy_of(demonstration());
    let all = feed(&app);
    assert!(all.len() > 100, "{}", all.len());
    assert_eq!(entities(&app, "Observations"), all);
    let counted = app.reader().get("/odata/v1/Observations/$count").call().must_be(200).text();
    assert_eq!(counted, all.len().to_string());
}

/// Whether a condition holds of a row; none where it is neither true nor false.
type Holds = dyn Fn(&Value) -> Option<bool>;

/// A condition as it is written, and whether it holds.
struct Condition {
    text: String,
    holds: Box<Holds>,
}

const TEXTS: &[&str] =
    &["measure", "quarter", "rag", "value_symbol", "direction_short", "category", "priority", "target_source"];
const NUMBERS: &[&str] = &["value", "numerator", "target", "change_short", "baseline"];
const DATES: &[&str] = &["quarter_start", "quarter_end"];
const OPERATORS: &[&str] = &["eq", "ne", "gt", "ge", "lt", "le"];

fn wanted(operator: &str, order: Option<Ordering>) -> bool {
    match operator {
        "eq" => order == Some(Ordering::Equal),
        "ne" => order != Some(Ordering::Equal),
        "gt" => order == Some(Ordering::Greater),
        "ge" => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
        "lt" => order == Some(Ordering::Less),
        _ => matches!(order, Some(Ordering::Less | Ordering::Equal)),
    }
}

/// A value that some row has, so that comparisons meet something.
fn value_of(dice: &mut Dice, all: &[Value], name: &str) -> Value {
    all[dice.below(all.len())][name].clone()
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn compared(dice: &mut Dice, all: &[Value]) -> Condition {
    let (names, sort) = [(TEXTS, "text"), (NUMBERS, "number"), (DATES, "date")][dice.below(3)];
    let name = dice.word(names);
    let value = value_of(dice, all, name);
    let operator = if value.is_null() { dice.word(&["eq", "ne"]) } else { dice.word(OPERATORS) };
    let written = match (&value, sort) {
        (Value::Null, _) => "null".to_owned(),
        (Value::String(text), "text") => quoted(text),
        (Value::String(text), _) => text.clone(),
        (number, _) => number.to_string(),
    };
    let holds = move |row: &Value| {
        let found = &row[name];
        let order = match (found, &value) {
            (Value::Null, Value::Null) => Some(Ordering::Equal),
            (Value::Null, _) | (_, Value::Null) => None,
            (Value::String(a), Value::String(b)) => Some(a.cmp(b)),
            (a, b) => {
                let number = |value: &Value| value.to_string().parse::<rust_decimal::Decimal>().unwrap();
                Some(number(a).cmp(&number(b)))
            }
        };
        Some(wanted(operator, order))
    };
    Condition { text: format!("{name} {operator} {written}"), holds: Box::new(holds) }
}

fn called(dice: &mut Dice, all: &[Value]) -> Condition {
    if dice.chance(30) {
        let (name, function) = (dice.word(DATES), dice.word(&["year", "month"]));
        let operator = dice.word(OPERATORS);
        let number: u32 = if function == "year" {
            2023 + u32::try_from(dice.below(4)).unwrap()
        } else {
            1 + u32::try_from(dice.below(12)).unwrap()
        };
        let holds = move |row: &Value| {
            let text = row[name].as_str().unwrap();
            let part: u32 = if function == "year" { &text[..4] } else { &text[5..7] }.parse().unwrap();
            Some(wanted(operator, Some(part.cmp(&number))))
        };
        return Condition { text: format!("{function}({name}) {operator} {number}"), holds: Box::new(holds) };
    }
    let (name, function) = (dice.word(TEXTS), dice.word(&["contains", "startswith", "endswith"]));
    let whole = value_of(dice, all, name).as_str().unwrap_or("e").to_owned();
    let letters: Vec<char> = whole.chars().collect();
    let from = dice.below(letters.len().max(1));
    let piece: String = letters[from..].iter().take(1 + dice.below(4)).collect();
    let text = format!("{function}({name},{})", quoted(&piece));
    let holds = move |row: &Value| {
        let found = row[name].as_str()?;
        Some(match function {
            "contains" => found.contains(&piece),
            "startswith" => found.starts_with(&piece),
            _ => found.ends_with(&piece),
        })
    };
    Condition { text, holds: Box::new(holds) }
}

fn among(dice: &mut Dice, all: &[Value]) -> Condition {
    let name = dice.word(TEXTS);
    let values: Vec<Value> = (0..dice.below(4)).map(|_| value_of(dice, all, name)).collect();
    let written: Vec<String> =
        values.iter().map(|value| value.as_str().map_or_else(|| "null".to_owned(), quoted)).collect();
    let text = format!("{name} in ({})", written.join(","));
    Condition { text, holds: Box::new(move |row| Some(values.contains(&row[name]))) }
}

fn condition(dice: &mut Dice, all: &[Value], depth: usize) -> Condition {
    if depth == 0 || dice.chance(30) {
        return match dice.below(5) {
            0 => called(dice, all),
            1 => among(dice, all),
            _ => compared(dice, all),
        };
    }
    let one = condition(dice, all, depth - 1);
    if dice.chance(25) {
        let holds = one.holds;
        return Condition {
            text: format!("not ({})", one.text),
            holds: Box::new(move |row| holds(row).map(|held| !held)),
        };
    }
    let other = condition(dice, all, depth - 1);
    let (a, b) = (one.holds, other.holds);
    if dice.chance(50) {
        let holds = move |row: &Value| match (a(row), b(row)) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        };
        return Condition { text: format!("({}) and ({})", one.text, other.text), holds: Box::new(holds) };
    }
    let holds = move |row: &Value| match (a(row), b(row)) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    };
    Condition { text: format!("{} or ({})", one.text, other.text), holds: Box::new(holds) }
}

/// Filters at random, on these rows; answers how many let some rows through, but not all.
fn tried(app: &App, all: &[Value], seed: u64, times: usize) -> usize {
    let mut dice = Dice::new(seed);
    let mut telling = 0;
    for _ in 0..times {
        let condition = condition(&mut dice, all, 3);
        let expected: Vec<Value> = all.iter().filter(|row| (condition.holds)(row) == Some(true)).cloned().collect();
        telling += usize::from(!expected.is_empty() && expected.len() < all.len());
        assert_eq!(filtered(app, &condition.text), rows(&expected), "{}", condition.text);
    }
    telling
}

#[test]
fn random_filters_choose_what_they_say() {
    let app = council();
    let all = feed(&app);
    assert!(tried(&app, &all, 1, 150) > 50);
}

#[test]
fn random_filters_choose_what_they_say_in_the_demonstration() {
    let app = App::copy_of(demonstration());
    let all = feed(&app);
    assert!(tried(&app, &all, 2, 40) > 15);
}
