//! Parts that came as a symbol or as a value alone, beside parts and wholes that came with counts.
#![expect(clippy::unwrap_used, reason = "a text that a test writes is one")]

use rust_decimal::Decimal;

use crate::domain::breakdown::{Dimension, Part};
use crate::domain::data_period::DataPeriod;
use crate::domain::disclosure::{Before, Published, Pushed, disclose, disclose_parts};
use crate::domain::figure::{Figure, Scale};
use crate::domain::terms::{DisclosurePolicy, Symbol, Unit};

/// A value, `3%` or `50`; a symbol; or `40/200`, which gives the value as well.
fn figure(text: &str) -> Figure {
    let number = |text: &str| Some(text.parse::<Decimal>().unwrap());
    if let Some((numerator, denominator)) = text.split_once('/') {
        let (numerator, denominator) = (number(numerator), number(denominator));
        let value = numerator.zip(denominator).map(|(one, all)| (one * Decimal::ONE_HUNDRED / all).round_dp(1));
        return Figure { value, numerator, denominator, ..Figure::default() };
    }
    match text.parse::<Symbol>() {
        Ok(symbol) => Figure { value_symbol: Some(symbol), ..Figure::default() },
        Err(_) => Figure { value: number(text.trim_end_matches('%')), ..Figure::default() },
    }
}

/// Some of `text`, in its own form: a symbol where nothing is shown.
fn written(figure: &Figure) -> String {
    let number = |number: Decimal| number.normalize().to_string();
    match (figure.value, figure.numerator, figure.denominator) {
        (_, Some(numerator), Some(denominator)) => format!("{}/{}", number(numerator), number(denominator)),
        (Some(value), ..) => number(value),
        _ => figure.value_symbol.unwrap().to_string(),
    }
}

fn part(at: usize, text: &str) -> Part {
    let figure = figure(text);
    let part = Part {
        dimension: Dimension::Sex,
        category: format!("Part {at}").parse().unwrap(),
        value: None,
        value_symbol: None,
        numerator: None,
        numerator_symbol: None,
        denominator: None,
        denominator_symbol: None,
    };
    part.with(&figure)
}

/// Publishes `whole: part, part` after what was published before.
fn publish(unit: Unit, text: &str, before: &[Published]) -> Published {
    let scale = Scale { unit, rate_base: None, decimal_places: 1 };
    let quarter = "2024-25-Q1".parse().unwrap();
    let (whole, parts) = text.split_once(':').unwrap();
    let parts = parts.split(',').map(str::trim).filter(|part| !part.is_empty());
    let parts = parts.enumerate().map(|(at, text)| part(at, text)).collect();
    let pushed = Pushed { quarter, period: DataPeriod::Quarter(quarter), figure: figure(whole), parts };
    let policy = DisclosurePolicy::Cin1To5;
    let whole = disclose(policy, &scale, &pushed.figure, &Before::of(&scale, &pushed, None, before));
    let disclosed = disclose_parts(policy, &scale, &whole, &pushed, before);
    let whole = if disclosed.hides_whole { whole.hide_for_parts() } else { whole };
    Published { pushed, shown: whole.figure, shown_parts: disclosed.parts }
}

fn told(published: &Published) -> String {
    let parts: Vec<String> = published.shown_parts.iter().map(|part| written(&part.figure())).collect();
    format!("{}: {}", written(&published.shown), parts.join(", "))
}

#[test]
fn parts_without_counts_give_nothing_away() {
    use Unit::{Count, Percent, Score};
    for (unit, pushed, shown) in [
        // A symbol alone is what is left: 50 - 47 are three, and 40 - 37 of 200 - 100.
        (Count, "50: 20, 27, c", "50: c, 27, c"),
        (Count, "50: 20, 27, x", "50: c, 27, x"),
        (Percent, "40/200: 37/100, c", "40/200: c, c"),
        (Percent, "60/300: 37/100, 20/100, c", "60/300: 37/100, c, c"),
        // Twenty are not few, but only who hid them knows why.
        (Count, "67: 20, 27, c", "67: c, 27, c"),
        (Count, "67: 20, 27, x", "67: 20, 27, x"),
        (Count, "47: 20, 27, z", "47: 20, 27, z"),
        // Three are left for two symbols; twenty can be any; of two who are left each is one.
        (Count, "50: 20, 27, c, c", "50: c, 27, c, c"),
        (Count, "67: 20, 27, c, c", "67: 20, 27, c, c"),
        (Count, "20: c, c", "20: c, c"),
        (Count, "6: x, x, x, x, x, x", "c: x, x, x, x, x, x"),
        // A value alone is of what is left, too.
        (Percent, "40/200: 38/100, 2%", "40/200: c, c"),
        (Percent, "60/300: 38/100, 20/100, 2%", "60/300: 38/100, c, c"),
        (Percent, "40/200: 20/100, 20%", "40/200: 20/100, 20"),
        // If those in neither are among the 40, 2 % of a hundred are two all the same.
        (Percent, "60/200: 20/100, 2%", "60/200: c, c"),
        // The means of one whole: 3 x + 37 y = 20 * 200, and x + y = 200.
        (Percent, "40/200: 3%, 37%", "40/200: c, c"),
        (Percent, "40/200: 20%, 20%", "40/200: c, c"),
        (Percent, "20%: 38/100, 2%", "20: 38/100, c"),
        (Score, "31.5/100: 31%, 32%", "31.5/100: c, c"),
        // Nothing is known of how many.
        (Percent, "20%: 3%, 37%", "20: 3, 37"),
        (Percent, "20%: 3%, c", "20: 3, c"),
    ] {
        assert_eq!(told(&publish(unit, pushed, &[])), shown, "{unit} {pushed}");
    }
}

#[test]
fn what_was_hidden_without_counts_is_hidden_with_them_and_the_other_way_round() {
    use Unit::{Count, Percent};
    for (unit, first, then, shown) in [
        (Count, "50: 20, 27, 3", "50: 20, 27, c", "50: c, 27, c"),
        (Count, "50: 20, 27, c", "50: 20, 27, 3", "50: c, 27, c"),
        (Count, "50: 20, 27, c", "53: 20, 27, 6", "53: c, 27, c"),
        (Percent, "60/300: 37/100, 20/100, 3%", "60/300: 37/100, 20/100, 3/100", "60/300: 37/100, c, c"),
        // Of how many the values are that were seen would follow from the whole's counts.
        (Percent, "20%: 3%, 37%", "40/200:", "c: "),
        (Percent, "20%: 38/100, c", "40/200:", "c: "),
        (Percent, "20%: 3%, 37%", "21%:", "21: "),
        (Percent, "40/200:", "20%: 3%, 37%", "20: c, c"),
    ] {
        let before = publish(unit, first, &[]);
        assert_eq!(told(&publish(unit, then, &[before])), shown, "{then} after {first}");
    }
}
