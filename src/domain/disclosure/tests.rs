//! The worked examples of docs/rules.md, and an attacker with pencil and paper.
#![expect(clippy::unwrap_used, reason = "a quarter that a test writes is one")]

use rust_decimal::Decimal;

use super::{Before, Disclosed, ReasonCode, Shown, disclose};
use crate::domain::figure::{Figure, Scale};
use crate::domain::terms::{DisclosurePolicy, Symbol, Unit};

fn number(text: &str) -> Option<Decimal> {
    text.parse().ok()
}

/// `value numerator/denominator`, each left out as `-`.
fn figure(text: &str) -> Figure {
    let parts: Vec<&str> = text.split([' ', '/']).collect();
    Figure { value: number(parts[0]), numerator: number(parts[1]), denominator: number(parts[2]), ..Figure::default() }
}

fn written(figure: &Figure) -> String {
    let one = |number: Option<Decimal>, symbol: Option<Symbol>| {
        number
            .map(|number| number.normalize().to_string())
            .or(symbol.map(|symbol| symbol.to_string()))
            .unwrap_or("-".into())
    };
    let (value, numerator) = (one(figure.value, figure.value_symbol), one(figure.numerator, figure.numerator_symbol));
    format!("{value} {numerator}/{}", one(figure.denominator, figure.denominator_symbol))
}

fn scale(unit: Unit) -> Scale {
    Scale { unit, rate_base: (unit == Unit::Rate).then(|| Decimal::from(10_000)), decimal_places: 1 }
}

/// What is disclosed beside what is shown of the same year.
fn beside(policy: DisclosurePolicy, unit: Unit, pushed: &Figure, year: &[Shown]) -> Disclosed {
    disclose(policy, &scale(unit), pushed, &Before { year: year.to_vec(), ..Before::default() })
}

#[test]
fn small_numbers_are_hidden_by_each_policy() {
    use DisclosurePolicy::{Cin1To5, ClaUnrounded, None, Round5};
    use Unit::{Count, Percent, Rate, Score};
    for (policy, unit, pushed, shown) in [
        (Cin1To5, Percent, "63.6 70/110", "63.6 70/110"),
        (Cin1To5, Percent, "5 5/100", "c c/c"),
        (Cin1To5, Percent, "6 6/100", "6 6/100"),
        // 97 of 100 tells that three are not.
        (Cin1To5, Percent, "97 97/100", "c c/c"),
        (Cin1To5, Percent, "94 94/100", "94 94/100"),
        // Nobody and everybody are shown; of a whole of ten, too.
        (Cin1To5, Percent, "0 0/100", "0 0/100"),
        (Cin1To5, Percent, "100 100/100", "100 100/100"),
        (Cin1To5, Percent, "0 0/10", "0 0/10"),
        (Cin1To5, Percent, "0 0/9", "c c/c"),
        // The numerator that was not pushed follows from the other two.
        (Cin1To5, Percent, "3 -/100", "c -/c"),
        // The whole, too.
        (Cin1To5, Percent, "97 97/-", "c c/-"),
        (Cin1To5, Rate, "0.4 -/100000", "c -/c"),
        (Cin1To5, Rate, "4.2 -/100000", "4.2 -/100000"),
        // Without a whole nothing is known of how many there are.
        (Cin1To5, Percent, "3 -/-", "3 -/-"),
        (Cin1To5, Percent, "- 4/100", "- c/c"),
        (Cin1To5, Count, "0 -/-", "0 -/-"),
        (Cin1To5, Count, "1 -/-", "c -/-"),
        (Cin1To5, Count, "5 -/-", "c -/-"),
        (Cin1To5, Count, "6 -/-", "6 -/-"),
        (Cin1To5, Rate, "0.4 4/100000", "c c/c"),
        (Cin1To5, Rate, "4.2 42/100000", "4.2 42/100000"),
        (Cin1To5, Score, "31.5 -/9", "c -/c"),
        (Cin1To5, Score, "31.5 -/10", "31.5 -/10"),
        (ClaUnrounded, Percent, "63.6 70/110", "64 70/110"),
        (ClaUnrounded, Percent, "3.6 4/110", "c c/c"),
        (ClaUnrounded, Count, "624 -/-", "624 -/-"),
        (Round5, Count, "7 -/-", "c -/-"),
        (Round5, Count, "8 -/-", "10 -/-"),
        (Round5, Count, "62 -/-", "60 -/-"),
        (Round5, Percent, "63.6 70/110", "63.6 c/c"),
        (Round5, Percent, "6.4 7/110", "c c/c"),
        (None, Percent, "50 1/2", "50 1/2"),
    ] {
        let disclosed = beside(policy, unit, &figure(pushed), &[]);
        assert_eq!(written(&disclosed.figure), shown, "{policy} {unit} {pushed}: {:?}", disclosed.reasons);
    }
}

