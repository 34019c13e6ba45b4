//! Figures by chance, most of them small: parts by several dimensions that add up to one whole, quarters that count up, corrections.

use std::collections::BTreeMap;

use super::truth::{Measure, Numbers, Place};
use crate::invariants::dice::Dice;

/// Quarters that a council reports.
pub const QUARTERS: [&str; 5] = ["2024-25-Q1", "2024-25-Q2", "2024-25-Q3", "2024-25-Q4", "2025-26-Q1"];
const DIMENSIONS: [&str; 4] = ["locality", "sex", "ethnicity", "sen_provision"];
/// How many are counted in a part, and how many more in the next quarter.
const MANY: [i64; 16] = [0, 0, 1, 2, 3, 4, 5, 5, 6, 7, 8, 9, 12, 20, 33, 60];
const MORE: [i64; 10] = [0, 0, 0, 1, 2, 3, 5, 6, 9, 15];

/// The numbers of a figure and of its parts.
pub type Table = BTreeMap<Place, Numbers>;

/// A measure's figures by quarter.
pub fn of_every_quarter(measure: &Measure, dice: &mut Dice) -> BTreeMap<&'static str, Table> {
    let places = places(dice);
    let left = dice.chance(12).then(|| some(measure, &[1, 2, 4, 40], dice));
    let mut all: BTreeMap<&'static str, Table> = BTreeMap::new();
    for (at, quarter) in QUARTERS.into_iter().enumerate() {
        let before = QUARTERS[..at].last().filter(|before| measure.counts_up && before[..7] == quarter[..7]);
        let table = match before.map(|before| &all[before]) {
            Some(before) => {
                let mut more = one(measure, &places, &MORE, None, dice);
                for (place, numbers) in &mut more {
                    numbers.counted += before[place].counted;
                    numbers.of = match measure.unit {
                        "rate" => before[place].of,
                        _ => numbers.of.zip(before[place].of).map(|(more, of)| of + more),
                    };
                }
                more
            }
            None => one(measure, &places, &MANY, left, dice),
        };
        all.insert(quarter, table);
    }
    all
}

fn places(dice: &mut Dice) -> Vec<Vec<Place>> {
    let first = dice.below(DIMENSIONS.len());
    let some = |at: usize, dice: &mut Dice| {
        let dimension = DIMENSIONS[(first + at) % DIMENSIONS.len()];
        (0..2 + dice.below(4)).map(|part| Some((dimension.to_owned(), format!("part {part}")))).collect()
    };
    (0..dice.below(3)).map(|at| some(at, dice)).collect()
}

fn some(measure: &Measure, many: &[i64], dice: &mut Dice) -> Numbers {
    let counted = *dice.pick(many);
    let of = match measure.unit {
        "count" => None,
        "percent" => Some(counted + dice.pick(many)),
        _ => Some(*dice.pick(&[1_000, 2_500, 10_000])),
    };
    Numbers { counted, of }
}

/// A figure: the parts of the first dimension come first, and those of others share out the same whole.
fn one(measure: &Measure, places: &[Vec<Place>], many: &[i64], left: Option<Numbers>, dice: &mut Dice) -> Table {
    let Some((first, others)) = places.split_first() else {
        return Table::from([(None, some(measure, many, dice))]);
    };
    let mut table: Table = first.iter().map(|place| (place.clone(), some(measure, many, dice))).collect();
    let inside = sum(table.values());
    for places in others {
        let counted = shares(inside.counted, places.len(), dice);
        let outside = inside.of.map(|of| shares(of - inside.counted, places.len(), dice));
        for (at, place) in places.iter().enumerate() {
            let of = outside.as_ref().map(|outside| outside[at] + counted[at]);
            table.insert(place.clone(), Numbers { counted: counted[at], of });
        }
    }
    table.insert(None, sum([&inside, &left.unwrap_or(Numbers { counted: 0, of: inside.of.map(|_| 0) })]));
    table
}

fn sum<'a>(numbers: impl IntoIterator<Item = &'a Numbers>) -> Numbers {
    let add = |one: Numbers, other: &Numbers| Numbers {
        counted: one.counted + other.counted,
        of: other.of.map(|of| of + one.of.unwrap_or_default()),
    };
    numbers.into_iter().fold(Numbers::default(), add)
}

/// So many shares of a number, one of them often none or small.
fn shares(total: i64, many: usize, dice: &mut Dice) -> Vec<i64> {
    let mut left = total;
    let mut shares: Vec<i64> = (1..many)
        .map(|_| {
            let most = if dice.chance(60) { left.min(6) } else { left };
            let share = i64::try_from(dice.below(usize::try_from(most + 1).unwrap())).unwrap();
            left -= share;
            share
        })
        .collect();
    shares.insert(dice.below(many), left);
    shares
}

/// A quarter's figure with one mistake put right, if chance finds one that leaves every number possible and the year counting up.
pub fn corrected(
    measure: &Measure,
    all: &BTreeMap<&'static str, Table>,
    quarter: &str,
    dice: &mut Dice,
) -> Option<Table> {
    let mut table = all[quarter].clone();
    let change = *dice.pick(&[-8, -3, -2, -1, 1, 2, 3, 8]);
    let mut dimensions: Vec<String> = table.keys().flatten().map(|(dimension, _)| dimension.clone()).collect();
    dimensions.dedup();
    // Some were in the wrong part only: the whole stays as it is.
    let moved = dice.chance(30) && !dimensions.is_empty();
    let inside = dice.chance(50);
    if !moved {
        add(table.get_mut(&None)?, change, inside, measure);
    }
    for dimension in dimensions {
        let parts: Vec<Place> =
            table.keys().filter(|place| place.as_ref().is_some_and(|(of, _)| *of == dimension)).cloned().collect();
        add(table.get_mut(dice.pick(&parts))?, change, inside, measure);
        if moved {
            add(table.get_mut(dice.pick(&parts))?, -change, inside, measure);
        }
    }
    let possible = |numbers: &Numbers| numbers.counted >= 0 && numbers.of.is_none_or(|of| of >= numbers.counted);
    let in_order = |(other, theirs): (&&str, &Table)| {
        let (earlier, later) = if **other < *quarter { (theirs, &table) } else { (&table, theirs) };
        other[..7] != quarter[..7]
            || *other == quarter
            || earlier.iter().all(|(place, numbers)| not_less(&later[place], numbers))
    };
    (table.values().all(possible) && (!measure.counts_up || all.iter().all(in_order))).then_some(table)
}

/// Counts more of the same, or of those there were all the time.
fn add(numbers: &mut Numbers, change: i64, inside: bool, measure: &Measure) {
    numbers.counted += change;
    if !inside && measure.unit == "percent" {
        numbers.of = numbers.of.map(|of| of + change);
    }
}

fn not_less(later: &Numbers, earlier: &Numbers) -> bool {
    let others = |numbers: &Numbers| numbers.of.map(|of| of - numbers.counted);
    later.counted >= earlier.counted && (later.of == earlier.of || others(later) >= others(earlier))
}
