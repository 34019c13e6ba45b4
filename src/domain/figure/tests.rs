//! Figures that can be true, and every way in which one cannot.
#![expect(clippy::unwrap_used, reason = "a test may stop on a wrong fixture")]

use super::super::fixtures::{dec, rows};
use super::*;

/// Writes a figure as `value numerator denominator`: `-` for nothing, a letter for a symbol, a number otherwise.
fn figure(text: &str) -> Figure {
    let cells: Vec<_> = text.split(' ').collect();
    let number = |n: usize| cells[n].parse().ok();
    let symbol = |n: usize| cells[n].parse().ok();
    Figure {
        value: number(0),
        value_symbol: symbol(0),
        numerator: number(1),
        numerator_symbol: symbol(1),
        denominator: number(2),
        denominator_symbol: symbol(2),
    }
}

fn scale(unit: Unit) -> Scale {
    Scale { unit, rate_base: (unit == Unit::Rate).then(|| dec("10000")), decimal_places: 1 }
}

fn codes(figure: &Figure, unit: Unit, explained: bool) -> String {
    let faults = figure.check(&scale(unit), explained);
    let codes: Vec<_> = faults.iter().map(|fault| format!("{} {}", fault.field, fault.code)).collect();
    codes.join(", ")
}

/// Unit, figure, and what cannot be true of it. (Suspensions per 10,000 may outnumber the pupils; an average is not
/// checked against its parts.)
const FAULTS: &str = "
percent | 16.5 33 200 |
percent | 16.46 - - |
percent | 16.4 33 200 | value value_differs_from_parts
percent | 0 0 10 |
percent | z 0 0 |
percent | - 0 0 |
percent | c c 12 |
percent | 0 0 0 | value denominator_is_zero
percent | c 0 0 | value_symbol denominator_is_zero
percent | 100.1 - - | value out_of_range
percent | -0.1 - - | value out_of_range
percent | 100 100 100 |
percent | - 12 10 | numerator numerator_exceeds_denominator
percent | - -1 10 | numerator negative
percent | - 1 -10 | denominator negative, numerator numerator_exceeds_denominator
percent | 100000000000000 - - | value too_large, value out_of_range
percent | 1.23456 - - | value too_many_decimal_places
percent | 79228162514264337593543950335 79228162514264337593543950335 1 | value too_large, numerator too_large, \
    value out_of_range, numerator numerator_exceeds_denominator
rate | 12000 120 100 |
rate | -1 - - | value negative
rate | 56.0 649 115893 |
rate | 57.0 649 115893 | value value_differs_from_parts
ratio | 15.3 3060 200 |
ratio | 15.4 3060 200 | value value_differs_from_parts
count | 649 - - |
count | 649.0 - - |
count | 649.5 - - | value not_whole
count | -1 - - | value negative
days | -1 - - | value negative
currency | -250 - - |
score | 43.2 1 2 |
score | -1.5 - - |";

#[test]
fn finds_what_cannot_be_true() {
    for [unit, text, faults] in rows(FAULTS) {
        let unit = unit.parse().unwrap();
        assert_eq!(codes(&figure(text), unit, false), faults, "{unit} {text}");
    }
}

#[test]
fn a_number_and_a_symbol_exclude_each_other() {
    let figure = Figure {
        value: Some(dec("0")),
        value_symbol: Some(Symbol::K),
        numerator: Some(dec("3")),
        numerator_symbol: Some(Symbol::C),
        denominator: Some(dec("9")),
        denominator_symbol: Some(Symbol::X),
    };
    let faults =
        "value_symbol value_and_symbol, numerator_symbol value_and_symbol, denominator_symbol value_and_symbol";
    assert_eq!(codes(&figure, Unit::Percent, true), faults);
    let detail = "`k` says rounds to zero but is not zero, but value is 0: send one of the two";
    assert_eq!(figure.check(&scale(Unit::Percent), true)[0].detail, detail);
}

#[test]
fn a_quality_note_excuses_a_published_value_but_nothing_else() {
    assert_eq!(codes(&figure("16.4 33 200"), Unit::Percent, true), "");
    assert_eq!(codes(&figure("116.4 33 200"), Unit::Percent, true), "value out_of_range");
    let fault = &figure("16.44 33 200").check(&scale(Unit::Percent), false)[0];
    assert_eq!(
        fault.detail,
        "16.4 is not 33 / 200 × 100 = 16.5: correct it, or say in the quality note why the published value differs"
    );
}

#[test]
fn the_parts_give_the_value_where_none_was_pushed() {
    use Unit::*;
    for (unit, text, reading) in [
        (Percent, "- 33 200", Some(Reading::Value(dec("16.5")))),
        (Percent, "- 2 3", Some(Reading::Value(dec("66.7")))),
        (Percent, "- 0 0", Some(Reading::Missing(Symbol::Z))),
        (Percent, "16.46 33 200", Some(Reading::Value(dec("16.46")))),
        (Percent, "c 33 200", Some(Reading::Missing(Symbol::C))),
        (Percent, "- c 200", None),
        (Percent, "- - -", None),
        (Rate, "- 649 115893", Some(Reading::Value(dec("56.0")))),
        (Ratio, "- 3060 200", Some(Reading::Value(dec("15.3")))),
        (Score, "- 86 2", None),
    ] {
        assert_eq!(figure(text).reading(&scale(unit)), reading, "{unit} {text}");
    }
}
