//! The attacker is able: what leaks, he finds, and what does not, he does not.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::council::{Council, at};
use super::figures::Table;
use super::harvest::{Harvest, Seen};
use super::mind::found_out;
use super::truth::{Measure, Numbers, Place, Publication};
use super::{cards, feed, odata};

fn measure(unit: &'static str, counts_up: bool) -> Measure {
    Measure { code: "M-1".to_owned(), unit, policy: "cin_1_5", counts_up, baseline: None }
}

/// A figure by locality, as it is and as it is shown: `-` before a number hides it. The whole comes first.
fn published(
    harvest: &mut Harvest,
    published: &mut Vec<Publication>,
    (quarter, revision): (&str, i64),
    figures: &[&str],
) {
    let mut table = Table::new();
    let mut shown = BTreeMap::new();
    for (index, text) in figures.iter().enumerate() {
        let place: Place = if index == 0 { None } else { at("locality", &format!("Area {index}")) };
        let hidden = text.starts_with('-');
        let mut numbers = text.trim_start_matches('-').split('/').map(|number| number.parse::<i64>().unwrap());
        let numbers = Numbers { counted: numbers.next().unwrap(), of: numbers.next() };
        let told = |number: Option<i64>| number.filter(|_| !hidden).map(Decimal::from);
        // A share need not be told where numerator and denominator are.
        let value = told(Some(numbers.counted)).filter(|_| numbers.of.is_none());
        let value = value
            .or(told(numbers.of).map(|of| Decimal::from(numbers.counted * 100) / of).map(|share| share.round_dp(1)));
        shown.insert(
            place.clone(),
            Seen { value, numerator: told(Some(numbers.counted)), denominator: told(numbers.of) },
        );
        table.insert(place, numbers);
    }
    let now = published.len();
    published.iter_mut().filter(|one| one.quarter == quarter).for_each(|before| before.until = before.until.min(now));
    let (measure, quarter) = ("M-1".to_owned(), quarter.to_owned());
    harvest.figures.insert((measure.clone(), quarter.clone(), revision), shown);
    published.push(Publication {
        measure,
        quarter,
        revision,
        numbers: table,
        unsaid: BTreeSet::new(),
        from: now,
        until: usize::MAX,
    });
}

fn found(measure: &Measure, tables: &[((&str, i64), &[&str])]) -> Vec<String> {
    let (mut harvest, mut all) = (Harvest::default(), Vec::new());
    tables.iter().for_each(|(which, figures)| published(&mut harvest, &mut all, *which, figures));
    found_out(measure, &all, &harvest)
}

