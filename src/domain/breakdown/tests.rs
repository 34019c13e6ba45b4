//! Whether parts can be those of a figure.
#![expect(clippy::unwrap_used, reason = "a text that a test writes is one")]

use rust_decimal::Decimal;

use super::{Dimension, Part, check};
use crate::domain::figure::{Figure, Scale};
use crate::domain::quantity::Quantity;
use crate::domain::terms::Unit;

fn part(category: &str, numerator: Option<i64>, denominator: Option<i64>) -> Part {
    Part {
        dimension: Dimension::Sex,
        category: category.parse().unwrap(),
        value: None,
        value_symbol: None,
        numerator: numerator.map(|number| Quantity(number.into())),
        numerator_symbol: None,
        denominator: denominator.map(|number| Quantity(number.into())),
        denominator_symbol: None,
    }
}

#[test]
fn parts_add_up_or_a_note_says_why_not() {
    let whole = Figure { numerator: Some(70.into()), denominator: Some(110.into()), ..Figure::default() };
    let scale = Scale { unit: Unit::Percent, rate_base: None, decimal_places: 1 };
    let girls = part("Female", Some(30), Some(50));
    for (others, codes) in [
        (vec![part("Male", Some(40), Some(60))], ""),
        (vec![part("Male", Some(39), Some(60))], "parts_do_not_add_up"),
        (vec![part("Male", Some(40), Some(59))], "parts_do_not_add_up"),
        (vec![part("Male", Some(40), None)], "parts_do_not_add_up"),
        (vec![part("female", Some(40), Some(60))], "category_twice"),
        (vec![part("Male", Some(61), Some(60))], "numerator_exceeds_denominator"),
        (vec![part("Male", Some(30), Some(50)), part("Not known", Some(10), Some(10))], ""),
    ] {
        let parts: Vec<Part> = [girls.clone()].into_iter().chain(others).collect();
        let found = check(&parts, &whole, &scale, false);
        let told: Vec<&str> = found.iter().map(|one| one.fault.code).collect();
        assert_eq!(told.join(" "), codes, "{parts:?}");
        let sums = check(&parts, &whole, &scale, true).iter().filter(|one| one.place.is_none()).count();
        assert_eq!(sums, 0, "explained");
    }
    let shares = [Part { value: Some(Quantity(Decimal::from(60))), ..part("Female", None, None) }];
    let only = Figure { value: Some(Decimal::from(60)), ..Figure::default() };
    assert!(check(&shares, &only, &scale, false)[0].fault.detail.contains("cannot be added up"));
    let mut completed = girls;
    completed.complete(&scale);
    assert_eq!(completed.value, Some(Quantity(Decimal::new(600, 1))));
}
