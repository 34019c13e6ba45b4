//! Numbers that are short to write and long to work out: refused wherever a number is taken, before anybody works them out.

use serde_json::{Value, json};

use super::{fields_of, places, schema_of, start};
use crate::support::document::{operations, resolve};

/// Stands for the number in a body, whose text is then put in its place.
const PLACE: &str = "the number";

fn hostile() -> Vec<String> {
    vec![
        "1e999999999".to_owned(),
        "-1e999999999".to_owned(),
        "1e99999999999999999999999".to_owned(),
        format!("1{}", "0".repeat(500_000)),
        format!("0.{}1", "0".repeat(500_000)),
        "1.5e-999999999".to_owned(),
    ]
}

/// Whether a field takes numbers.
fn takes_numbers(schema: &Value) -> bool {
    let kind = resolve(schema).to_string();
    kind.contains("\"number\"") || kind.contains("\"integer\"") || kind.contains("Quantity")
}

#[test]
fn no_number_of_any_body_is_worked_out_before_it_is_bounded() {
    let (app, admin, id) = start();
    let before = app.beside_receipts();
    let mut tried = 0;
    for operation in operations() {
        let Some(example) = operation.example() else { continue };
        let mut pointers = places(example, Value::is_number);
        let fields = fields_of(schema_of(&operation)).into_iter().filter(|(_, schema)| takes_numbers(schema));
        pointers.extend(fields.map(|(name, _)| format!("/{name}")));
        pointers.sort();
        pointers.dedup();
        for (at, pointer) in pointers.iter().enumerate() {
            let mut body = example.clone();
            match body.pointer_mut(pointer) {
                Some(place) => *place = json!(PLACE),
                None => body[&pointer[1..]] = json!(PLACE),
            }
            let all = hostile();
            for number in [&all[0], &all[at % all.len()]] {
                let sent = body.to_string().replace(&format!("\"{PLACE}\""), number);
                let answer = operation.try_body(&admin, &id, sent);
                assert!(
                    [400, 422].contains(&answer.status),
                    "{operation} {pointer} {}: {answer}",
                    &number[..number.len().min(20)]
                );
                tried += 1;
            }
        }
    }
    assert!(tried > 50, "only {tried} numbers were tried");
    assert_eq!(app.beside_receipts(), before);
}