#[test]
fn the_attacker_finds_what_leaks() {
    let (counts, year, shares) = (measure("count", false), measure("count", true), measure("percent", false));
    let q1 = ("2024-25-Q1", 1);
    let q2 = ("2024-25-Q2", 1);
    let q3 = ("2024-25-Q3", 1);
    type Tables<'a> = &'a [((&'a str, i64), &'a [&'a str])];
    let leaks: &[(&str, &Measure, Tables<'_>)] = &[
        ("a small number is shown", &counts, &[(q1, &["3"])]),
        ("one part is what is left", &counts, &[(q1, &["53", "-3", "20", "30"])]),
        ("two are one each", &counts, &[(q1, &["52", "-1", "-1", "50"])]),
        ("three are five each", &counts, &[(q1, &["45", "-5", "-5", "-5", "30"])]),
        ("so many are not among them", &shares, &[(q1, &["97/100"])]),
        ("the second quarter less the first", &year, &[(q1, &["20"]), (q2, &["23"])]),
        ("a part's second quarter less its first", &year, &[(q1, &["50", "20", "30"]), (q2, &["63", "23", "40"])]),
        (
            "a part stood still between two quarters, so the other is what is left",
            &year,
            &[(q1, &["100", "20", "30", "50"]), (q3, &["150", "40", "30", "80"]), (q2, &["113", "-23", "-30", "60"])],
        ),
        (
            "two revisions hide different parts",
            &counts,
            &[(q1, &["53", "-3", "-20", "30"]), (("2024-25-Q1", 2), &["53", "-3", "20", "-30"])],
        ),
        (
            "elimination between revisions",
            &counts,
            &[(q1, &["93", "-3", "-20", "30", "40"]), (("2024-25-Q1", 2), &["57", "-3", "-20", "30", "-4"])],
        ),
        ("one who is in no part", &counts, &[(q1, &["51", "20", "30"])]),
        (
            "one came to all hidden parts, and it was to the first",
            &year,
            &[(q1, &["55", "14", "-3", "-6", "32"]), (q2, &["64", "-15", "-3", "-6", "40"])],
        ),
    ];
    for (leak, measure, tables) in leaks {
        assert!(!found(measure, tables).is_empty(), "not found: {leak}");
    }
}

#[test]
fn the_attacker_finds_nothing_in_what_is_safe() {
    let (counts, year, shares) = (measure("count", false), measure("count", true), measure("percent", false));
    let (q1, q2) = (("2024-25-Q1", 1), ("2024-25-Q2", 1));
    for (measure, tables) in [
        (&counts, vec![(q1, vec!["53", "-3", "-20", "30"])]),
        (&counts, vec![(q1, vec!["-5", "-2", "-3"])]),
        (&counts, vec![(q1, vec!["60", "10", "20", "30"])]),
        (&year, vec![(q1, vec!["20"]), (q2, vec!["-23"])]),
        (&year, vec![(q1, vec!["20"]), (q2, vec!["26"])]),
        (&shares, vec![(q1, vec!["70/110", "-3/20", "-20/30", "47/60"])]),
    ] {
        let tables: Vec<((&str, i64), &[&str])> =
            tables.iter().map(|(which, figures)| (*which, figures.as_slice())).collect();
        assert_eq!(found(measure, &tables), Vec::<String>::new());
    }
}

#[test]
fn a_card_that_tells_of_a_hidden_figure_is_noticed() {
    let scorecard = |status: &str, change: Value, green: u64| {
        let card = json!({
            "code": "M-1", "narrative": {}, "figure": {"value": null, "value_symbol": "c"}, "rag": {"status": status},
            "distance": {"change": change}
        });
        let counts = json!({"green": green, "no_data": 1 - green});
        json!({"summary": counts, "red_and_worsening": [], "red_and_improving": [], "outcomes": [{"measures": [card]}]})
    };
    cards::tell_nothing_else(&scorecard("no_data", Value::Null, 0));
    for leaky in
        [scorecard("green", Value::Null, 1), scorecard("no_data", json!(3), 0), scorecard("no_data", Value::Null, 1)]
    {
        assert!(catch_unwind(|| cards::tell_nothing_else(&leaky)).is_err(), "not noticed: {leaky}");
    }
}

#[test]
fn a_feed_that_tells_of_a_hidden_figure_is_noticed() {
    let mut council = Council::new();
    council.add_measure(measure("count", false), json!({}));
    council.adopt();
    let app = &council.app;
    app.submission("M-1", "2024-25-Q1").set("value", 3).published();
    app.submission("M-1", "2024-25-Q2").set("value", 30).published();
    let body = json!({"name": "the public", "grants": [{"role": "public"}]});
    let made = app.admin().post("keys").send(&body).must_be(201).json();
    let public = app.anonymous().with_key(made["key"].as_str().unwrap());
    let rows = public.get("observations").call().must_be(200).json()["items"].take();
    let (hidden, shown) = (&rows[0], &rows[1]);
    feed::tells_nothing(hidden);
    for (column, told) in [("rag", json!("green")), ("value_as_pushed", json!(3)), ("narrative", json!("{}"))] {
        let mut leaky = hidden.clone();
        leaky[column] = told;
        assert!(catch_unwind(|| feed::tells_nothing(&leaky)).is_err(), "not noticed: {leaky}");
    }
    // Officers' answers stand for those of a feed that filters and sorts by what is hidden.
    for (query, wanted) in [("value_lt=6", vec![]), ("sort=value", vec![shown, hidden])] {
        feed::both_say(&public, &mut Harvest::default(), query, &wanted);
        let asked = || feed::both_say(&app.reader(), &mut Harvest::default(), query, &wanted);
        assert!(catch_unwind(AssertUnwindSafe(asked)).is_err(), "not noticed: {query}");
    }
    odata::lets_through(&public, &mut Harvest::default(), "value lt 6", &[]);
    odata::orders(&public, &mut Harvest::default(), "value", true, &[hidden.clone(), shown.clone()]);
    let reader = app.reader();
    let by_filter = || odata::lets_through(&reader, &mut Harvest::default(), "value lt 6", &[]);
    assert!(catch_unwind(AssertUnwindSafe(by_filter)).is_err(), "a filter of OData is not noticed");
}
