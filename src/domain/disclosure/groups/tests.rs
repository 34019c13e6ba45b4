//! Secondary suppression: worked examples, and an attacker who tries every way to share out what is left.
#![expect(clippy::unwrap_used, reason = "a text that a test writes is one")]

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::disclose_parts;
use crate::domain::breakdown::{Dimension, Part};
use crate::domain::data_period::DataPeriod;
use crate::domain::disclosure::{Before, Published, Pushed, disclose};
use crate::domain::figure::{Figure, Scale};
use crate::domain::quantity::Quantity;
use crate::domain::terms::{DisclosurePolicy, Unit};

fn count(category: usize, value: i64) -> Part {
    Part {
        dimension: Dimension::Locality,
        category: format!("Area {category}").parse().unwrap(),
        value: Some(Quantity(value.into())),
        value_symbol: None,
        numerator: None,
        numerator_symbol: None,
        denominator: None,
        denominator_symbol: None,
    }
}

/// Counts by locality of a quarter, and how many in no part there are.
fn pushed(quarter: &str, values: &[i64], left: i64) -> Pushed {
    let quarter = quarter.parse().unwrap();
    let figure = Figure { value: Some((values.iter().sum::<i64>() + left).into()), ..Figure::default() };
    let parts = values.iter().enumerate().map(|(at, value)| count(at, *value)).collect();
    Pushed { quarter, period: DataPeriod::Quarter(quarter), figure, parts }
}

/// A figure as it is shown when it is published after others.
fn publish(policy: DisclosurePolicy, pushed: Pushed, before: &[Published]) -> Published {
    let scale = Scale { unit: Unit::Count, rate_base: None, decimal_places: 0 };
    let whole = disclose(policy, &scale, &pushed.figure, &Before::of(&scale, &pushed, None, before));
    let disclosed = disclose_parts(policy, &scale, &whole, &pushed, before);
    let whole = if disclosed.hides_whole { whole.hide_for_parts() } else { whole };
    Published { pushed, shown: whole.figure, shown_parts: disclosed.parts }
}

/// What is shown of counts, and of their sum, which is the last.
fn numbers(published: &Published) -> Vec<Option<Decimal>> {
    let parts = published.shown_parts.iter().map(|part| part.value.map(|value| value.0));
    parts.chain([published.shown.value]).collect()
}

fn shown(policy: DisclosurePolicy, values: &[i64]) -> Vec<Option<Decimal>> {
    numbers(&publish(policy, pushed("2024-25-Q1", values, 0), &[]))
}

fn written(numbers: &[Option<Decimal>]) -> String {
    let one = |number: &Option<Decimal>| number.map_or("c".to_owned(), |number| number.to_string());
    numbers.iter().map(one).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_next_smallest_part_is_hidden_with_a_single_one() {
    let policy = DisclosurePolicy::Cin1To5;
    for (values, told) in [
        (vec![10, 20, 30], "10 20 30 60"),
        (vec![3, 20, 30], "c c 30 53"),
        (vec![0, 3, 20, 30], "0 c c 30 53"),
        (vec![2, 3, 30], "c c 30 35"),
        // Two who are left for two hidden parts are one each.
        (vec![1, 1, 30, 40], "c c c 40 72"),
        // The whole is small, so nothing is shown.
        (vec![2, 3], "c c c"),
        (vec![0, 0], "0 0 0"),
        // Six who are left for six parts are one each: not even their number is shown.
        (vec![1, 1, 1, 1, 1, 1], "c c c c c c c"),
        (vec![4, 6], "c c 10"),
        // Three small ones who are fifteen are five each.
        (vec![5, 5, 5, 30, 40], "c c c c 40 85"),
    ] {
        assert_eq!(written(&shown(policy, &values)), told, "{values:?}");
    }
    assert!(shown(DisclosurePolicy::None, &[1, 2]).iter().all(Option::is_some));
}

/// Every way to share `left` out among so many parts, none of which is nobody.
fn ways(left: i64, many: usize) -> Vec<Vec<i64>> {
    if many == 0 {
        return if left == 0 { vec![Vec::new()] } else { Vec::new() };
    }
    let first = 1..=left;
    first
        .flat_map(|one| {
            ways(left - one, many - 1).into_iter().map(move |mut rest| {
                rest.push(one);
                rest
            })
        })
        .collect()
}

/// All tables of four counts from 0 to 9: whoever knows the rule, and what is shown, finds no hidden count.
#[test]
fn no_hidden_part_follows_from_what_is_shown() {
    let mut attacked = 0;
    for table in 0..10_000_i64 {
        let values: Vec<i64> = (0..4).map(|at| table / 10_i64.pow(at) % 10).collect();
        let told = shown(DisclosurePolicy::Cin1To5, &values);
        let (whole, parts) = told.split_last().unwrap();
        let hidden = parts.iter().filter(|part| part.is_none()).count();
        let Some(whole) = whole.filter(|_| hidden > 0) else { continue };
        let open: Decimal = parts.iter().flatten().sum();
        let left = i64::try_from(whole - open).unwrap();
        let found = ways(left, hidden);
        // A true zero that had to be hidden makes more ways, not fewer.
        for at in 0..hidden {
            let possible: BTreeSet<i64> = found.iter().map(|way| way[at]).collect();
            assert!(possible.len() > 1, "{values:?} shown as {told:?} leaves {possible:?}");
        }
        attacked += 1;
    }
    assert!(attacked > 5000, "only {attacked} tables had something to find");
}

/// What is published of a quarter, with those in no part, and what is shown of it.
type Step<'a> = (&'a str, &'a [i64], i64, &'a str);