/// What was hidden when it was published before, and of how many it is known to be: what is published now, and shown.
#[test]
fn what_was_seen_before_is_not_forgotten() {
    for (policy, unit, hidden, of, pushed, told) in [
        // Hidden as 3 of 110, and pushed again without its parts.
        (DisclosurePolicy::Cin1To5, Unit::Percent, "2.7 3/110", None, "2.7 -/-", "c -/-"),
        (DisclosurePolicy::Cin1To5, Unit::Percent, "2.7 3/110", None, "5.5 6/110", "5.5 6/110"),
        (DisclosurePolicy::Cin1To5, Unit::Count, "23 -/-", None, "23 -/-", "c -/-"),
        (DisclosurePolicy::Cin1To5, Unit::Count, "23 -/-", None, "24 -/-", "24 -/-"),
        (DisclosurePolicy::None, Unit::Count, "23 -/-", None, "23 -/-", "23 -/-"),
        // Of how many it is was shown of the same period: 2.7 % of 110 are three.
        (DisclosurePolicy::Cin1To5, Unit::Percent, "- -/-", Some(110), "2.7 -/-", "c -/-"),
        (DisclosurePolicy::Cin1To5, Unit::Percent, "- -/-", Some(110), "63.6 -/-", "63.6 -/-"),
    ] {
        let before = Before { hidden: vec![figure(hidden)], denominator: of.map(Decimal::from), ..Before::default() };
        let disclosed = disclose(policy, &scale(unit), &figure(pushed), &before);
        assert_eq!(written(&disclosed.figure), told, "{pushed}, {hidden} hidden before: {:?}", disclosed.reasons);
    }
}

#[test]
fn a_missing_figure_keeps_its_symbol() {
    let pushed = Figure { value_symbol: Some(Symbol::X), numerator: number("3"), ..Figure::default() };
    let disclosed = beside(DisclosurePolicy::Cin1To5, Unit::Percent, &pushed, &[]);
    assert_eq!(written(&disclosed.figure), "x c/-");
    assert_eq!(disclosed.reasons[0].detail, "numerator is 3: 1 to 5 are confidential");
}

fn shown(quarter: &str, text: &str) -> Shown {
    Shown { quarter: quarter.parse().unwrap(), figure: figure(text) }
}

#[test]
fn a_year_to_date_is_hidden_where_subtraction_would_tell() {
    let policy = DisclosurePolicy::Cin1To5;
    let first = shown("2024-25-Q1", "20 20/100");
    for (pushed, told) in [
        // Three more than in the first quarter; and 190 - 100 less 37 - 20 are 73 others.
        ("12.1 23/190", "c c/c"),
        ("19.5 37/190", "19.5 37/190"),
        // Eighteen more, of twenty: two of the second quarter's are not among them.
        ("31.7 38/120", "c c/c"),
        ("20 20/100", "20 20/100"),
    ] {
        let disclosed = beside(policy, Unit::Percent, &figure(pushed), &[first]);
        assert_eq!(written(&disclosed.figure), told, "{pushed}: {:?}", disclosed.reasons);
    }
    // The second quarter is hidden; the third is compared with the first all the same.
    let hidden = Shown {
        quarter: "2024-25-Q2".parse().unwrap(),
        figure: Figure { value_symbol: Some(Symbol::C), ..Figure::default() },
    };
    let third = beside(policy, Unit::Percent, &figure("12.2 24/196"), &[first, hidden]);
    assert_eq!(third.reasons[0].code, ReasonCode::SmallDifference);
    assert_eq!(
        third.reasons[0].detail,
        "numerator is 4 away from what is shown for 2024-25-Q1: differences of 1 to 5 are confidential"
    );
}

