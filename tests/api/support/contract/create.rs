//! `POST` to a collection.

use serde_json::json;

use super::{Sample, kept};

/// Answers `201` with address, version and content, and logs it.
pub fn makes_it(sample: &Sample<'_>) {
    let made = sample.writer().post(sample.collection).send(&sample.whole(0)).must_be(201);
    assert_eq!(made.header("location"), format!("/api/v1/{}", sample.path(0)));
    sample.shows(0, &made);
    let read = sample.reader().get(made.header("location")).call().must_be(200);
    assert_eq!((read.json(), read.etag()), (kept(&made), made.etag()));
    let log = sample.log(0);
    assert_eq!(log.len(), 1);
    let (action, actor, before, after) = &log[0];
    let name = format!("{:?}", sample.by).to_lowercase();
    assert_eq!((action.as_str(), actor, before), ("created", &name, &json!(null)));
    let (field, value) = &sample.change;
    assert_ne!(&after[field], value);
}

/// Refuses a key that is taken.
pub fn refuses_a_taken_key(sample: &Sample<'_>) {
    sample.make(0);
    let (field, value) = &sample.change;
    let mut other = sample.whole(0);
    other[field] = value.clone();
    let refused = sample.app.storing_nothing(|| sample.writer().post(sample.collection).send(&other));
    refused.problem(409, "already_exists").says("already");
}

/// Refuses a body without its key, naming every part that is missing.
pub fn refuses_a_missing_key(sample: &Sample<'_>) {
    let refused = sample.app.storing_nothing(|| sample.writer().post(sample.collection).send(&sample.body));
    let mut problem = refused.problem(400, "invalid_body");
    for key in sample.keys {
        problem = problem.fault(&format!("/{key}"), "required");
    }
}

/// Refuses unknown and missing fields by name, all at once.
pub fn names_every_wrong_field(sample: &Sample<'_>) {
    let mut body = sample.whole(0);
    body["colour"] = json!("red");
    body["sort/of~field"] = json!(1);
    if let (Some(required), Some(fields)) = (sample.required, body.as_object_mut()) {
        fields.remove(required);
    }
    let refused = sample.app.storing_nothing(|| sample.writer().post(sample.collection).send(&body));
    let problem = refused.problem(400, "invalid_body").says("There is no field `colour` here.");
    let problem = problem.fault("/colour", "unknown_field").fault("/sort~1of~0field", "unknown_field");
    if let Some(required) = sample.required {
        problem.fault(&format!("/{required}"), "required");
    }
}