#[test]
fn what_is_published_later_gives_nothing_away() {
    let histories: &[(&str, &[Step<'_>])] = &[
        ("forty who are in no part are not", &[("Q1", &[20, 30], 40, "20 30 90")]),
        (
            "one who is in no part is as confidential",
            &[("Q1", &[20, 30], 1, "c 30 51"), ("Q2", &[20, 30], 40, "20 30 90")],
        ),
        (
            "parts that nearly stood still protect nothing; one that grew is hidden, and one that was least of those that are not small",
            &[("Q1", &[14, 3, 6, 32], 0, "14 c c 32 55"), ("Q2", &[15, 3, 6, 40], 0, "c c c c 64")],
        ),
        (
            "the same parts are hidden again, though by now another is small",
            &[("Q1", &[3, 20, 30], 0, "c c 30 53"), ("Q1", &[3, 20, 4], 0, "c c c c")],
        ),
        (
            "a part that was hidden and has not changed stays hidden",
            &[("Q1", &[3, 20, 30], 0, "c c 30 53"), ("Q1", &[8, 20, 30], 0, "c c 30 58")],
        ),
        (
            "a part that was shown protects nothing",
            &[("Q1", &[40, 20, 30], 0, "40 20 30 90"), ("Q1", &[4, 20, 30], 0, "c c c c")],
        ),
        (
            "a whole that was seen: of parts that it gives away nothing is said",
            &[("Q1", &[], 6, "6"), ("Q1", &[1, 1, 1, 1, 1, 1], 0, "6")],
        ),
        (
            "a part that stood still protects nothing",
            &[
                ("Q1", &[20, 30, 50], 0, "20 30 50 100"),
                ("Q3", &[40, 30, 80], 0, "40 30 80 150"),
                ("Q2", &[23, 30, 60], 0, "c 30 c 113"),
            ],
        ),
        (
            "a part that stood still since is hidden for the quarter that it protected",
            &[
                ("Q1", &[20, 30, 50], 0, "20 30 50 100"),
                ("Q2", &[23, 30, 60], 0, "c c 60 113"),
                ("Q3", &[40, 30, 80], 0, "c c 80 150"),
            ],
        ),
    ];
    for (what, steps) in histories {
        tells(what, steps);
    }
}

/// Publishes one after another, each beside what was published before.
fn tells(what: &str, steps: &[Step<'_>]) {
    let mut before: Vec<Published> = Vec::new();
    for (quarter, values, left, told) in steps {
        let next = publish(DisclosurePolicy::Cin1To5, pushed(&format!("2024-25-{quarter}"), values, *left), &before);
        assert_eq!(written(&numbers(&next)), *told, "{what}: {quarter} {values:?}");
        before.push(next);
    }
}

#[test]
fn a_part_by_another_name_is_the_same_part() {
    let policy = DisclosurePolicy::Cin1To5;
    for name in ["AREA 1", " Area  1 ", "Area\u{a0}1", "Area\u{200b} 1", "The first area"] {
        let first = publish(policy, pushed("2024-25-Q1", &[3, 20, 30], 0), &[]);
        assert_eq!(written(&numbers(&first)), "c c 30 53");
        let mut again = pushed("2024-25-Q1", &[8, 20, 30], 0);
        again.parts[1].category = name.parse().unwrap();
        let again = publish(policy, again, &[first]);
        assert_eq!(written(&numbers(&again)), "c c 30 58", "{name}");
    }
}

#[test]
fn who_knows_which_is_small_knows_of_the_other_that_it_is_not() {
    for (policy, values, told) in [
        // Even the whole: fifteen are at most seventeen, and eight, eight and one are no fewer.
        (DisclosurePolicy::Round5, vec![8, 8, 1], "c c c c"),
        (DisclosurePolicy::Cin1To5, vec![6, 30, 1], "6 c c 37"),
        (DisclosurePolicy::Cin1To5, vec![7, 30, 1], "c 30 c 38"),
    ] {
        assert_eq!(written(&shown(policy, &values)), told, "{values:?}");
    }
}
