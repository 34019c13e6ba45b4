//! The flat feed tells nothing but what its rows show: whatever is asked by a filter or in an order, as JSON and as CSV, is answered as
//! by somebody who has seen the rows alone. So no answer depends on a number that is hidden.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use performance_framework::bi::catalogue::{Asked, COLUMNS, Column, KEY, Kind};
use rust_decimal::Decimal;
use serde_json::Value;

use super::harvest::{Harvest, decimal};
use super::odata;
use crate::invariants::dice::Dice;
use crate::support::Client;

/// Filters, and orders, that are asked of each council.
const ASKED: usize = 30;
/// What a row may say of a hidden figure where it cannot be null.
const OF_NOTHING: &[(&str, &[&str])] = &[
    ("rag", &["no_data", "not_rated"]),
    ("direction_short", &["insufficient_data", "not_comparable"]),
    ("direction_long", &["insufficient_data", "not_comparable"]),
];
/// Columns that are null where the value is hidden.
const NOTHING: &[&str] = &[
    "value_as_pushed",
    "numerator",
    "denominator",
    "signal",
    "change_short",
    "change_long",
    "distance_change",
    "distance_improvement",
    "distance_percent_of_gap_closed",
    "rank",
    "quartile",
];

/// A condition on one column, as it is asked, also by OData, and as a row's own cell answers it.
struct Condition {
    query: String,
    filter: String,
    holds: Box<dyn Fn(&Value) -> bool>,
}

/// Asks the feed by chance, and holds each answer against what its rows show.
pub fn ask(client: &Client, harvest: &mut Harvest, dice: &mut Dice) {
    let rows = items(client, harvest, "observations?limit=1000");
    for row in &rows {
        match decimal(&row["value"]) {
            Some(value) => tells_of(row, value, &rows, harvest),
            None => tells_nothing(row),
        }
    }
    let decimals: Vec<&Column> = COLUMNS.iter().copied().filter(|column| column.kind == Kind::Decimal).collect();
    for _ in 0..ASKED {
        let Condition { query, filter, holds } = condition(&rows, dice);
        let wanted: Vec<&Value> = rows.iter().filter(|row| holds(row)).collect();
        both_say(client, harvest, &format!("limit=1000&{query}"), &wanted);
        odata::lets_through(client, harvest, &filter, &wanted);
        let others: Vec<&Value> = rows.iter().filter(|row| !holds(row)).collect();
        odata::lets_through(client, harvest, &format!("not ({filter})"), &others);
        let (column, descending) = (dice.pick(&decimals).name, dice.chance(50));
        let mut wanted: Vec<&Value> = rows.iter().collect();
        wanted.sort_by(|one, other| by_number(&one[column], &other[column], descending));
        wanted.truncate(20);
        let order = format!("sort={}{column}&limit=20", if descending { "-" } else { "" });
        both_say(client, harvest, &order, &wanted);
        odata::orders(client, harvest, column, descending, &rows);
    }
}

/// All rows of a query, page after page.
fn items(client: &Client, harvest: &mut Harvest, path: &str) -> Vec<Value> {
    let mut rows = Vec::new();
    let mut answer = client.get(path).call().must_be(200);
    loop {
        rows.extend(answer.json()["items"].as_array().unwrap().iter().cloned());
        let Some(next) = harvest.take(&answer) else { return rows };
        answer = client.follow(&next).call().must_be(200);
    }
}

/// Nothing of a hidden figure is told by what is computed of it.
pub fn tells_nothing(row: &Value) {
    for (column, allowed) in OF_NOTHING {
        assert!(row[*column].as_str().is_none_or(|word| allowed.contains(&word)), "{column}: {row}");
    }
    // A share of nobody is no secret.
    if row["denominator"] != 0 {
        NOTHING.iter().for_each(|column| assert!(row[*column].is_null(), "{column}: {row}"));
    }
    if row["value_symbol"] == "c" {
        assert!(row["narrative"].is_null() && row["quality_note"].is_null(), "{row}");
    }
}

