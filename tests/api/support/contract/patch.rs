//! `PATCH` of a member by JSON Merge Patch.

use serde_json::{Value, json};

use super::{Sample, kept, without};
use crate::support::Answer;

fn patch(sample: &Sample<'_>, body: &Value) -> Answer {
    sample.writer().patch(&sample.path(0)).raw("application/merge-patch+json", body.to_string())
}

/// Changes what is given and keeps what is absent; the log tells both sides.
pub fn changes_only_what_is_given(sample: &Sample<'_>) {
    let (optional, given) = &sample.optional;
    let made = sample.writer().put(&sample.path(0)).send(&sample.with(optional, given)).must_be(201);
    let (field, value) = &sample.change;
    let patched = patch(sample, &json!({*field: value})).must_be(200);
    assert_eq!(&patched.json()[field], value);
    assert_eq!(without(&patched.json(), field), without(&kept(&made), field));
    assert_ne!(patched.etag(), made.etag());
    assert_eq!(sample.read(0).json(), patched.json());
    let log = sample.log(0);
    assert_eq!((log.len(), log[1].0.as_str()), (2, "updated"));
    assert_eq!((&log[1].2[optional], &log[1].3[optional]), (given, given));
}

/// Null clears what may be empty, and is refused where something must be.
pub fn null_clears(sample: &Sample<'_>) {
    let (optional, given) = &sample.optional;
    sample.writer().put(&sample.path(0)).send(&sample.with(optional, given)).must_be(201);
    let cleared = patch(sample, &json!({*optional: null})).must_be(200);
    assert_eq!(cleared.json()[optional], Value::Null);
    if let Some(required) = sample.required {
        let refused = sample.app.storing_nothing(|| patch(sample, &json!({required: null})));
        refused.problem(400, "invalid_body");
    }
}

/// A patch that says what is so already changes nothing; plain JSON is read as a patch too.
pub fn of_nothing_changes_nothing(sample: &Sample<'_>) {
    let made = sample.make(0);
    let same = sample.app.storing_nothing(|| patch(sample, &json!({})));
    assert_eq!((same.clone().must_be(200).json(), same.etag()), (kept(&made), made.etag()));
    let plain = sample.app.storing_nothing(|| sample.writer().patch(&sample.path(0)).send(&sample.whole(0)));
    assert_eq!(plain.must_be(200).etag(), made.etag());
}

/// Refuses a stale version, another key, unknown fields and what is no object; all of it without effect.
pub fn refuses_what_does_not_fit(sample: &Sample<'_>) {
    let missing = sample.app.storing_nothing(|| patch(sample, &json!({})));
    missing.problem(404, "not_found");
    let made = sample.make(0);
    let (field, value) = &sample.change;
    let change = json!({*field: value});
    let newer = sample.writer().patch(&sample.path(0)).if_match(&made.etag()).send(&change).must_be(200);
    let stale =
        sample.app.storing_nothing(|| sample.writer().patch(&sample.path(0)).if_match(&made.etag()).send(&change));
    stale.problem(412, "precondition_failed").says(&newer.etag());
    let key = sample.keys[0];
    let other = json!({key: if (sample.nth)(0)[0] == "X-1" { "X-2" } else { "X-1" }});
    let refused = sample.app.storing_nothing(|| patch(sample, &other));
    refused.problem(422, "validation_failed").only_fault(&format!("/{key}"), "key_mismatch");
    let refused = sample.app.storing_nothing(|| patch(sample, &json!({"colour": "red"})));
    refused.problem(400, "invalid_body").only_fault("/colour", "unknown_field");
    for no_object in [json!([]), json!("red"), json!(1), Value::Null] {
        sample
            .app
            .storing_nothing(|| patch(sample, &no_object))
            .problem(400, "invalid_body")
            .only_fault("", "wrong_type");
    }
}