/// What came between two quarters is a figure like any other, hidden where it would be by itself.
#[test]
fn what_came_between_two_quarters_is_judged_like_a_figure() {
    for (unit, before, pushed, told) in [
        // Eight of eight, then none of nine.
        (Unit::Percent, "50 50/100", "53.7 58/108", "c c/c"),
        (Unit::Percent, "53.7 58/108", "49.6 58/117", "c c/c"),
        // Eight of 17 are told of; ten of ten and none of ten, too.
        (Unit::Percent, "50 50/100", "49.6 58/117", "49.6 58/117"),
        (Unit::Percent, "50 50/100", "54.5 60/110", "54.5 60/110"),
        (Unit::Percent, "50 50/100", "45.5 50/110", "45.5 50/110"),
        // An average of 108 beside one of 100 is one of eight.
        (Unit::Score, "31.5 -/100", "31.7 -/108", "c -/c"),
        (Unit::Score, "31.5 -/100", "31.7 -/110", "31.7 -/110"),
        (Unit::Count, "50 -/-", "58 -/-", "58 -/-"),
    ] {
        let disclosed = beside(DisclosurePolicy::Cin1To5, unit, &figure(pushed), &[shown("2024-25-Q1", before)]);
        assert_eq!(written(&disclosed.figure), told, "{pushed} after {before}: {:?}", disclosed.reasons);
    }
}

/// A rate is shown exactly, and others know its population.
#[test]
fn a_rate_gives_no_quarter_away_though_its_parts_are_hidden() {
    let first = shown("2024-25-Q1", "4.2 42/100000");
    for (pushed, told) in [("4.5 45/100000", "c c/c"), ("5 50/100000", "5 c/c")] {
        let disclosed = beside(DisclosurePolicy::Round5, Unit::Rate, &figure(pushed), &[first]);
        assert_eq!(written(&disclosed.figure), told, "{pushed}: {:?}", disclosed.reasons);
    }
}

/// What is small between two figures, of those counted, of the others, or of all; none where nothing is.
fn small_between(known: &[(Decimal, Decimal)]) -> Option<Decimal> {
    let pairs = known.iter().flat_map(|one| known.iter().map(move |other| (one.0 - other.0, one.1 - other.1)));
    let apart = |(inside, outside): (Decimal, Decimal)| {
        let (five, nine) = (Decimal::from(5), Decimal::from(9));
        [(inside, five), (outside, five), (inside + outside, nine)].map(|(number, greatest)| (number.abs(), greatest))
    };
    let small = |(number, greatest): &(Decimal, Decimal)| !number.is_zero() && number <= greatest;
    pairs.flat_map(apart).find(small).map(|(number, _)| number)
}

/// Every year of four quarters with small steps, published in every order: whatever is shown can be added and subtracted, and no
/// number from 1 to 5 comes out, of those counted or of the others, and no whole of fewer than ten.
#[test]
fn who_adds_and_subtracts_what_is_shown_finds_nothing_small() {
    let quarters = ["2024-25-Q1", "2024-25-Q2", "2024-25-Q3", "2024-25-Q4"];
    let orders = [[0, 1, 2, 3], [3, 2, 1, 0], [0, 3, 1, 2], [2, 0, 3, 1]];
    let steps = [(0, 0), (2, 0), (5, 1), (6, 6), (9, 3), (0, 30)];
    let mut tried = 0;
    let mut shown_in_all = 0;
    for year in 0..steps.len().pow(4) {
        let mut total = (0, 0);
        let figures: Vec<(i64, i64)> = (0..4_u32)
            .map(|at| {
                let step = steps[year / steps.len().pow(at) % steps.len()];
                total = (total.0 + step.0, total.1 + step.1);
                total
            })
            .collect();
        for order in orders {
            let mut public: Vec<Shown> = Vec::new();
            for at in order {
                let (inside, outside) = figures[at];
                let pushed = Figure {
                    numerator: Some(inside.into()),
                    denominator: Some((inside + outside).into()),
                    ..Figure::default()
                };
                let figure = beside(DisclosurePolicy::Cin1To5, Unit::Percent, &pushed, &public).figure;
                public.push(Shown { quarter: quarters[at].parse().unwrap(), figure });
            }
            tried += 1;
            let mut known = vec![(Decimal::ZERO, Decimal::ZERO)];
            known.extend(public.iter().filter_map(|one| {
                let (inside, whole) = (one.figure.numerator?, one.figure.denominator?);
                Some((inside, whole - inside))
            }));
            shown_in_all += known.len() - 1;
            let small = small_between(&known);
            assert!(small.is_none(), "{small:?}: {figures:?} in the order {order:?}: {public:?}");
        }
    }
    assert!(tried > 5000 && shown_in_all > 1000, "{tried} years show {shown_in_all} figures");
}
