//! Secondary suppression: worked examples, and an attacker who tries every way to share out what is left.
#![expect(clippy::unwrap_used, reason = "a text that a test writes is one")]

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::disclose_parts;
use crate::domain::breakdown::{Dimension, Part};
use crate::domain::disclosure::disclose;
use crate::domain::figure::Figure;
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

/// What is shown of counts, and of their sum, which is the last.
fn shown(policy: DisclosurePolicy, values: &[i64]) -> Vec<Option<Decimal>> {
    let parts: Vec<Part> = values.iter().enumerate().map(|(at, value)| count(at, *value)).collect();
    let whole = Figure { value: Some(values.iter().sum::<i64>().into()), ..Figure::default() };
    let whole = disclose(policy, Unit::Count, &whole, &[]);
    let disclosed = disclose_parts(policy, Unit::Count, whole.is_hidden(), &parts, &[]);
    let whole = if disclosed.hides_whole { whole.hide_for_parts() } else { whole };
    disclosed.parts.iter().map(|part| part.value.map(|value| value.0)).chain([whole.figure.value]).collect()
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
    ] {
        let written = |number: &Option<Decimal>| number.map_or("c".to_owned(), |number| number.to_string());
        let all: Vec<String> = shown(policy, &values).iter().map(written).collect();
        assert_eq!(all.join(" "), told, "{values:?}");
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
