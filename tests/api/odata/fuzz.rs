//! Spoilt queries over the wire: whatever is sent, the answer is a good one or says what is wrong, and is never an error of ours.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

use super::{council, get, query};
use crate::invariants::dice::Dice;

const SEEDS: &[(&str, &str)] = &[
    ("$filter", "framework eq 'F' and (rag eq 'red' or value ge -1.5) and not contains(measure_title,'O''Brien')"),
    ("$filter", "year(quarter_start) eq 2025 or updated_at lt 2025-04-01T00:00:00+01:00 or quarter in ('2024-25-Q1')"),
    ("$orderby", "value desc,quarter asc,rag"),
    ("$select", "measure,value,rag"),
    ("$top", "500"),
    ("$skip", "1"),
    ("$count", "true"),
    ("$skiptoken", "WyJPYnNlcnZhdGlvbnMiLCIiLFsiTS0xIiwiMjAyNC0yNS1RMSIsInRvdGFsIiwidG90YWwiXV0"),
    ("$format", "application/json;odata.metadata=full"),
    ("as_of", "2025-04-01T00:00:00Z"),
];

const PIECES: &[&str] = &[
    "'",
    "''",
    "(",
    ")",
    ",",
    " ",
    "-",
    "+",
    "%",
    "\0",
    "\u{202e}",
    "é",
    "e9999",
    "0000-00-00",
    "null",
    " not ",
    "$",
    "/",
    "\\",
    ";",
    "--",
];

fn spoilt(dice: &mut Dice, value: &str) -> String {
    let mut text: Vec<char> = value.chars().collect();
    for _ in 0..dice.below(4) {
        let at = dice.below(text.len().max(1));
        match dice.below(3) {
            0 => drop(text.drain(at..(at + 1 + dice.below(5)).min(text.len()))),
            1 => drop(text.splice(at..at, dice.word(PIECES).chars())),
            _ => text.truncate(at),
        }
    }
    text.into_iter().collect()
}

#[test]
fn no_spoilt_query_is_an_error_of_ours() {
    let app = council();
    let mut dice = Dice::new(9);
    let mut good = 0;
    for _ in 0..600 {
        let options: Vec<(&str, String)> = (0..=dice.below(3))
            .map(|_| {
                let (name, value) = *dice.pick(SEEDS);
                (name, spoilt(&mut dice, value))
            })
            .collect();
        let pairs: Vec<(&str, &str)> = options.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let set = dice.word(&["Observations", "Measures", "Observations/$count", "Periods"]);
        let answer = get(&app, &format!("{set}?{}", query(&pairs)));
        assert!([200, 400, 422, 501].contains(&answer.status), "{answer}");
        good += usize::from(answer.status == 200);
    }
    assert!(good > 40, "only {good} were good");
}

/// Values that a place may be made up of: of every kind, at its ends and beyond them.
const VALUES: &[&str] = &[
    "",
    "M-1",
    "0",
    "-9223372036854775808",
    "9223372036854775808",
    "79228162514264337593543950335",
    "0.0000000000000000000000000001",
    "0001-01-01",
    "9999-12-31",
    "10000-01-01",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999999Z",
    "true",
    "\u{feff}",
    "\u{10ffff}",
    "';--",
];

#[test]
fn no_place_that_is_made_up_is_an_error_of_ours() {
    let app = council();
    let mut dice = Dice::new(10);
    let mut good = 0;
    for _ in 0..300 {
        let (property, how) = (
            dice.word(&[
                "value",
                "sequence",
                "quarter_start",
                "updated_at",
                "measure_title",
                "rag",
                "target_set_in_arrears",
            ]),
            dice.word(&["", " desc"]),
        );
        let mut place = || Some(dice.word(VALUES)).filter(|value| !value.is_empty());
        let first = place();
        let place: Vec<Option<&str>> =
            [first].into_iter().chain((0..4).map(|_| Some(place().unwrap_or("M-1")))).collect();
        let order = format!("{property}{how}");
        let of_odata = URL_SAFE_NO_PAD.encode(json!(["Observations", order, place]).to_string());
        let odata = get(&app, &format!("Observations?{}", query(&[("$orderby", &order), ("$skiptoken", &of_odata)])));
        let sort = if how.is_empty() { property.to_owned() } else { format!("-{property}") };
        let of_feed = URL_SAFE_NO_PAD.encode(json!([sort, place, null]).to_string());
        let feed =
            app.reader().get(&format!("observations?{}", query(&[("sort", &sort), ("cursor", &of_feed)]))).call();
        for answer in [odata, feed] {
            assert!([200, 400].contains(&answer.status), "{answer}");
            good += usize::from(answer.status == 200);
        }
    }
    assert!(good > 100, "only {good} were good");
}
