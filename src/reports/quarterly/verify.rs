//! Proof that a sealed report is what was signed off, and what has changed since.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// What of a measure is compared with what is known now.
const COMPARED: &[&str] = &[
    "/title",
    "/definition_version",
    "/target_version",
    "/figure/data_period",
    "/figure/value",
    "/figure/value_symbol",
    "/figure/numerator",
    "/figure/denominator",
    "/figure/stage",
    "/figure/revision",
    "/rag/status",
    "/rag/reason",
    "/rag/target",
    "/rag/floor",
    "/rag/ceiling",
    "/target_comparator/value",
    "/target_comparator/contributors",
    "/target_comparator/members",
    "/target_comparator/release_date",
    "/direction/short/result",
    "/direction/long/result",
    "/distance/change",
    "/narrative",
];

/// Whether a sealed report is what was signed off, and what the service knows differently now.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Verification {
    /// SHA-256 that was recorded when it was signed off.
    pub content_hash: String,
    /// SHA-256 of what is kept, reckoned just now.
    pub recomputed_hash: String,
    /// Whether the two are equal: what is kept is what was signed off.
    pub hash_matches: bool,
    /// Whether the data, read as at the instant of the sign-off, make the very same bytes again.
    pub reproduced: bool,
    /// Figures changed since this report: what would be different were it made now.
    pub differences: Vec<Difference>,
}

/// Something that a report says, and that is different now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Difference {
    /// Code of the measure.
    #[schema(example = "EDU-01")]
    pub measure: String,
    /// JSON Pointer into its card; empty where the measure as a whole came or went.
    #[schema(example = "/figure/value")]
    pub pointer: String,
    /// What the report says; null where it says nothing.
    pub reported: Value,
    /// What is known now; null where there is nothing.
    pub now: Value,
}

/// What differs between what a report says and what it would say now.
pub(in crate::reports) fn differences(reported: &Value, now: &Value) -> Vec<Difference> {
    let (then, now) = (cards(reported), cards(now));
    let codes = then.keys().chain(now.keys().filter(|code| !then.contains_key(*code)));
    codes
        .flat_map(|code| match (then.get(code), now.get(code)) {
            (Some(then), Some(now)) => of_cards(code, then, now),
            (then, _) => {
                let there = |is: bool| if is { Value::from("reported") } else { Value::Null };
                vec![Difference {
                    measure: code.clone(),
                    pointer: String::new(),
                    reported: there(then.is_some()),
                    now: there(then.is_none()),
                }]
            }
        })
        .collect()
}

fn of_cards(code: &str, then: &Value, now: &Value) -> Vec<Difference> {
    let at = |card: &Value, pointer: &str| card.pointer(pointer).cloned().unwrap_or_default();
    let changed = COMPARED.iter().filter(|pointer| at(then, pointer) != at(now, pointer));
    changed
        .map(|pointer| Difference {
            measure: code.to_owned(),
            pointer: (*pointer).to_owned(),
            reported: at(then, pointer),
            now: at(now, pointer),
        })
        .collect()
}

/// The cards of what a report says, by measure.
pub(super) fn cards(content: &Value) -> BTreeMap<String, &Value> {
    let outcomes = content["outcomes"].as_array().into_iter().flatten();
    let measures = outcomes.flat_map(|outcome| outcome["measures"].as_array().into_iter().flatten());
    measures
        .map(|measure| (measure["card"]["code"].as_str().unwrap_or_default().to_owned(), &measure["card"]))
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn content(cards: &[Value]) -> Value {
        let measures: Vec<Value> = cards.iter().map(|card| json!({"card": card})).collect();
        json!({"outcomes": [{"measures": measures}]})
    }

    #[test]
    fn names_every_figure_that_is_different_now() {
        let card = |code: &str, value: i32, colour: &str| json!({"code": code, "figure": {"value": value}, "rag": {"status": colour}});
        let then = content(&[card("A", 16, "red"), card("B", 50, "green"), card("C", 1, "green")]);
        let now = content(&[card("A", 60, "green"), card("B", 50, "green"), card("D", 1, "green")]);
        let found = differences(&then, &now);
        let told: Vec<_> =
            found.iter().map(|one| (one.measure.as_str(), one.pointer.as_str(), &one.reported, &one.now)).collect();
        let (sixteen, sixty, red, green, there, none) =
            (json!(16), json!(60), json!("red"), json!("green"), json!("reported"), Value::Null);
        assert_eq!(
            told,
            [
                ("A", "/figure/value", &sixteen, &sixty),
                ("A", "/rag/status", &red, &green),
                ("C", "", &there, &none),
                ("D", "", &none, &there),
            ]
        );
        assert!(differences(&then, &then).is_empty());
    }
}
