//! What follows from several revisions of two quarters of one year to date.
#![expect(clippy::unwrap_used, reason = "a date that a test writes is one")]

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Cell, Known, Numbers};
use crate::domain::disclosure::inference::Range;

/// The only part of a quarter.
fn part(month: u32, number: i64) -> Cell {
    Cell {
        ends: NaiveDate::from_ymd_opt(2024, month, 28).unwrap(),
        period: format!("to {month}"),
        category: Some("area".to_owned()),
        name: "value",
        number: Decimal::from(number),
        is_flow: false,
    }
}

#[test]
fn two_pairs_of_revisions_with_the_same_flow_are_both_compared() {
    let (hidden, shown) = (true, false);
    let few = [(part(6, 2), hidden), (part(9, 2), hidden)];
    let more = [(part(6, 8), hidden), (part(9, 8), shown)];
    let mut known = Known::default();
    for (cell, _) in few.iter().chain(&more).filter(|(_, hidden)| *hidden) {
        known.place(cell, Range { least: Decimal::ONE, most: None });
    }
    for [earlier, later] in [few, more.clone()] {
        known.compare(&Numbers::from([earlier]), &Numbers::from([later]), true);
    }
    // Nobody came, so the hidden eight are the eight that are shown a quarter later.
    let found: Vec<Cell> = known.found().filter(|cell| !cell.is_flow).collect();
    assert_eq!(found, [more[0].0.clone()]);
}
