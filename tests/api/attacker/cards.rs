//! Scorecards tell nothing but what the shown figures tell: colours, directions, distances and counts are made of them.

use rust_decimal::Decimal;
use serde_json::Value;

use super::harvest::decimal;

/// What a card may say of a hidden figure: nothing that depends on its number.
const HIDDEN: &[(&str, &[&str])] = &[
    ("/rag/status", &["no_data", "not_rated"]),
    ("/direction/short/result", &["insufficient_data", "not_comparable"]),
    ("/direction/long/result", &["insufficient_data", "not_comparable"]),
];
const NOTHING: &[&str] = &[
    "/figure/numerator",
    "/figure/denominator",
    "/figure/value_as_pushed",
    "/rag/value",
    "/signal",
    "/direction/short/change",
    "/direction/short/movement",
    "/direction/long/change",
    "/direction/long/movement",
    "/distance/value",
    "/distance/change",
    "/distance/improvement",
    "/distance/gap_now",
    "/distance/percent_of_gap_closed",
    "/distance/met",
];

/// A scorecard as it is, and the content of a report in that form: its measures have their card within.
pub fn of_scorecard_or_report(told: &Value) -> Value {
    let mut scorecard = told.clone();
    let Some(exceptions) = scorecard.get("exceptions").cloned() else { return scorecard };
    for outcome in scorecard["outcomes"].as_array_mut().unwrap() {
        for measure in outcome["measures"].as_array_mut().unwrap() {
            *measure = measure["card"].take();
        }
    }
    scorecard["red_and_worsening"] = exceptions["red_and_worsening"].clone();
    scorecard["red_and_improving"] = Value::Array(Vec::new());
    scorecard
}

/// Every card of a scorecard is a function of the figures that are on it.
pub fn tell_nothing_else(scorecard: &Value) {
    let outcomes = scorecard["outcomes"].as_array().unwrap().iter();
    let cards: Vec<&Value> = outcomes.flat_map(|outcome| outcome["measures"].as_array().unwrap()).collect();
    for card in &cards {
        match decimal(&card["figure"]["value"]) {
            Some(value) => tells_of(card, value),
            None => tells_nothing(card),
        }
    }
    for (colour, counted) in scorecard["summary"].as_object().unwrap() {
        if ["green", "amber", "red", "not_rated", "no_data"].contains(&colour.as_str()) {
            let there = cards.iter().filter(|card| card["rag"]["status"] == colour.as_str()).count();
            assert_eq!(counted.as_u64(), u64::try_from(there).ok(), "{colour} of {scorecard}");
        }
    }
    for list in ["red_and_worsening", "red_and_improving"] {
        for code in scorecard[list].as_array().unwrap() {
            let red = cards.iter().any(|card| card["code"] == *code && card["rag"]["status"] == "red");
            assert!(red, "{list} of {scorecard}");
        }
    }
}

fn tells_nothing(card: &Value) {
    for (place, allowed) in HIDDEN {
        let said = card.pointer(place).unwrap_or(&Value::Null);
        assert!(said.as_str().is_none_or(|word| allowed.contains(&word)), "{place} is {said}: {card}");
    }
    for place in NOTHING {
        let said = card.pointer(place).unwrap_or(&Value::Null);
        // A share of nobody is no secret.
        let nobody = card["figure"]["denominator"] == 0;
        assert!(said.is_null() || nobody, "{place} is {said}: {card}");
    }
    if card["figure"]["value_symbol"] == "c" {
        assert_eq!((&card["narrative"], &card["figure"]["quality_note"]), (&serde_json::json!({}), &Value::Null));
    }
}

fn tells_of(card: &Value, value: Decimal) {
    for place in ["/rag/value", "/distance/value"] {
        let said = card.pointer(place).and_then(decimal);
        assert!(said.is_none_or(|said| said == value), "{place} is not {value}: {card}");
    }
    for which in ["short", "long"] {
        let direction = &card["direction"][which];
        if let (Some(change), Some(then)) =
            (decimal(&direction["change"]), decimal(&direction["compared_with"]["value"]))
        {
            assert_eq!(change, value - then, "{which} of {card}");
        }
    }
    let distance = &card["distance"];
    if let (Some(change), Some(from)) = (decimal(&distance["change"]), decimal(&distance["baseline"])) {
        assert_eq!(change, value - from, "{card}");
    }
}