/// What is computed of a figure is computed of what is shown: of it, of the figures before, and of the baseline.
fn tells_of(row: &Value, value: Decimal, rows: &[Value], harvest: &Harvest) {
    for which in ["short", "long"] {
        let (before, then) = (&row[format!("compared_{which}")], &row[format!("compared_{which}_value")]);
        if let Some(number) = decimal(then) {
            let shown = |one: &&Value| {
                (&one["measure"], &one["dimension"], &one["data_period"], &one["value"])
                    == (&row["measure"], &row["dimension"], before, then)
            };
            assert!(rows.iter().any(|one| shown(&one)), "{which}: {before} is not shown: {row}");
            let change = decimal(&row[format!("change_{which}")]);
            assert!(change.is_none_or(|change| change == value - number), "{which}: {row}");
        }
    }
    if let Some(baseline) = decimal(&row["baseline"]) {
        let known =
            |(measure, _, number): &(String, String, Decimal)| row["measure"] == **measure && *number == baseline;
        assert!(harvest.baselines.iter().any(known), "the baseline is not shown: {row}");
    }
}

fn condition(rows: &[Value], dice: &mut Dice) -> Condition {
    let asked: Vec<&Column> = COLUMNS
        .iter()
        .copied()
        .filter(|column| (column.kind == Kind::Decimal && column.asked == Asked::Compared) || !column.words.is_empty())
        .collect();
    let name = dice.pick(&asked).name;
    let column = COLUMNS.iter().find(|column| column.name == name).unwrap();
    if !column.words.is_empty() {
        let word = dice.word(column.words);
        return Condition {
            query: format!("{name}={word}"),
            filter: format!("{name} eq '{word}'"),
            holds: Box::new(move |row| row[name] == word),
        };
    }
    let shown: Vec<Decimal> = rows.iter().filter_map(|row| decimal(&row[name])).collect();
    let chosen = dice.chance(30) && !shown.is_empty();
    let bound = if chosen { *dice.pick(&shown) } else { Decimal::from(dice.below(12)) };
    let (ending, holds): (_, fn(Ordering) -> bool) =
        *dice.pick(&[("_lt", Ordering::is_lt as fn(_) -> _), ("_le", Ordering::is_le), ("_ge", Ordering::is_ge)]);
    Condition {
        query: format!("{name}{ending}={bound}"),
        filter: format!("{name} {} {bound}", &ending[1..]),
        holds: Box::new(move |row| decimal(&row[name]).is_some_and(|number| holds(number.cmp(&bound)))),
    }
}

fn by_number(one: &Value, other: &Value, descending: bool) -> Ordering {
    let order = match (decimal(one), decimal(other)) {
        (Some(one), Some(other)) => one.cmp(&other),
        (one, other) => one.is_none().cmp(&other.is_none()),
    };
    if descending { order.reverse() } else { order }
}

/// As JSON and as CSV, a query is answered with these rows, in this order.
pub fn both_say(client: &Client, harvest: &mut Harvest, query: &str, wanted: &[&Value]) {
    let told = client.get(&format!("observations?{query}")).call().must_be(200);
    harvest.take(&told);
    let items = told.json()["items"].take();
    let items: Vec<&Value> = items.as_array().unwrap().iter().collect();
    assert_eq!(cells(&items, &KEY), cells(wanted, &KEY), "{query} tells of what is hidden");
    assert_eq!(items, wanted, "{query} tells other cells");
    let told = client.get(&format!("observations?{query}&format=csv")).call().must_be(200);
    harvest.take(&told);
    let rows: Vec<BTreeMap<String, String>> =
        ::csv::Reader::from_reader(told.body.as_slice()).deserialize().map(Result::unwrap).collect();
    let names: Vec<&str> =
        COLUMNS.iter().filter(|column| column.kind != Kind::Text).map(|column| column.name).collect();
    let rows: Vec<Vec<String>> = rows.iter().map(|row| names.iter().map(|name| row[*name].clone()).collect()).collect();
    assert_eq!(rows, cells(wanted, &names), "{query} as CSV");
}

/// Some cells of each row, as texts.
fn cells(rows: &[&Value], names: &[&str]) -> Vec<Vec<String>> {
    let text = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    rows.iter().map(|row| names.iter().map(|name| text(&row[*name])).collect()).collect()
}
