//! Chains made here and then tampered with: each difference is found, and only that.

use chrono::DateTime;
use serde_json::{Value, json};

use super::*;

/// A change with this place and content.
fn change(sequence: i64, actor: &str) -> Value {
    json!({
        "sequence": sequence, "transaction_number": 700 + sequence, "changed_at": "2026-11-23T20:00:00.000001Z", "actor": actor,
        "request_id": null, "resource": "measures", "resource_key": "M-1", "action": "created", "before": null,
        "after": after("16.50")
    })
}

/// A row whose figure has these digits.
fn after(digits: &str) -> Value {
    serde_json::from_str(&format!(r#"{{"value": {digits}, "title": "Ünïcode"}}"#)).unwrap_or_default()
}

fn seal(before: &Head, changes: &[Value]) -> Seal {
    let prints: Vec<Fingerprint> = changes.iter().map(Fingerprint::of).collect();
    let last = prints.last().map_or(0, |one| one.sequence);
    let mut seal = Seal {
        number: before.number + 1,
        previous_hash: before.hash.clone(),
        hash: Vec::new(),
        sealed_at: DateTime::UNIX_EPOCH,
        change_count: i32::try_from(prints.len()).unwrap_or_default(),
        last_transaction: 700 + last,
        last_sequence: last,
        sequences: prints.iter().map(|one| Some(one.sequence)).collect(),
        row_hashes: prints.iter().flat_map(|one| one.hash.clone()).collect(),
        field_marks: prints.iter().flat_map(|one| one.marks.clone()).collect(),
    };
    seal.hash = seal.reckoned_hash();
    seal
}

/// Two seals over two changes each.
fn chain() -> Vec<(Seal, Vec<Value>)> {
    let first = vec![change(1, "a"), change(2, "b")];
    let second = vec![change(3, "c"), change(4, "d")];
    let one = seal(&Head::origin(), &first);
    let two = seal(&Head::from(&one), &second);
    vec![(one, first), (two, second)]
}

fn told(chain: &[(Seal, Vec<Value>)], noted: Option<Head>) -> Vec<String> {
    let mut verifier = Verifier::new(noted);
    for (seal, changes) in chain {
        verifier.take(seal, &changes.iter().map(Fingerprint::of).collect::<Vec<_>>());
    }
    verifier.end().findings.iter().map(ToString::to_string).collect()
}

#[test]
fn what_is_as_it_was_sealed_is_told_so() {
    assert_eq!(told(&chain(), None), Vec::<String>::new());
    assert_eq!(told(&chain(), Some(Head::from(&chain()[1].0))), Vec::<String>::new());
    assert_eq!(told(&[], None), Vec::<String>::new());
}

#[test]
fn every_altered_field_is_named() {
    for name in crate::audit::seals::chain::FIELDS.iter().filter(|name| **name != "sequence") {
        let mut chain = chain();
        chain[1].1[0][name] = json!("other");
        assert_eq!(told(&chain, None), [format!("seal 2, change 3: altered ({name})")]);
    }
    // What is equal as a number is not equal as a figure.
    let mut chain = chain();
    chain[0].1[1]["after"] = after("16.5");
    assert_eq!(told(&chain, None), ["seal 1, change 2: altered (after)"]);
}

#[test]
fn each_tampering_is_located() {
    type Tampering = fn(&mut Vec<(Seal, Vec<Value>)>);
    let cases: [(Tampering, &[&str]); 12] = [
        (|chain| drop(chain[0].1.remove(0)), &["seal 1, change 1: missing"]),
        (|chain| chain[0].1.push(change(9, "x")), &["seal 1, change 9: inserted"]),
        (|chain| chain[0].1.push(change(2, "b")), &["seal 1, change 2: inserted"]),
        (|chain| chain[1].1.swap(0, 1), &["seal 2, change 4: out of order"]),
        (
            |chain| {
                chain[1].1[0]["actor"] = json!("d");
                chain[1].1[1]["actor"] = json!("c");
            },
            &[
                "seal 2, change 3: out of order (it says what change 4 said)",
                "seal 2, change 4: out of order (it says what change 3 said)",
            ],
        ),
        (|chain| chain[1].1[1]["sequence"] = json!(8), &["seal 2, change 8: inserted", "seal 2, change 4: missing"]),
        (
            |chain| {
                let moved = chain[0].1.remove(1);
                chain[1].1.push(moved);
            },
            &["seal 1, change 2: missing", "seal 2, change 2: inserted"],
        ),
        (|chain| chain[0].1[0]["extra"] = json!(1), &["seal 1, change 1: altered"]),
        (|chain| chain[0].0.row_hashes[3] ^= 1, &["seal 1: altered (its hash is not that of what it says)"]),
        (
            |chain| {
                chain[0].0.sealed_at += chrono::TimeDelta::microseconds(1);
                chain[0].0.hash = chain[0].0.reckoned_hash();
            },
            &["seal 2: altered (it does not continue the seal before)"],
        ),
        (|chain| drop(chain.remove(0)), &["seal 1: missing"]),
        (|chain| chain.swap(0, 1), &["seal 1: missing", "seal 1: out of order (it comes after seal 2)"]),
    ];
    for (number, (tamper, findings)) in cases.iter().enumerate() {
        let mut chain = chain();
        tamper(&mut chain);
        assert_eq!(told(&chain, None), *findings, "case {number}");
    }
}

#[test]
fn a_noted_head_finds_what_was_cut_off_or_made_anew() {
    let noted = Some(Head::from(&chain()[1].0));
    assert_eq!(told(&chain()[..1], noted.clone()), ["seal 2: missing (it was noted, but the chain ends with seal 1)"]);
    let mut anew = chain();
    let other = vec![change(3, "forged"), change(4, "d")];
    anew[1] = (seal(&Head::from(&anew[0].0), &other), other);
    assert_eq!(told(&anew, None), Vec::<String>::new());
    assert!(told(&anew, noted)[0].starts_with("seal 2: altered (its hash was noted as "));
}
